"""SQLite's driver, as SQLAlchemy's aiosqlite dialect expects one, without a thread a connection.

Statements run where they are awaited: SQLite answers them from memory in microseconds, where
aiosqlite's four trips to a thread for each cost a third of a millisecond. What may take long is
not run there: a commit waits for the disk in a thread, and a database that another program has
locked is asked again between sleeps.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from storage.sqlite.files import make_private

_PAUSE: Final = 0.02
# What a power cut may undo waits for no disk (decision 21): the log is synchronised with the next
# transaction that must last, which makes all before it last too. The log is not emptied then
# either, as that waits for the disk.
_LASTING: Final = ("PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 1000")
_PASSING: Final = ("PRAGMA synchronous = NORMAL", "PRAGMA wal_autocheckpoint = 0")
# There is one writer; a thread of its own, so that no other long work delays an answer.
_COMMITS: Final = ThreadPoolExecutor(1, "commit")


class InlineCursor:
    """A cursor: execute, then fetch what SQLite has already worked out."""

    def __init__(self, cursor: sqlite3.Cursor, patience: float) -> None:
        self._cursor = cursor
        self._patience = patience

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        """Run a statement, patiently where another program holds the database."""
        await self._patiently(lambda: self._cursor.execute(sql, parameters))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Run a statement for each set of parameters."""
        self._cursor.executemany(sql, parameters)
        return self

    async def _patiently(self, execute: Callable[[], object]) -> None:
        left = self._patience
        while True:
            try:
                execute()
            except sqlite3.OperationalError as fault:
                if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or left <= 0:
                    raise
                left -= _PAUSE
                await asyncio.sleep(_PAUSE)
            else:
                return

    async def fetchall(self) -> list[Any]:
        """The rows not fetched yet."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Forget the statement."""
        self._cursor.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    @property
    def arraysize(self) -> int:
        return self._cursor.arraysize


class InlineConnection:
    """A connection. `patience`: how long to wait for another program, in seconds."""

    def __init__(self, connection: sqlite3.Connection, patience: float, *, disk: bool) -> None:
        # SQLAlchemy's adapter looks at this name to know whether it is open.
        self._connection: sqlite3.Connection | None = connection
        self._patience = patience
        self._disk = disk
        self._lasting = True
        self._settled = connection.total_changes

    @property
    def database(self) -> sqlite3.Connection:
        """SQLite's own connection; ValueError once closed."""
        if self._connection is None:
            raise ValueError("connection closed")
        return self._connection

    def cursor(self) -> InlineCursor:
        """A new cursor."""
        return InlineCursor(self.database.cursor(), self._patience)

    async def create_function(self, *args: Any, **options: Any) -> None:
        """Make a function of ours known to SQL (the dialect brings some)."""
        self.database.create_function(*args, **options)

    def become(self, *, lasting: bool) -> None:
        """Say, between two transactions, whether the next ones must outlive a power cut."""
        if self._disk and lasting is not self._lasting:
            for pragma in _LASTING if lasting else _PASSING:
                self.database.execute(pragma)
            self._lasting = lasting

    async def begin(self) -> None:
        """Begin a transaction that writes, patiently where another program holds the database.

        The lock is taken at once: a reader that turns into a writer could be refused halfway.
        """
        async with self.cursor() as cursor:
            await cursor.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        """Make the transaction last; whoever is cancelled meanwhile still waits for it.

        Where nothing was written, or nothing that must last, there is nothing to wait for.
        """
        commit = self.database.commit
        waits = self._disk and self._lasting
        if waits and self.database.total_changes != self._settled:
            await _to_the_end(asyncio.get_running_loop().run_in_executor(_COMMITS, commit))
        else:
            commit()
        self._settled = self.database.total_changes

    async def rollback(self) -> None:
        """Undo the transaction."""
        self.undo()

    def undo(self) -> None:
        """Undo the transaction, outside of any task."""
        self.database.rollback()
        self._settled = self.database.total_changes

    async def close(self) -> None:
        """Close the database."""
        self.stop()

    def stop(self) -> None:
        """Close the database, outside of any task."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


async def _to_the_end(work: asyncio.Future[None]) -> None:
    """Await some work whole: a connection must not be used while a thread commits on it."""
    cancelled: asyncio.CancelledError | None = None
    while not work.done():
        try:
            await asyncio.wait([work])
        except asyncio.CancelledError as stop:
            cancelled = stop
    work.result()
    if cancelled is not None:
        raise cancelled


async def connect(path: str, options: dict[str, Any], *, disk: bool) -> InlineConnection:
    """Open a database; `options` are those of `sqlite3.connect`.

    A new file is for its owner's eyes only.
    """
    if disk:
        make_private(Path(path))
    patience = float(options.pop("timeout", 0))
    options |= {"timeout": 0, "isolation_level": None, "check_same_thread": False}
    return InlineConnection(sqlite3.connect(path, **options), patience, disk=disk)
