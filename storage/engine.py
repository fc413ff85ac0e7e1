"""Connections to the database, SQLite or PostgreSQL, and the two kinds of transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from storage.errors import told_as_unavailable

_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
# FULL: with NORMAL, a power cut loses transactions whose answers people have already read.
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA cache_size = -16000",
)
_READERS: Final = 4


def open_engine(url: str) -> AsyncEngine:
    """An engine on that database; plain `sqlite:` and `postgresql:` URLs get their async driver.

    Nothing is connected yet. Raises `sqlalchemy.exc.ArgumentError` when the URL cannot be read.
    """
    full = _with_driver(make_url(url))
    if full.get_backend_name() == "sqlite":
        return _open_sqlite(full)
    return create_async_engine(full, pool_use_lifo=True)


def _with_driver(url: URL) -> URL:
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _open_sqlite(url: URL) -> AsyncEngine:
    in_memory = url.database in {None, "", ":memory:"}
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        # A database in memory lives in its one connection: transactions take turns for it.
        pool_size=1 if in_memory else 1 + _READERS,
        max_overflow=0,
        pool_use_lifo=True,
        execution_options={"writer": asyncio.Lock()},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: `_begin` does (SQLAlchemy's recipe).
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # Taking the lock at once: a reader that becomes a writer could be refused halfway.
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that may write: committed at the end, undone on any exception.

    On SQLite one at a time, in the order asked. Do not open one within another. Raises
    StoreUnavailableError when the database cannot be reached or written for now.
    """
    with told_as_unavailable():
        async with AsyncExitStack() as stack:
            if (turn := _options(engine).get("writer")) is not None:
                await stack.enter_async_context(turn)
            yield await stack.enter_async_context(engine.begin())


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that only reads; on a SQLite file it does not wait for the writer."""
    with told_as_unavailable():
        async with engine.connect() as connection:
            await connection.execution_options(only_reads=True)
            async with connection.begin():
                yield connection


def _options(engine: AsyncEngine) -> dict[str, Any]:
    return dict(engine.sync_engine.get_execution_options())
