"""The driver of SQLite: statements where they are awaited, commits in their thread."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import sqlite
from storage.sqlite import InlineConnection


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[InlineConnection]:
    opened = await sqlite.connect(str(tmp_path / "souci.db"), {}, disk=True)
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
    sqlite._COMMITS.submit(answered.wait)
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
