"""The files an embedded homeserver starts from: settings, log, signing key."""

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SERVER_NAME: Final = "localhost"
_UNLIMITED: Final = {"per_second": 100_000, "burst_count": 100_000}
_BCRYPT_ROUNDS: Final = 4  # throw-away accounts on loopback: hashing slowly protects nothing


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What differs from one homeserver to the next. `shared_secret` lets us register accounts."""

    folder: Path
    port: int
    shared_secret: str
    rate_limits: bool

    def write(self) -> Path:
        """Writes the files (a signing key is kept); gives the one that Synapse is started with."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write_signing_key()
        self._path("log.json").write_text(json.dumps(self._logging()))
        config = self._path("homeserver.json")  # Synapse reads YAML, which JSON is
        config.write_text(json.dumps(self._homeserver()))
        config.chmod(0o600)
        return config

    def _path(self, name: str) -> Path:
        return self.folder / name

    def _write_signing_key(self) -> None:
        path = self._path("signing.key")
        if not path.exists():
            seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
            path.write_text(f"ed25519 a_souci {seed}\n")
            path.chmod(0o600)

    def _homeserver(self) -> dict[str, object]:
        return (
            self._network() | self._files() | _quiet() | ({} if self.rate_limits else _unlimited())
        )

    def _network(self) -> dict[str, object]:
        return {
            "server_name": SERVER_NAME,
            "public_baseurl": f"http://127.0.0.1:{self.port}/",
            "listeners": [
                {
                    "port": self.port,
                    "type": "http",
                    "bind_addresses": ["127.0.0.1"],
                    "resources": [{"names": ["client"]}],
                }
            ],
            "federation_domain_whitelist": [],
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "registration_shared_secret": self.shared_secret,
            "macaroon_secret_key": secrets.token_hex(32),
            "form_secret": secrets.token_hex(32),
        }

    def _files(self) -> dict[str, object]:
        database = {"name": "sqlite3", "args": {"database": str(self._path("homeserver.db"))}}
        return {
            "database": database,
            "log_config": str(self._path("log.json")),
            "media_store_path": str(self._path("media")),
            "signing_key_path": str(self._path("signing.key")),
        }

    def _logging(self) -> dict[str, object]:
        return {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
            "handlers": {
                "file": {
                    "class": "logging.FileHandler",
                    "filename": str(self._path("homeserver.log")),
                    "formatter": "line",
                }
            },
            "root": {"level": "WARNING", "handlers": ["file"]},
        }


def _quiet() -> dict[str, object]:
    """Nothing that costs time and serves nobody here."""
    return {
        "report_stats": False,
        "presence": {"enabled": False},
        "url_preview_enabled": False,
        "password_config": {"bcrypt_rounds": _BCRYPT_ROUNDS},
    }


def _unlimited() -> dict[str, object]:
    return {
        "rc_message": _UNLIMITED,
        "rc_registration": _UNLIMITED,
        "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), _UNLIMITED),
        "rc_admin_redaction": _UNLIMITED,
        "rc_joins": dict.fromkeys(("local", "remote"), _UNLIMITED),
        "rc_joins_per_room": _UNLIMITED,
        "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), _UNLIMITED),
        "rc_room_creation": _UNLIMITED,
        "rc_media_create": _UNLIMITED,
    }
