"""What stands on this machine: who runs it, its secrets, its state directory, its disk, backups."""

import os
import pwd
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.backup.taking import last_taken
from bot.config.model import Config
from bot.config.rules import quotas_of
from bot.doctor.diagnosis import Diagnosis, mend, note, well

_OLD: Final = timedelta(days=8)
_OTHERS: Final = 0o007
_NOT_THE_OWNER: Final = 0o077


def machine(file: Path, config: Config, now: datetime) -> Iterator[Diagnosis]:
    """All of it; `file` is that of the configuration."""
    yield _secrets(file, config)
    state = config.state_dir
    if not state.is_dir():
        yield note("state", "none", folder=str(state))
        return
    yield from _state(state)
    yield _disk(config)
    yield _backups(config, now)


def _secrets(file: Path, config: Config) -> Diagnosis:
    matrix = config.matrix
    files = [file for file in (matrix.password_file, matrix.access_token_file) if file]
    if _holds_secret(file, config):
        files.append(file)
    open_ones = [one for one in files if one.stat().st_mode & _OTHERS]
    return mend("secrets", "open", file=str(open_ones[0])) if open_ones else well("secrets")


def _holds_secret(file: Path, config: Config) -> bool:
    """Whether the configuration itself has one, its database's password included."""
    written = file.read_text("utf-8")
    matrix = config.matrix
    secrets = [one.reveal() for one in (matrix.password, matrix.access_token) if one]
    return any(secret in written for secret in secrets) or "@" in config.database.reveal()


def _state(state: Path) -> Iterator[Diagnosis]:
    about = state.stat()
    owner = _named(about.st_uid)
    if about.st_mode & _NOT_THE_OWNER:
        yield mend("state", "open", folder=str(state))
    elif strange := _strange(state, about.st_uid):
        yield mend("state", "strange", file=str(strange), folder=str(state), owner=owner)
    else:
        yield well("state", folder=str(state), owner=owner)
    if about.st_uid == 0:
        yield note("root", "yes")
    elif about.st_uid != os.geteuid():
        yield note("root", "other", owner=owner)


def _strange(state: Path, owner: int) -> Path | None:
    """A file there that belongs to another user."""
    there = (one for one in sorted(state.iterdir()) if not one.name.startswith("."))
    return next((one for one in there if one.lstat().st_uid != owner), None)


def _disk(config: Config) -> Diagnosis:
    free, least = shutil.disk_usage(config.state_dir).free, quotas_of(config).min_free
    told = {"free": _gigabytes(free), "least": _gigabytes(least)}
    return well("disk", **told) if free >= least else mend("disk", "full", **told)


def _backups(config: Config, now: datetime) -> Diagnosis:
    taken = last_taken(config)
    if taken is None:
        return note("backup", "never")
    told = {"at": taken.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")}
    return note("backup", "old", **told) if now - taken > _OLD else well("backup", **told)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"


def _named(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
