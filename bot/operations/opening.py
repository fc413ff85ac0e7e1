"""What must be so before the bot starts: a fit database, the one of this state directory, whole.

Nothing is made or changed by asking. What is wrong is told in one line that says what to do.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from typing import Final

from bot.backup.pending import known_there, refuse_half_restored
from bot.config.model import Config
from bot.matrix.net import files
from bot.matrix.net.instance import KnownStarts, kept_in
from bot.matrix.net.lock import held
from bot.matrix.shell.client import PULSE
from bot.store_retry import patiently
from storage.copying import sqlite_file
from storage.engine import Engine, database_of, open_engine
from storage.fitness import UnfitDatabaseError, check_fitness
from storage.instances import KnownInstance
from storage.upgrade import DatabaseOlderError, require_current

_ANEW: Final = "; to begin anew on purpose, name an empty `state_dir` too"


@asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Engine]:
    """The database, once all is found well, with the state directory held meanwhile.

    A PostgreSQL server that does not answer is waited for. Raises UnfitDatabaseError,
    HalfRestoredError, StoreUnavailableError, ShellErrors.
    """
    url = config.database.reveal()
    files.prepare(config.state_dir)
    with held(config.state_dir):
        if sqlite_file(url) is None:
            await patiently(lambda: check_fitness(url))
        else:
            await check_fitness(url)
        await refuse_half_restored(config)
        await _refuse_another(config)
        engine = open_engine(url)
        try:
            yield engine
        finally:
            await engine.dispose()


@asynccontextmanager
async def beside(url: str, *, writes: bool) -> AsyncIterator[Engine]:
    """The database as it is, for work beside a bot that may run: it is neither made nor upgraded.

    Raises DatabaseOlderError, DatabaseNewerError, UnfitDatabaseError, StoreUnavailableError.
    """
    if (file := sqlite_file(url)) is not None and not file.exists():
        raise DatabaseOlderError(None)
    await check_fitness(url, writes=writes)
    engine = open_engine(url)
    try:
        await require_current(engine)
        yield engine
    finally:
        await engine.dispose()


async def _refuse_another(config: Config) -> None:
    """A state directory goes with one database: with another, all circles would be met anew."""
    kept, there = kept_in(config.state_dir), await patiently(lambda: known_there(config))
    if _belong_together(kept, there, ran=(config.state_dir / PULSE).exists()):
        return
    url = config.database.reveal()
    named = sqlite_file(url) or database_of(url)
    raise UnfitDatabaseError(f"{named} is not the database of the state directory: {_told(there)}")


def _belong_together(kept: KnownStarts | None, there: KnownInstance, *, ran: bool) -> bool:
    """`ran`: the directory is that of a bot that has listened, perhaps before marks were kept."""
    if there.instance is not None:
        return kept is None or kept.knows(there.instance)
    return there.listened or not ran if kept is None else not kept.instance


def _told(there: KnownInstance) -> str:
    """What is wrong, and what to do."""
    if there.restored_from is not None:
        taken = there.restored_from.astimezone(UTC).strftime("%Y-%m-%d")
        return (
            f"restored from {taken}; souci backup --state-only, souci restore --state-only into an "
            "empty directory"
        )
    if there.instance is None and not there.listened:
        return f"it holds nothing of this bot; name the database of before{_ANEW}"
    return f"the bot started with others since; name those that go together{_ANEW}"
