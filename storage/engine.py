"""Connections to the database, SQLite or PostgreSQL, and the two kinds of transactions."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from storage.errors import StoreUnavailableError, passes, told_as_unavailable
from storage.sqlite import InlineConnection, connect
from storage.writer import BEGUN_ELSEWHERE, Turn, Writer

Engine = AsyncEngine
"""The type, for those who hold one without knowing the library."""

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
)
# How long to wait for another program's transaction, in seconds; `?timeout=` in the URL.
_PATIENCE: Final = "5"
_READERS: Final = 4


def without_password(url: str) -> str:
    """The URL as it may be told."""
    return make_url(url).render_as_string(hide_password=True)


def open_engine(url: str) -> AsyncEngine:
    """An engine on that database; plain `sqlite:` and `postgresql:` URLs get their async driver.

    Nothing is connected yet. Raises `sqlalchemy.exc.ArgumentError` when the URL cannot be read.
    """
    full = _with_driver(make_url(url))
    if full.get_backend_name() == "sqlite":
        return _open_sqlite(full)
    return create_async_engine(full, pool_use_lifo=True, hide_parameters=True)


def is_in_file(engine: AsyncEngine) -> bool:
    """Whether the database is a SQLite file."""
    file = engine.url.database
    return engine.dialect.name == "sqlite" and file not in {None, "", ":memory:"}


def _with_driver(url: URL) -> URL:
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _open_sqlite(url: URL) -> AsyncEngine:
    patient = url.update_query_dict({"timeout": _PATIENCE} | dict(url.query))
    in_memory = url.database in {None, "", ":memory:"}
    # A database in memory lives in its one connection: transactions take turns for it.
    writer = None if in_memory else Writer()
    engine = create_async_engine(
        patient,
        async_creator=_creator(patient, disk=not in_memory),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if in_memory else 1 + _READERS,
        max_overflow=0,
        pool_use_lifo=True,
        hide_parameters=True,  # they are what people wrote: no fault repeats them into a log
        execution_options={"writer": writer} if writer else {"turn": Turn()},
    )
    if writer:
        event.listen(engine.sync_engine, "engine_disposed", writer.close)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _creator(url: URL, *, disk: bool) -> Callable[[], Awaitable[InlineConnection]]:
    [path], options = url.get_dialect()().create_connect_args(url)
    return lambda: connect(path, dict(options), disk=disk)


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # The driver opens no transaction by itself.
    if connection.get_execution_options().get(BEGUN_ELSEWHERE):
        return
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


@asynccontextmanager
async def writing(engine: AsyncEngine, *, lasting: bool = True) -> AsyncIterator[AsyncConnection]:
    """A transaction that may write: committed at the end, undone on any exception.

    Unless it must be `lasting`, a power cut may undo it, as long as nothing lasting followed.
    On SQLite one at a time, in the order asked; RuntimeError for one within another. Raises
    StoreUnavailableError when the database cannot be reached or written for now.
    """
    options = _options(engine)
    with told_as_unavailable():
        if (writer := options.get("writer")) is not None:
            async with writer.transaction(engine, lasting=lasting) as connection:
                yield connection
            return
        async with AsyncExitStack() as stack:
            if (turn := options.get("turn")) is not None:
                await stack.enter_async_context(turn)
            connection = await _connected(stack, engine)
            await stack.enter_async_context(_dropped_if_away(connection))
            await stack.enter_async_context(connection.begin())
            if not lasting and connection.dialect.name == "postgresql":
                await connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that only reads; it waits for the writer only in a database in memory."""
    options = _options(engine)
    async with AsyncExitStack() as stack:
        stack.enter_context(told_as_unavailable())
        if (turn := options.get("turn")) is not None:
            await stack.enter_async_context(turn)
        connection = await _connected(stack, engine)
        await connection.execution_options(only_reads=True)
        await stack.enter_async_context(connection.begin())
        yield connection


@asynccontextmanager
async def _dropped_if_away(connection: AsyncConnection) -> AsyncIterator[None]:
    """A connection that could not write is not used again."""
    try:
        yield
    except DBAPIError as fault:
        if passes(fault):
            await connection.invalidate()
        raise


def _options(engine: AsyncEngine) -> Mapping[str, Any]:
    return engine.sync_engine.get_execution_options()


async def _connected(stack: AsyncExitStack, engine: AsyncEngine) -> AsyncConnection:
    try:
        return await stack.enter_async_context(engine.connect())
    except OSError as fault:  # asyncpg lets the socket's own errors through
        raise StoreUnavailableError(str(fault)) from fault
