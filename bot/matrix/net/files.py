"""Small private files of the state directory: read whole, replaced whole, mode 0600."""

import os
import pwd
import secrets
from pathlib import Path
from typing import Any

import msgspec

from bot.matrix.net.away import passing
from bot.matrix.net.errors import StateAwayError, StateDirError

_PRIVATE = 0o600
_PRIVATE_DIR = 0o700


def prepare(folder: Path) -> None:
    """Make the state directory if needed, and make sure that we may write in it."""
    probe = folder / f".probe-{secrets.token_hex(4)}"
    there = os.path.lexists(folder)
    if there and folder.is_file():
        raise StateDirError(f"{folder} is a file: name a folder in `state_dir`")
    try:
        folder.mkdir(mode=_PRIVATE_DIR, parents=True, exist_ok=True)
        probe.touch(mode=_PRIVATE)
        probe.unlink()
    except OSError as error:
        # where none was ever kept, no disk has failed: the place is wrong
        kind = StateAwayError if there and passing(error) else StateDirError
        raise kind(
            f"the state directory {folder} cannot be written ({error.strerror}): give it to the "
            "user that runs souci, or name another one in `state_dir`"
        ) from error
    _refuse_those_of_others(folder)


def _refuse_those_of_others(folder: Path) -> None:
    """What root wrote there once, say, is told before anything fails half-way because of it."""
    for path in sorted(one for one in folder.iterdir() if not one.name.startswith(".")):
        owner = path.lstat().st_uid
        if owner != os.geteuid() and not os.access(path, os.R_OK | os.W_OK):
            raise StateDirError(
                f"{path} belongs to another user ({_named(owner)}): as root, "
                f"chown -R {_named(os.geteuid())} {folder}"
            )


def _named(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def write(path: Path, value: object) -> None:
    """Replace the file at once: a crash leaves either the old content or the new."""
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(value))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def settle(folder: Path) -> None:
    """What was replaced in a folder stays so, whatever happens to the machine."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> dict[str, Any] | None:
    """The object kept there, or None where there is no such file; `StateDirError` if unreadable."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise StateDirError(f"{path} cannot be read: {type(error).__name__}") from error
