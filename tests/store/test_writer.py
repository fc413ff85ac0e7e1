"""SQLite's one writer: kept from one transaction to the next, given up when it cannot write."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine import open_engine, reading, writing
from storage.errors import StoreUnavailableError
from storage.session import Session

READ_ONLY = "attempt to write a readonly database"


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'souci.db'}?timeout=0.1")
    async with writing(engine) as connection:
        await connection.execute(text("CREATE TABLE scratch (n INTEGER PRIMARY KEY)"))
    yield engine
    await engine.dispose()


async def note(connection: AsyncConnection, n: int) -> None:
    await connection.execute(text("INSERT INTO scratch VALUES (:n)"), {"n": n})


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


async def noted(engine: AsyncEngine) -> list[int]:
    async with reading(engine) as connection:
        return list(await connection.scalars(text("SELECT n FROM scratch ORDER BY n")))


async def test_the_connection_is_kept(engine: AsyncEngine) -> None:
    async with writing(engine) as first:
        await note(first, 1)
    async with writing(engine) as second:
        await note(second, 2)
    assert first is second
    assert await noted(engine) == [1, 2]


async def test_what_fails_is_undone_and_the_next_is_not(engine: AsyncEngine) -> None:
    async def fail() -> None:
        async with writing(engine) as connection:
            await note(connection, 1)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with writing(engine) as connection:
        await note(connection, 2)
    assert await noted(engine) == [2]


async def test_what_is_cancelled_is_undone(engine: AsyncEngine) -> None:
    async def work() -> None:
        async with writing(engine) as connection:
            await note(connection, 1)
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await noted(engine) == []


async def test_a_connection_that_could_not_write_is_not_used_again(engine: AsyncEngine) -> None:
    fault = sqlite3.OperationalError(READ_ONLY)
    fault.sqlite_errorcode = sqlite3.SQLITE_READONLY
    used = []

    async def fail() -> None:
        async with writing(engine) as connection:
            used.append(connection)
            await note(connection, 1)
            raise fault

    with pytest.raises(StoreUnavailableError, match=READ_ONLY):
        await fail()
    async with writing(engine) as connection:
        await note(connection, 2)
    assert connection is not used[0]
    assert await noted(engine) == [2]


async def test_another_program_s_transaction_is_waited_for_then_told(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "souci.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailableError, match="locked"):
        async with writing(engine) as connection:
            await note(connection, 1)
    other.execute("ROLLBACK")
    other.close()
    async with writing(engine) as connection:
        await note(connection, 2)
    assert await noted(engine) == [2]


async def test_statements_go_straight_to_it(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        assert Session(connection)._direct is not None


async def test_the_connection_is_closed_with_its_engine(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    await engine.dispose()
    assert names(tmp_path) == ["souci.db"]  # its log is gone
