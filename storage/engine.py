"""Connections to the database, SQLite or PostgreSQL, and the two kinds of transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import told_as_unavailable
from storage.plain import transaction
from storage.sqlite import engine as sqlite

Engine = AsyncEngine
"""The type, for those who hold one without knowing the library."""

_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}

_PATIENCE: Final = 10
"""Seconds that a PostgreSQL server has to let us in."""


def without_password(url: str) -> str:
    """The URL as it may be told: which database, not how it is reached."""
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def database_of(url: str) -> str:
    """The name of the database there."""
    return make_url(url).database or url


def open_engine(url: str) -> AsyncEngine:
    """An engine on that database; plain `sqlite:` and `postgresql:` URLs get their async driver.

    Nothing is connected yet. Raises `sqlalchemy.exc.ArgumentError` when the URL cannot be read.
    """
    told = make_url(url)
    full = told.set(drivername=_DRIVERS.get(told.drivername, told.drivername))
    if full.get_backend_name() == "sqlite":
        return sqlite.open_engine(full)
    return create_async_engine(
        _with_ssl(full),
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={"timeout": _PATIENCE},
    )


def _with_ssl(url: URL) -> URL:
    """`sslmode`, as every PostgreSQL client calls it, under the name that our driver has for it."""
    mode = url.query.get("sslmode")
    if mode is None:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})


def is_in_file(engine: AsyncEngine) -> bool:
    """Whether the database is a SQLite file."""
    file = engine.url.database
    return engine.dialect.name == "sqlite" and file not in {None, "", ":memory:"}


@asynccontextmanager
async def writing(engine: AsyncEngine, *, lasting: bool = True) -> AsyncIterator[AsyncConnection]:
    """A transaction that may write: committed at the end, undone on any exception.

    Unless it must be `lasting`, a power cut may undo it, as long as nothing lasting followed.
    On SQLite one at a time, in the order asked; RuntimeError for one within another. Raises
    StoreUnavailableError when the database cannot be reached or written for now.
    """
    with told_as_unavailable():
        if engine.dialect.name == "sqlite":
            async with sqlite.writing(engine, lasting=lasting) as connection:
                yield connection
            return
        async with transaction(engine) as connection:
            if not lasting:
                await connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that only reads; it waits for the writer only in a database in memory."""
    with told_as_unavailable():
        opened = sqlite.reading if engine.dialect.name == "sqlite" else transaction
        async with opened(engine) as connection:
            yield connection
