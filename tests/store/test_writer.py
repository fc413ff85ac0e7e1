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
from storage.session import Statements
from storage.sqlite.driver import InlineConnection

READ_ONLY = "attempt to write a readonly database"


def gone() -> sqlite3.Error:
    """What SQLite says of a file that it may not write."""
    fault = sqlite3.OperationalError(READ_ONLY)
    fault.sqlite_errorcode = sqlite3.SQLITE_READONLY
    return fault


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
    used = []

    async def fail() -> None:
        async with writing(engine) as connection:
            used.append(connection)
            await note(connection, 1)
            raise gone()

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
        assert Statements(connection)._shortcut is not None


async def test_the_connection_is_closed_with_its_engine(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    await engine.dispose()
    assert names(tmp_path) == ["souci.db"]  # its log is gone


class Commits:
    """Counts commits, and notes whether each waited for the disk; `fault` is what they raise."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.lasting: list[bool] = []
        self.fault: Exception | None = None
        commit = InlineConnection.commit

        async def counted(driver: InlineConnection) -> None:
            self.lasting.append(driver._lasting)
            if self.fault is not None:
                raise self.fault
            await commit(driver)

        patch.setattr(InlineConnection, "commit", counted)


@pytest.fixture
def commits(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> Commits:
    assert engine  # its table is made and committed before we count
    monkeypatch.setattr("storage.sqlite.writer._LONGEST", 60.0)
    return Commits(monkeypatch)


async def noting(
    engine: AsyncEngine, n: int, fault: Exception | None = None, *, lasting: bool = True
) -> int:
    async with writing(engine, lasting=lasting) as connection:
        await asyncio.sleep(0)  # the others come to wait
        await note(connection, n)
        if fault is not None:
            raise fault
    return n


async def test_those_who_wait_are_committed_together(engine: AsyncEngine, commits: Commits) -> None:
    assert await asyncio.gather(*(noting(engine, n) for n in range(5))) == [0, 1, 2, 3, 4]
    assert commits.lasting == [True]
    assert await noted(engine) == [0, 1, 2, 3, 4]


async def test_a_group_is_bounded_by_time(
    engine: AsyncEngine, commits: Commits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.writer._LONGEST", 0.0)
    await asyncio.gather(*(noting(engine, n) for n in range(9)))
    assert len(commits.lasting) > 2


@pytest.mark.usefixtures("commits")
async def test_nobody_is_told_before_the_commit(engine: AsyncEngine) -> None:
    seen: list[int] = []

    async def first() -> None:
        await noting(engine, 1)
        seen.extend(await noted(engine))

    await asyncio.gather(first(), noting(engine, 2))
    assert seen == [1, 2]


async def test_who_fails_in_a_group_is_undone_alone(engine: AsyncEngine, commits: Commits) -> None:
    works = (noting(engine, 1), noting(engine, 2, LookupError()), noting(engine, 3))
    told = await asyncio.gather(*works, return_exceptions=True)
    assert [type(one) for one in told] == [int, LookupError, int]
    assert len(commits.lasting) == 1
    assert await noted(engine) == [1, 3]


async def test_a_commit_that_fails_is_told_to_all(engine: AsyncEngine, commits: Commits) -> None:
    commits.fault = gone()
    works = (noting(engine, n) for n in range(3))
    told = await asyncio.gather(*works, return_exceptions=True)
    assert [type(one) for one in told] == [StoreUnavailableError] * 3
    commits.fault = None
    assert await noted(engine) == []
    assert await noting(engine, 7) == 7


async def test_a_database_lost_within_a_group_is_told_to_all_of_it(
    engine: AsyncEngine, commits: Commits
) -> None:
    works = (noting(engine, 1), noting(engine, 2, gone()), noting(engine, 3))
    told = await asyncio.gather(*works, return_exceptions=True)
    assert str(told[0]) == "undone with another transaction: OperationalError"
    assert [type(one) for one in told] == [StoreUnavailableError, StoreUnavailableError, int]
    assert len(commits.lasting) == 1
    assert await noted(engine) == [3]


async def test_what_must_last_does_not_join_what_need_not(
    engine: AsyncEngine, commits: Commits
) -> None:
    await asyncio.gather(noting(engine, 1, lasting=False), noting(engine, 2))
    assert commits.lasting == [False, True]


async def test_what_need_not_last_joins_what_must(engine: AsyncEngine, commits: Commits) -> None:
    await asyncio.gather(noting(engine, 1), noting(engine, 2, lasting=False))
    assert commits.lasting == [True]


async def test_a_group_is_committed_though_who_was_waited_for_is_cancelled(
    engine: AsyncEngine, commits: Commits
) -> None:
    begun, end = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with writing(engine) as connection:
            await note(connection, 1)
            begun.set()
            await end.wait()

    task = asyncio.create_task(first())
    await begun.wait()
    second = asyncio.create_task(noting(engine, 2))
    await asyncio.sleep(0)
    end.set()
    second.cancel()
    await asyncio.wait_for(task, 5)
    assert len(commits.lasting) == 1
    assert await noted(engine) == [1]
