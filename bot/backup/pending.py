"""A restore under way: written down before anything is put in place, gone once all of it is.

The database comes last, and carries the mark of its restore: where that is there, all is. A bot
does not start on half a restore (`refuse_half_restored`): it is done again, or undone.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from bot.backup.archive import ArchiveError
from bot.config.model import Config
from bot.matrix.net import files
from bot.matrix.net.instance import NAME as INSTANCE
from bot.matrix.send.restored import NAME as RESTORED
from storage.copying import sqlite_file, unfinished_copy
from storage.engine import open_engine
from storage.fitness import check_fitness
from storage.instances import KnownInstance, known

NAME: Final = "restoring.json"
STAGE: Final = ".restoring-"


class HalfRestoredError(Exception):
    """A restore was interrupted; its text says in one line what to do."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"a restore into {folder} was interrupted: run the same souci restore again, or "
            "souci restore --undo, which takes away what it has put there"
        )


class Pending(msgspec.Struct, frozen=True):
    """What a restore is about to put in place: the mark of its database, files by their names.

    `database`: whether there is one; without, the restore ends with this note.
    """

    instance: str
    files: tuple[str, ...] = ()
    database: bool = True


def note(folder: Path, pending: Pending) -> None:
    """Write it down, on the disk before anything else happens."""
    files.write(folder / NAME, pending)
    files.settle(folder)


def done(folder: Path) -> None:
    """All is in place."""
    files.settle(folder)
    (folder / NAME).unlink(missing_ok=True)
    files.settle(folder)


async def refuse_half_restored(config: Config) -> None:
    """Raises HalfRestoredError; nothing is left to do where only the note had to go."""
    pending = _pending(config.state_dir)
    if pending is None:
        return
    if not await _whole(config, pending):
        raise HalfRestoredError(config.state_dir)
    _sweep(config)
    done(config.state_dir)


async def undo(config: Config) -> None:
    """Take away what an interrupted restore has put in place, and nothing else.

    Raises ArchiveError where there is no such restore, or where it had come to its end.
    """
    folder = config.state_dir
    pending = _pending(folder)
    if pending is None:
        raise ArchiveError(f"no restore into {folder} was interrupted: there is nothing to undo")
    if await _whole(config, pending):
        raise ArchiveError(f"the restore into {folder} is whole: there is nothing to undo")
    _take_away(config, pending)


async def give_up(config: Config) -> None:
    """The restore in hand has failed: leave nothing of it, unless it had come to its end."""
    pending = _pending(config.state_dir)
    if pending is not None and not await _whole(config, pending):
        _take_away(config, pending)


def _take_away(config: Config, pending: Pending) -> None:
    folder = config.state_dir
    _sweep(config)
    for name in (*pending.files, RESTORED, INSTANCE):
        for written in (name, f"{name}.new"):  # of one that was being replaced
            (folder / written).unlink(missing_ok=True)
        with suppress(OSError):  # not empty: of somebody else's, or ours still
            for parent in (folder / name).relative_to(folder).parents[:-1]:
                (folder / parent).rmdir()
    done(folder)


def interrupted(folder: Path) -> bool:
    """Whether a restore into that state directory has begun, and not ended."""
    return (folder / NAME).exists()


async def known_there(config: Config) -> KnownInstance:
    """What the database knows of our account; makes none where there is none.

    Raises UnfitDatabaseError, StoreUnavailableError.
    """
    url = config.database.reveal()
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return KnownInstance()
    await check_fitness(url)
    engine = open_engine(url)
    try:
        return await known(engine, config.matrix.user_id)
    finally:
        await engine.dispose()


def _pending(folder: Path) -> Pending | None:
    kept = files.read(folder / NAME)
    return msgspec.convert(kept, Pending) if kept is not None else None


async def _whole(config: Config, pending: Pending) -> bool:
    return pending.database and (await known_there(config)).instance == pending.instance


def _sweep(config: Config) -> None:
    """What was only there to be moved, or to be put in place of the database."""
    for left in config.state_dir.glob(f"{STAGE}*"):
        shutil.rmtree(left)
    if (file := sqlite_file(config.database.reveal())) is not None:
        unfinished_copy(file).unlink(missing_ok=True)
