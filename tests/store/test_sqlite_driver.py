"""The driver of SQLite: statements where they are awaited, commits in their thread."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine, reading, writing
from storage.errors import StoreUnavailableError
from storage.sqlite import driver
from storage.sqlite.driver import InlineConnection


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[InlineConnection]:
    opened = await driver.connect(str(tmp_path / "souci.db"), {}, disk=True)
    await execute(opened, "CREATE TABLE scratch (n INTEGER)")
    yield opened
    await opened.close()


async def execute(connection: InlineConnection, *statements: str) -> list[tuple[object, ...]]:
    async with connection.cursor() as cursor:
        for statement in statements:
            await cursor.execute(statement)
        return await cursor.fetchall()


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.fixture
def slow_disk() -> Iterator[threading.Event]:
    """Commits wait until it is set."""
    answered = threading.Event()
    driver._COMMITS.submit(answered.wait)
    yield answered
    answered.set()


async def test_while_a_commit_waits_for_the_disk_others_go_on(
    connection: InlineConnection, slow_disk: threading.Event
) -> None:
    await execute(connection, "BEGIN", "INSERT INTO scratch VALUES (1)")
    commit = asyncio.create_task(connection.commit())
    await turns(10)
    assert not commit.done()
    slow_disk.set()
    await commit


@pytest.mark.usefixtures("slow_disk")
async def test_what_only_reads_does_not_wait_for_the_disk(connection: InlineConnection) -> None:
    await execute(connection, "BEGIN", "SELECT n FROM scratch")
    await connection.commit()
    assert await execute(connection, "BEGIN") == []


@pytest.mark.usefixtures("slow_disk")
async def test_what_was_undone_does_not_wait_for_the_disk(connection: InlineConnection) -> None:
    await execute(connection, "BEGIN", "INSERT INTO scratch VALUES (1)")
    await connection.rollback()
    await execute(connection, "BEGIN")
    await connection.commit()
    assert await execute(connection, "SELECT n FROM scratch") == []


async def test_a_commit_is_waited_for_even_when_cancelled(
    connection: InlineConnection, slow_disk: threading.Event
) -> None:
    await execute(connection, "BEGIN", "INSERT INTO scratch VALUES (1)")
    commit = asyncio.create_task(connection.commit())
    await turns(10)
    commit.cancel()
    await turns(10)
    assert not commit.done()
    slow_disk.set()
    await asyncio.wait([commit])
    assert commit.cancelled()
    assert await execute(connection, "SELECT n FROM scratch") == [(1,)]


async def test_a_closed_connection_says_so(connection: InlineConnection) -> None:
    await connection.close()
    with pytest.raises(ValueError, match="connection closed"):
        connection.cursor()


async def test_closing_twice_is_nothing(connection: InlineConnection) -> None:
    await connection.close()
    await connection.close()
    connection.stop()


async def test_what_is_written_stays_when_another_program_has_looked(tmp_path):
    """Its last connection closed, SQLite deletes the log: unless it sees that we still write."""
    engine = open_engine(f"sqlite:///{tmp_path}/souci.db")
    try:
        async with writing(engine) as connection, reading(engine):  # two connections are opened
            await connection.execute(text("CREATE TABLE said (word TEXT)"))
        visited(tmp_path / "souci.db")
        async with writing(engine) as connection:
            await connection.execute(text("INSERT INTO said VALUES ('bonjour')"))
        assert visited(tmp_path / "souci.db") == "[('bonjour',)]"
    finally:
        await engine.dispose()


async def test_a_database_that_could_not_be_written_is_opened_anew(tmp_path):
    """A connection that SQLite opened read-only would stay so for ever."""
    engine = open_engine(f"sqlite:///{tmp_path}/souci.db")
    try:
        with pytest.raises(StoreUnavailableError):
            await without_rights(engine)
        async with writing(engine) as connection:
            await connection.execute(text("CREATE TABLE said (word TEXT)"))
    finally:
        await engine.dispose()


async def without_rights(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        await connection.execute(text("PRAGMA query_only = ON"))
        await connection.execute(text("CREATE TABLE said (word TEXT)"))


def visited(file: Path) -> str:
    """What another program finds there, which then leaves."""
    look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
    look += "print(c.execute('SELECT * FROM said').fetchall()); c.close()"
    done = subprocess.run(
        [sys.executable, "-c", look, file], capture_output=True, check=True, text=True
    )
    return done.stdout.strip()
