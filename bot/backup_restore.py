"""A backup put back where there is nothing: the bot goes on from it as a new device."""

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.backup_archive import DATABASE, STATE, ArchiveError, Manifest, Progress, unpack
from bot.config import Config
from bot.matrix import files
from bot.matrix.lock import Lock
from bot.matrix.restored import NAME as RESTORED
from bot.matrix.restored import mark
from bot.matrix.session import NAME as SESSION
from bot.matrix.store import NAME as KEYS
from storage.copying import check_sqlite, occupied, put_back, revision, sqlite_file

_SOMEBODY: Final = (SESSION, KEYS, RESTORED, "crosssigning.json", "pickle.json")
"""Where one of these is, the state directory is a bot's."""


async def restore(config: Config, archive: Path, progress: Progress) -> Manifest:
    """Put a backup back; nothing that is there is written over, and a broken one changes nothing.

    Raises ArchiveError, CopyError, DatabaseNewerError, StoreUnavailableError, ShellErrors, OSError.
    """
    state = config.state_dir
    await _refuse_to_overwrite(config)
    files.prepare(state)
    lock = Lock(state)
    lock.take()
    try:
        with TemporaryDirectory(prefix=".restoring-", dir=state) as name:
            stage = Path(name)
            manifest = unpack(archive, stage, progress)
            await _check(config, manifest, stage)
            _note(config, manifest, stage / STATE)
            await _database(stage / DATABASE, config)
            _move(stage / STATE, state)
    finally:
        lock.release()
    return manifest


async def _refuse_to_overwrite(config: Config) -> None:
    there = [name for name in _SOMEBODY if (config.state_dir / name).exists()]
    if there:
        raise ArchiveError(
            f"the state directory {config.state_dir} is in use ({there[0]} is there): "
            "a backup is restored into an empty one"
        )
    if await occupied(config.database.reveal()):
        raise ArchiveError(
            "there is a database already where the configuration names one: "
            "a backup is restored where there is none"
        )


async def _check(config: Config, manifest: Manifest, stage: Path) -> None:
    """Whether this backup can be ours, before anything is put in place."""
    ours = config.matrix
    if manifest.user_id != ours.user_id:
        raise ArchiveError(
            f"the backup belongs to {manifest.user_id}, the configuration names {ours.user_id}"
        )
    if ours.access_token is not None and ours.device_id == manifest.device_id:
        raise ArchiveError(
            f"the configuration names the backup's own device {ours.device_id}, which must not "
            "speak again: log in anew, and give matrix.access_token and matrix.device_id of the "
            "new device"
        )
    if DATABASE not in manifest.files:
        raise ArchiveError("the backup holds no database")
    check_sqlite(stage / DATABASE)
    await revision(stage / DATABASE)
    taken = [file for file in _targets(stage / STATE, config.state_dir) if file.exists()]
    if taken:
        raise ArchiveError(f"{taken[0]} is there already: nothing is written over")


def _note(config: Config, manifest: Manifest, held: Path) -> None:
    held.mkdir(mode=0o700, exist_ok=True)
    mark(config.state_dir, int(manifest.taken.timestamp() * 1000), held)


async def _database(copy: Path, config: Config) -> None:
    """Whole or not at all: what was begun and failed leaves the place empty."""
    url = config.database.reveal()
    try:
        await put_back(copy, url)
    except BaseException:
        begun = [file for file in (sqlite_file(url), config.state_dir / RESTORED) if file]
        for file in begun:
            with suppress(OSError):
                file.unlink(missing_ok=True)
        raise


def _targets(held: Path, state: Path) -> list[Path]:
    passing = (held / SESSION, held / RESTORED)
    found = (file for file in held.rglob("*") if file.is_file() and file not in passing)
    return [state / file.relative_to(held) for file in found]


def _move(held: Path, state: Path) -> None:
    for target in _targets(held, state):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(held / target.relative_to(state), target)
