"""Cross-signing: our device vouched for by our account, so that nobody sees a red shield.

nio has none. Three Ed25519 keys (master, self-signing, user-signing) are made once; the master
key signs the other two, the self-signing key signs our device. Clients that leave unsigned
devices out (MSC4153) then share their keys with us and show what we say.
"""

import base64
import secrets
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from bot.matrix.crypto.machine import Machine
from bot.matrix.net import files
from bot.matrix.net.errors import RefusedError
from bot.matrix.net.http import Homeserver, path

_USAGES: Final = ("master", "self_signing", "user_signing")
_UNAUTHORISED: Final = 401

log = structlog.get_logger(__name__)


class SigningKey:
    """An Ed25519 key of our account; its id is its public half in unpadded base64."""

    def __init__(self, seed: bytes) -> None:
        self._key = ECC.construct(curve="Ed25519", seed=seed)
        self.public = _unpadded(self._key.public_key().export_key(format="raw"))

    def sign(self, value: dict[str, Any], user_id: str) -> dict[str, Any]:
        """The value with our signature beside those that it has."""
        signature = eddsa.new(self._key, "rfc8032").sign(canonical(value))
        signatures: dict[str, Any] = {k: dict(v) for k, v in value.get("signatures", {}).items()}
        signatures.setdefault(user_id, {})[f"ed25519:{self.public}"] = _unpadded(signature)
        return value | {"signatures": signatures}

    def signed(self, value: dict[str, Any], user_id: str) -> bool:
        """Whether the value shows a valid signature of this key."""
        shown = value.get("signatures", {}).get(user_id, {}).get(f"ed25519:{self.public}")
        try:
            verifier = eddsa.new(self._key.public_key(), "rfc8032")
            verifier.verify(canonical(value), _padded(shown))
        except (TypeError, ValueError):
            return False
        return True


class CrossSigner:
    """Keeps the seeds (mode 0600) and makes the server show our device as signed."""

    def __init__(self, machine: Machine, home: Homeserver, folder: Path) -> None:
        self._machine = machine
        self._home = home
        self._file = folder / "crosssigning.json"

    async def ensure(self, shown: dict[str, Any], password: str | None) -> bool:
        """Whether the device is signed at the end; `shown` is what `/keys/query` says of us.

        Raises `RequestError`. Never replaces an identity that the server has and we have not.
        """
        master = shown.get("master_keys", {}).get(self._user)
        keys = self._kept()
        if keys is None and master is not None:
            self._tell_identity_lost()
            return False
        keys = keys or self._make()
        if master is not None and keys["master"].public not in _key_ids(master):
            self._tell_identity_lost()
            return False
        signing = shown.get("self_signing_keys", {}).get(self._user)
        if signing is None or keys["self_signing"].public not in _key_ids(signing):
            await self._publish(keys, password)
        return await self._sign_device(keys["self_signing"])

    @property
    def _user(self) -> str:
        return str(self._machine.user_id)

    def _kept(self) -> dict[str, SigningKey] | None:
        seeds = files.read(self._file)
        if seeds is None:
            return None
        return {usage: SigningKey(_padded(seeds[usage])) for usage in _USAGES}

    def _make(self) -> dict[str, SigningKey]:
        """New seeds, on disk before anybody sees their public halves."""
        seeds = {usage: secrets.token_bytes(32) for usage in _USAGES}
        files.write(self._file, {usage: _unpadded(seed) for usage, seed in seeds.items()})
        return {usage: SigningKey(seed) for usage, seed in seeds.items()}

    def _tell_identity_lost(self) -> None:
        log.error(
            "crosssigning.identity_lost",
            advice=(
                f"the account {self._user} has a cross-signing identity whose keys are not in "
                "the state directory: restore crosssigning.json from a backup, or reset the "
                "identity from another client of this account, then start again"
            ),
        )

    async def _publish(self, keys: dict[str, SigningKey], password: str | None) -> None:
        """The first upload needs no password on recent servers (MSC3967), else it is given."""
        master = keys["master"]
        body: dict[str, Any] = {"master_key": self._public("master", master)}
        for usage in _USAGES[1:]:
            body[f"{usage}_key"] = master.sign(self._public(usage, keys[usage]), self._user)
        where = path("keys", "device_signing", "upload")
        try:
            await self._home.post(where, body)
        except RefusedError as error:
            if error.status != _UNAUTHORISED or password is None:
                raise
            auth = self._password_auth(password, error.body.get("session"))
            await self._home.post(where, body | {"auth": auth})
        log.info("crosssigning.published")

    def _password_auth(self, password: str, session: object) -> dict[str, Any]:
        return {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self._user},
            "password": password,
            "session": session,
        }

    def _public(self, usage: str, key: SigningKey) -> dict[str, Any]:
        keys = {f"ed25519:{key.public}": key.public}
        return {"user_id": self._user, "usage": [usage], "keys": keys}

    async def _sign_device(self, key: SigningKey) -> bool:
        """Sign unless the server already shows it, and look at what it then shows."""
        device = await self._shown_device()
        if not key.signed(device, self._user):
            signed = key.sign(_unsigned(device), self._user)
            body = {self._user: {self._machine.device_id: signed}}
            await self._home.post(path("keys", "signatures", "upload"), body)
            device = await self._shown_device()
        return key.signed(device, self._user)

    async def _shown_device(self) -> dict[str, Any]:
        answer = await self._home.post(
            path("keys", "query"), {"device_keys": {self._user: [self._machine.device_id]}}
        )
        device: dict[str, Any] = answer["device_keys"][self._user][self._machine.device_id]
        return device


def canonical(value: dict[str, Any]) -> bytes:
    """Canonical JSON of what is signed: neither signatures nor what servers add."""
    return msgspec.json.encode(_unsigned(value, "signatures"), order="sorted")


def _unsigned(value: dict[str, Any], *also: str) -> dict[str, Any]:
    return {k: v for k, v in value.items() if k not in ("unsigned", *also)}


def _key_ids(key: dict[str, Any]) -> list[str]:
    return [str(public) for public in key.get("keys", {}).values()]


def _unpadded(value: bytes) -> str:
    return base64.b64encode(value).decode().rstrip("=")


def _padded(value: str) -> bytes:
    return base64.b64decode(value + "=" * (-len(value) % 4))
