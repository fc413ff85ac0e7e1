"""SQLite's engine: `open_engine`, `reading` and `writing`, and the two roads behind them.

The fast road is a speed-up and nothing else: with `?fast=off` in the URL everything goes
SQLAlchemy's own way over aiosqlite, to the same answers (docs/storage.md).
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from storage.plain import transaction
from storage.sqlite.fast import WRITER, inline_driver, speed_up
from storage.sqlite.files import make_private
from storage.sqlite.turn import Turn
from storage.sqlite.writer import BEGUN_ELSEWHERE

FAST: Final = "fast"
"""The word of the URL that switches the fast road: it is on, unless it is `off`."""

# FULL: with NORMAL, a power cut loses transactions whose answers people have already read.
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
# How long to wait for another program's transaction, in seconds; `?timeout=` in the URL.
_PATIENCE: Final = "5"
_READERS: Final = 4
_TURN: Final = "turn"
_ONLY_READS: Final = "only_reads"


def open_engine(url: URL) -> AsyncEngine:
    """An engine on that database; nothing is connected yet."""
    fast = url.query.get(FAST) != "off"
    told = url.difference_update_query([FAST])
    told = told.update_query_dict({"timeout": _PATIENCE} | dict(told.query))
    disk = told.database not in {None, "", ":memory:"}
    engine = create_async_engine(
        told,
        poolclass=AsyncAdaptedQueuePool,
        # A database in memory lives in its one connection.
        pool_size=1 + _READERS if disk else 1,
        max_overflow=0,
        pool_use_lifo=True,
        hide_parameters=True,  # they are what people wrote: no fault repeats them into a log
        execution_options={_TURN: Turn()},
        **_driver(told, fast=fast, disk=disk),
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    if fast:
        speed_up(engine, disk=disk)
    elif disk:
        event.listen(engine.sync_engine, "do_connect", _make_private)
    return engine


def _driver(url: URL, *, fast: bool, disk: bool) -> Mapping[str, Any]:
    """Neither driver begins a transaction by itself: `_begin` does."""
    if fast:
        return {"async_creator": inline_driver(url, disk=disk)}
    return {"connect_args": {"isolation_level": None}}


def _make_private(_: object, __: object, arguments: list[Any], ___: object) -> None:
    make_private(Path(arguments[0]))


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(BEGUN_ELSEWHERE):
        # The lock is taken at once: a reader that turns into a writer could be refused halfway.
        connection.exec_driver_sql("BEGIN" if options.get(_ONLY_READS) else "BEGIN IMMEDIATE")


@asynccontextmanager
async def writing(engine: AsyncEngine, *, lasting: bool) -> AsyncIterator[AsyncConnection]:
    """A transaction that may write, in its turn; see `storage.engine.writing`."""
    options = engine.sync_engine.get_execution_options()
    if (writer := options.get(WRITER)) is not None:
        async with writer.transaction(engine, lasting=lasting) as connection:
            yield connection
        return
    async with options[_TURN], transaction(engine) as connection:
        yield connection


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that only reads; in a database in memory, in its turn."""
    async with AsyncExitStack() as stack:
        if engine.url.database in {None, "", ":memory:"}:
            await stack.enter_async_context(engine.sync_engine.get_execution_options()[_TURN])
        yield await stack.enter_async_context(transaction(engine, **{_ONLY_READS: True}))
