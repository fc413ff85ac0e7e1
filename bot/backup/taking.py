"""A backup, taken while the bot runs: its database, its state directory, its encryption keys.

The database is copied first. What it knows of (receipts, keys of messages that it has admitted)
was on disk before it, so what is copied afterwards is never behind it.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.backup.archive import (
    DATABASE,
    FORMAT,
    STATE,
    ArchiveError,
    Manifest,
    Progress,
    pack,
)
from bot.config.model import Config
from bot.matrix.crypto.remains import PASSING, copy_keys
from bot.matrix.crypto.store import NAME as KEYS
from bot.matrix.net import files
from bot.matrix.net.session import NAME as SESSION
from bot.version import own_version
from storage.copying import copy_database, revision, sqlite_file

_NAMED: Final = "souci-%Y-%m-%dT%H%M%SZ.tar.gz"
_ARCHIVE: Final = "archive.tar.gz"
_STAGE: Final = ".souci-backup-"
_LAST: Final = ".last-backup.json"
_UNFINISHED: Final = ".new"


async def back_up(
    config: Config, target: Path, now: datetime, progress: Progress, *, state_only: bool = False
) -> Path:
    """Write a backup; `target` is a folder or the new file's name. Gives the file.

    `state_only`: without the database, which another bot's backup holds (several bots on one).
    Raises CopyError, ArchiveError, DatabaseNewerError, StoreUnavailableError, StateDirError,
    OSError: there is no file then.
    """
    file = _named(target, now)
    with _stage(file.parent) as stage:
        found: dict[str, Path] = {}
        if not state_only:
            await copy_database(config.database.reveal(), stage / DATABASE)
            found[DATABASE] = stage / DATABASE
        about = Manifest(
            format=FORMAT,
            version=own_version(),
            revision="" if state_only else await revision(stage / DATABASE),
            taken=now,
            user_id=config.matrix.user_id,
            device_id=_device(config),
            files={},
        )
        pack(found | _state(config, stage), stage / _ARCHIVE, about, progress)
        _publish(stage / _ARCHIVE, file)
    with suppress(OSError):  # a backup is no worse for not being remembered
        files.write(config.state_dir / _LAST, {"taken": now})
    return file


def last_taken(config: Config) -> datetime | None:
    """When the last backup with this state directory was taken; None for never."""
    taken = (files.read(config.state_dir / _LAST) or {}).get("taken")
    return datetime.fromisoformat(taken) if isinstance(taken, str) else None


def _publish(archive: Path, file: Path) -> None:
    """Put it where it is asked for, never over a file that is there."""
    try:
        os.link(archive, file)
    except FileExistsError as error:
        raise ArchiveError(f"{file} is there already") from error
    files.settle(file.parent)


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    """A folder to work in, beside the archive: a kill leaves it, and the next backup sweeps it.

    It holds all that a backup holds. Whoever works in one holds its lock.
    """
    with ExitStack() as busy:
        with _locked(folder):
            for left in folder.glob(f"{_STAGE}*"):
                with suppress(BlockingIOError), _locked(left, fcntl.LOCK_NB):
                    shutil.rmtree(left)
            name = busy.enter_context(TemporaryDirectory(prefix=_STAGE, dir=folder))
            busy.enter_context(_locked(Path(name)))
        yield Path(name)


@contextmanager
def _locked(folder: Path, how: int = 0) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(descriptor)


def _named(target: Path, now: datetime) -> Path:
    return target / now.astimezone(UTC).strftime(_NAMED) if target.is_dir() else target


def _state(config: Config, stage: Path) -> dict[str, Path]:
    """The files of the state directory by their names in the archive, as they are by now."""
    held = stage / STATE
    held.mkdir(mode=0o700)
    found: dict[str, Path] = {}
    if (config.state_dir / KEYS).exists():
        copy_keys(config.state_dir, held / KEYS)
        found[f"{STATE}/{KEYS}"] = held / KEYS
    for file in kept_files(config):
        name = file.relative_to(config.state_dir)
        found[f"{STATE}/{name.as_posix()}"] = file
        if len(name.parts) == 1:  # it may be replaced meanwhile; what is in folders is never
            found[f"{STATE}/{name}"] = Path(shutil.copyfile(file, held / name))
    return found


def kept_files(config: Config) -> list[Path]:
    """What is copied of the state directory as it is, in order; no secret of the configuration."""
    left_out = _left_out(config)
    return sorted(
        file
        for file in config.state_dir.rglob("*")
        if file.is_file()
        and not file.is_symlink()
        and file not in left_out
        and not _passing(file.relative_to(config.state_dir))
    )


def _left_out(config: Config) -> set[Path]:
    secrets = (config.matrix.password_file, config.matrix.access_token_file)
    database = sqlite_file(config.database.reveal())
    beside = ("", "-wal", "-shm", "-journal")
    ours = {database.with_name(database.name + end) for end in beside} if database else set()
    return ours | {file for file in secrets if file is not None}


def _passing(name: Path) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    archive = name.suffixes[-2:] == [".tar", ".gz"]
    return hidden or archive or str(name) in PASSING or name.suffix == _UNFINISHED


def _device(config: Config) -> str | None:
    kept = files.read(config.state_dir / SESSION) or {}
    return config.matrix.device_id or kept.get("device_id")
