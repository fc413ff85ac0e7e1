"""The bots under measure, each started as its operator would."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.live_process import ROOT, BenchError, Running
from bot.demo.homeserver import Access

_HERE: Final = Path(__file__).parent
_LOCK: Final = _HERE / "maubot.txt"
_PLUGIN: Final = _HERE / "maubot_plugin"
MAUBOT_ENVIRONMENT: Final = ROOT / ".cache" / "maubot"


@dataclass(frozen=True, slots=True)
class Bot:
    """How a bot is started on an account, and what one writes to it (`{n}` grows)."""

    name: str
    start: Callable[[str, Access, Path, str], Running]
    line: str
    founds: bool = False


def _echo(url: str, access: Access, folder: Path, _founder: str) -> Running:
    account = [url, access.user_id, access.device_id, access.token]
    return Running("echo", folder, ["bench.echo", *account], "ready")


def _sealed_echo(url: str, access: Access, folder: Path, _founder: str) -> Running:
    account = [url, access.user_id, access.device_id, access.token, str(folder)]
    return Running("sealed-echo", folder, ["bench.echo", *account], "ready")


def _souci(url: str, access: Access, folder: Path, founder: str) -> Running:
    told = {
        "matrix": {"homeserver": url, "user_id": access.user_id, "password": access.password},
        "state_dir": str(folder / "state"),
        "coordinators": [founder],
        "invites": {"allow": ["*:localhost"]},
    }
    config = folder / "config.yaml"
    config.write_text(json.dumps(told))  # JSON is YAML
    config.chmod(0o600)
    return Running("souci", folder, ["bot", "run", "--config", str(config)], '"ready"')


def _maubot(url: str, access: Access, folder: Path, _founder: str) -> Running:
    told = {
        "user": {
            "credentials": {
                "id": access.user_id,
                "homeserver": url,
                "access_token": access.token,
                "device_id": None,
            },
            "sync": True,
            "appservice": False,
            "hs_token": None,
            "autojoin": True,
            "displayname": "disable",
            "avatar_url": "disable",
            "ignore_initial_sync": True,
            "ignore_first_sync": True,
        },
        "database": f"sqlite:{folder / 'maubot.db'}",
        "database_opts": {"min_size": 1, "max_size": 10},
        "plugin_config": {},
        "logging": {
            "version": 1,
            "handlers": {"console": {"class": "logging.StreamHandler"}},
            "root": {"level": "INFO", "handlers": ["console"]},
        },
    }
    config = folder / "maubot.yaml"
    config.write_text(json.dumps(told))
    arguments = ["maubot.standalone", "-c", str(config), "-m", str(_PLUGIN / "maubot.yaml")]
    python = str(MAUBOT_ENVIRONMENT / "bin" / "python")
    return Running("maubot", folder, arguments, "Startup completed", python)


ECHO: Final = Bot("echo", _echo, "essai-{n}")
SEALED_ECHO: Final = Bot("echo", _sealed_echo, "essai-{n}")
MAUBOT: Final = Bot("maubot", _maubot, "!contribution 1h essai-{n}")
SOUCI: Final = Bot("souci", _souci, "!contribution 1h essai-{n}", founds=True)


def install_maubot() -> None:
    """The environment of maubot, made once from its lock and used again afterwards."""
    wanted = f"{sys.version} {hashlib.sha256(_LOCK.read_bytes()).hexdigest()}"
    stamp = MAUBOT_ENVIRONMENT / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    python = str(MAUBOT_ENVIRONMENT / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(MAUBOT_ENVIRONMENT)],
        [*pip, "--no-deps", "--require-hashes", "-r", str(_LOCK)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"maubot cannot be installed: {done.stderr.strip().splitlines()[-1]}")
    stamp.write_text(wanted)
