"""A backup put back where there is nothing: the bot goes on from it as a new device."""

import secrets
import shutil
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from bot.backup import pending
from bot.backup.archive import DATABASE, STATE, ArchiveError, Manifest, Progress, unpack
from bot.backup.pending import Pending
from bot.config.model import Config
from bot.matrix.crypto.store import NAME as KEYS
from bot.matrix.net import files
from bot.matrix.net.instance import NAME as INSTANCE
from bot.matrix.net.instance import KnownStarts, keep
from bot.matrix.net.lock import held
from bot.matrix.net.session import NAME as SESSION
from bot.matrix.send.restored import NAME as RESTORED
from bot.matrix.send.restored import mark
from circle.time import to_ms
from storage.copying import check_sqlite, mark_restored, occupied, put_back, revision

_SOMEBODY: Final = (SESSION, KEYS, RESTORED, INSTANCE, "crosssigning.json", "pickle.json")
"""Where one of these is, the state directory is a bot's."""


async def restore(
    config: Config, archive: Path, progress: Progress, *, state_only: bool = False
) -> Manifest:
    """Put a backup back; nothing that is there is written over, and a broken one changes nothing.

    What an interrupted restore has left is taken away first. `state_only`: beside a database that
    is there and knows the account (several bots on one).
    Raises ArchiveError, CopyError, DatabaseNewerError, UnfitDatabaseError, StoreUnavailableError,
    ShellErrors, OSError.
    """
    state = config.state_dir
    if not pending.interrupted(state):
        await _refuse_to_overwrite(config, state_only=state_only)
    files.prepare(state)
    with held(state):
        if pending.interrupted(state):
            await pending.undo(config)
            await _refuse_to_overwrite(config, state_only=state_only)
        begun = Pending(secrets.token_hex(16), database=not state_only)
        pending.note(state, begun)
        try:
            with TemporaryDirectory(prefix=pending.STAGE, dir=state) as name:
                manifest = await _put(config, archive, Path(name), begun, progress)
        except BaseException:
            await pending.give_up(config)
            raise
        pending.done(state)
    return manifest


async def undo(config: Config) -> None:
    """Take away what an interrupted restore has put in place; raises ArchiveError, ShellErrors."""
    begun = pending.interrupted(config.state_dir)
    with held(config.state_dir) if begun else nullcontext():
        await pending.undo(config)


async def _put(
    config: Config, archive: Path, stage: Path, begun: Pending, progress: Progress
) -> Manifest:
    manifest, state = unpack(archive, stage, progress), config.state_dir
    await _check(config, manifest, stage, begun)
    (stage / STATE).mkdir(mode=0o700, exist_ok=True)
    targets = _targets(stage / STATE, state)
    names = tuple(file.relative_to(state).as_posix() for file in targets)
    pending.note(state, msgspec.structs.replace(begun, files=names))
    await _become(config, manifest, stage, begun)
    _move(stage / STATE, state)
    files.settle(state)
    if begun.database:
        await mark_restored(stage / DATABASE, begun.instance, manifest.taken)
        await put_back(stage / DATABASE, config.database.reveal())
    return manifest


async def _become(config: Config, manifest: Manifest, stage: Path, begun: Pending) -> None:
    """Note whose copy this is from now on, and since when to remember what was said.

    Beside a database that comes from a backup itself, since that was taken.
    """
    taken, instance = manifest.taken, begun.instance
    if not begun.database:
        there = await pending.known_there(config)
        taken, instance = min(taken, there.restored_from or taken), there.instance or ""
    mark(config.state_dir, to_ms(taken), stage / STATE)
    if instance:
        keep(config.state_dir, KnownStarts(instance))


async def _refuse_to_overwrite(config: Config, *, state_only: bool) -> None:
    there = [name for name in _SOMEBODY if (config.state_dir / name).exists()]
    if there:
        raise ArchiveError(
            f"the state directory {config.state_dir} is in use ({there[0]} is there): "
            "a backup is restored into an empty one"
        )
    if state_only:
        await _refuse_unknown(config)
    elif await occupied(config.database.reveal()):
        raise ArchiveError(
            "there is a database already where the configuration names one: "
            "a backup is restored where there is none, or beside it with --state-only"
        )


async def _refuse_unknown(config: Config) -> None:
    there = await pending.known_there(config)
    if there.instance is None and not there.listened:
        raise ArchiveError(
            f"the database that the configuration names knows nothing of {config.matrix.user_id}: "
            "restore the backup that holds the database first"
        )


async def _check(config: Config, manifest: Manifest, stage: Path, begun: Pending) -> None:
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
    if begun.database:
        await _check_database(manifest, stage)
    taken = [file for file in _targets(stage / STATE, config.state_dir) if file.exists()]
    if taken:
        raise ArchiveError(f"{taken[0]} is there already: nothing is written over")


async def _check_database(manifest: Manifest, stage: Path) -> None:
    if DATABASE not in manifest.files:
        raise ArchiveError(
            "the backup holds no database: restore the one that does first, then this one with "
            "--state-only"
        )
    check_sqlite(stage / DATABASE)
    await revision(stage / DATABASE)


def _targets(held: Path, state: Path) -> list[Path]:
    passing = {held / name for name in (SESSION, RESTORED, INSTANCE, pending.NAME)}
    found = (file for file in held.rglob("*") if file.is_file() and file not in passing)
    return [state / file.relative_to(held) for file in found]


def _move(held: Path, state: Path) -> None:
    for target in _targets(held, state):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(held / target.relative_to(state), target)
