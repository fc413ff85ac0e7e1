"""SQLite's writer: one connection, kept, and one transaction at a time, in the order asked.

To take a connection out of SQLAlchemy's pool, begin, end and give it back costs more than what
most transactions do. Here each begins and ends at the driver; SQLAlchemy believes in one
transaction that never ends.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.errors import passes
from storage.sqlite import InlineConnection

BEGUN_ELSEWHERE: Final = "begun_elsewhere"
"""The option of a connection whose transactions SQLAlchemy must not begin."""


class Turn:
    """One transaction at a time, in the order asked; one within another is told, not endless."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    async def __aenter__(self) -> None:
        me = asyncio.current_task()
        if self._holder is me:
            raise RuntimeError("a transaction within a transaction")
        await self._lock.acquire()
        self._holder = me

    async def __aexit__(self, *_: object) -> None:
        self._holder = None
        self._lock.release()


class Writer:
    """Opened with its first transaction, closed with its engine."""

    def __init__(self) -> None:
        self._turn = Turn()
        self._open: tuple[AsyncConnection, InlineConnection] | None = None

    @asynccontextmanager
    async def transaction(
        self, engine: AsyncEngine, *, lasting: bool
    ) -> AsyncIterator[AsyncConnection]:
        """Committed at the end, undone on any exception; see `storage.engine.writing`."""
        async with self._turn:
            if self._open is None:
                self._open = await _opened(engine)
            connection, driver = self._open
            try:
                driver.become(lasting=lasting)
                await driver.begin()
                yield connection
                await driver.commit()
            except BaseException as fault:
                await self._undo(driver, fault)
                raise

    def close(self, *_: object) -> None:
        """Close the connection; another is opened when there is something to write."""
        opened, self._open = self._open, None
        if opened is not None:
            opened[1].stop()

    async def _undo(self, driver: InlineConnection, fault: BaseException) -> None:
        """A connection that could not write is not used again.

        SQLite opens a file read-only where it may not write it, and that connection stays so for
        ever, whatever becomes of the rights.
        """
        try:
            await driver.rollback()
        except (sqlite3.Error, ValueError):  # it is beyond use
            self.close()
        if isinstance(fault, DBAPIError | sqlite3.Error) and passes(fault):
            self.close()


async def _opened(engine: AsyncEngine) -> tuple[AsyncConnection, InlineConnection]:
    connection = await engine.connect()
    await connection.execution_options(**{BEGUN_ELSEWHERE: True})
    await connection.begin()
    fairy = await connection.get_raw_connection()
    driver = fairy.driver_connection
    if not isinstance(driver, InlineConnection):
        raise TypeError("a writer is for SQLite's own driver")
    fairy.detach()  # the pool has no say in it any more
    return connection, driver
