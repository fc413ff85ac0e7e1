"""SQLite's writer: one connection, kept, and one transaction at a time, in the order asked.

To take a connection out of SQLAlchemy's pool, begin, end and give it back costs more than what
most transactions do. Here each begins and ends at the driver; SQLAlchemy believes in one
transaction that never ends.

Transactions that wait for each other are committed together: the disk is waited for once a group.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.errors import StoreUnavailableError, passes
from storage.sqlite.driver import InlineConnection
from storage.sqlite.turn import Turn

BEGUN_ELSEWHERE: Final = "begun_elsewhere"
"""The option of a connection whose transactions SQLAlchemy must not begin."""

_LONGEST: Final = 0.008
"""Seconds that the first of a group waits for the others."""


class Group:
    """Transactions committed together, each but the first within a savepoint.

    `done` is what becomes of all; `lasting`, whether the disk is waited for.
    """

    def __init__(self, driver: InlineConnection, *, lasting: bool) -> None:
        self.driver = driver
        self.lasting = lasting
        self.members = 0
        self.full = False
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def takes(self, *, lasting: bool) -> bool:
        """Whether one more may join: what must last does not join what need not."""
        return not self.full and self.lasting >= lasting

    def fill(self) -> None:
        """Nobody else joins it."""
        self.full = True

    def step_back(self) -> bool:
        """Undo the transaction in hand only; whether that could be done."""
        try:
            self.driver.database.execute("ROLLBACK TO one")
            self.driver.database.execute("RELEASE one")
        except (sqlite3.Error, ValueError):
            return False
        return True

    def fail(self, fault: BaseException) -> None:
        """Nothing of it has happened."""
        self.done.set_exception(fault)
        self.done.exception()  # told to whoever waits; where nobody does, it is no news


class Writer:
    """Opened with its first transaction, closed with its engine."""

    def __init__(self) -> None:
        self._turn = Turn()
        self._open: tuple[AsyncConnection, InlineConnection] | None = None
        self._group: Group | None = None
        self._committing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def transaction(
        self, engine: AsyncEngine, *, lasting: bool
    ) -> AsyncIterator[AsyncConnection]:
        """Committed at the end, undone on any exception; see `storage.engine.writing`."""
        async with self._turn:
            if self._open is None:
                self._open = await _opened(engine)
            connection, driver = self._open
            group = await self._joined(driver, lasting=lasting)
            try:
                if group.members:
                    driver.database.execute("SAVEPOINT one")
                yield connection
                if group.members:
                    driver.database.execute("RELEASE one")
            except BaseException as fault:
                self._undo(group, fault)
                raise
            group.members += 1
            if not self._turn.waiting or group.full:
                await self._commit(group)
            elif group.members == 1:
                self._commit_later(group)
        if not group.done.done():
            await asyncio.wait([group.done])
        group.done.result()

    def close(self, *_: object) -> None:
        """Close the connection; another is opened when there is something to write."""
        opened, self._open = self._open, None
        if opened is not None:
            opened[1].stop()

    async def _joined(self, driver: InlineConnection, *, lasting: bool) -> Group:
        """The group under way, or a new one."""
        if self._group is not None and self._group.takes(lasting=lasting):
            return self._group
        if self._group is not None:
            await self._commit(self._group)
        try:
            driver.become(lasting=lasting)
            await driver.begin()
        except BaseException as fault:
            self._give_up(driver, fault)
            raise
        self._group = Group(driver, lasting=lasting)
        return self._group

    def _commit_later(self, group: Group) -> None:
        """After all who wait by now: they join it, for a while."""
        asyncio.get_running_loop().call_later(_LONGEST, group.fill)
        task = asyncio.create_task(self._commit_in_turn(group), name="commit")
        self._committing.add(task)
        task.add_done_callback(self._committing.discard)

    async def _commit_in_turn(self, group: Group) -> None:
        async with self._turn:
            if self._group is group:
                await self._commit(group)

    async def _commit(self, group: Group) -> None:
        """End a group, in its turn; `done` tells."""
        self._group = None
        try:
            await group.driver.commit()
        except asyncio.CancelledError:  # told after the commit only
            group.done.set_result(None)
            raise
        except Exception as fault:  # noqa: BLE001 - told to all of the group, us among them
            self._give_up(group.driver, fault)
            group.fail(fault)
        else:
            group.done.set_result(None)

    def _undo(self, group: Group, fault: BaseException) -> None:
        """Undo one transaction, and with it its group where the database was lost."""
        if group.members and not _lost(fault) and group.step_back():
            return
        self._group = None
        self._give_up(group.driver, fault)
        if group.members:
            told = type(fault).__name__  # its words may be somebody's
            group.fail(StoreUnavailableError(f"undone with another transaction: {told}"))

    def _give_up(self, driver: InlineConnection, fault: BaseException) -> None:
        """Undo what is not committed. A connection that could not write is not used again.

        SQLite opens a file read-only where it may not write it, and that connection stays so for
        ever, whatever becomes of the rights.
        """
        try:
            driver.undo()
        except (sqlite3.Error, ValueError):  # it is beyond use
            self.close()
        if _lost(fault):
            self.close()


def _lost(fault: BaseException) -> bool:
    return isinstance(fault, DBAPIError | sqlite3.Error) and passes(fault)


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
