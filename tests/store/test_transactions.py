"""A transaction holds all or nothing, and they take turns."""

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from circle.circles import Circle, Rules
from circle.refs import Kind
from storage.engine import open_engine
from storage.errors import StoreUnavailableError, told_as_unavailable
from storage.uow import Store
from storage.upgrade import upgrade


class Stop(BaseException):
    """Something that is not even an Exception."""


async def names(store: Store, at: datetime) -> list[str]:
    async with store.transaction() as uow:
        return [circle.name for circle in await uow.circles.all(at.date())]


async def test_what_was_done_is_there_afterwards(store: Store, found, at: datetime) -> None:
    await found(store)
    assert await names(store, at) == ["Littoral"]


async def meet_alice(store: Store, fault: type[BaseException] | None = None) -> None:
    async with store.transaction() as uow:
        await uow.rooms.join("!room:localhost", "@alice:localhost", "Alice")
        await uow.people.ensure("@alice:localhost", "Alice")
        if fault is not None:
            raise fault


async def alice_is_known(store: Store) -> bool:
    async with store.transaction() as uow:
        return await uow.people.with_account("@alice:localhost") is not None


@pytest.mark.parametrize("fault", [ValueError, asyncio.CancelledError, Stop])
async def test_any_exception_undoes_everything(store: Store, fault: type[BaseException]) -> None:
    with pytest.raises(fault):
        await meet_alice(store, fault)
    assert not await alice_is_known(store)


async def test_a_cancelled_task_leaves_nothing_and_holds_nothing(store: Store) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        async with store.transaction() as uow:
            await uow.people.ensure("@alice:localhost", "Alice")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(endless())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    assert not await alice_is_known(store)


async def test_concurrent_transactions_never_get_the_same_number(store: Store, found) -> None:
    circle: Circle = await found(store)

    async def number() -> int:
        async with store.transaction() as uow:
            await uow.circles.lock(circle.id)
            return await uow.circles.next_number(circle.id, Kind.ACTION)

    given = await asyncio.gather(*(number() for _ in range(8)))
    assert sorted(given) == list(range(1, 9))


async def test_a_second_transaction_waits_for_the_first(store: Store, found) -> None:
    circle: Circle = await found(store)
    order: list[str] = []
    locked = asyncio.Event()

    async def second() -> None:
        await locked.wait()
        async with store.transaction() as uow:
            await uow.circles.lock(circle.id)
            order.append("second")

    waiting = asyncio.create_task(second())
    async with store.transaction() as uow:
        await uow.circles.lock(circle.id)
        locked.set()
        for _ in range(20):
            await uow.circles.next_number(circle.id, Kind.ACTION)
        order.append("first")
    await waiting
    assert order == ["first", "second"]


async def test_reading_sees_what_was_committed(store: Store, found, at: datetime) -> None:
    await found(store)
    async with store.reading() as uow:
        assert [circle.name for circle in await uow.circles.all(at.date())] == ["Littoral"]


@pytest.mark.parametrize("kind", ["file", "plain", "postgresql"], indirect=True)
async def test_reading_does_not_wait_for_a_writer(store: Store, found, at: datetime) -> None:
    circle: Circle = await found(store)
    async with store.transaction() as writer, store.reading() as reader:
        await writer.circles.next_number(circle.id, Kind.ACTION)
        assert len(await reader.circles.all(at.date())) == 1


@pytest.fixture
def other_program(url: str) -> Iterator[sqlite3.Connection]:
    """Another program that holds the database."""
    path = str(make_url(url).database)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


@pytest.mark.parametrize("kind", ["file", "plain"], indirect=True)
@pytest.mark.usefixtures("other_program")
async def test_a_database_locked_by_another_program_is_told_as_away(url: str) -> None:
    hasty = make_url(url).update_query_dict({"timeout": "0.01"})
    engine = open_engine(hasty.render_as_string())
    with pytest.raises(StoreUnavailableError, match="locked"):
        await meet_alice(Store(engine, Rules()))
    await engine.dispose()


@pytest.mark.parametrize("kind", ["file", "plain"], indirect=True)
async def test_another_program_is_waited_for_without_stopping_everything(
    store: Store, other_program: sqlite3.Connection
) -> None:
    waiting = asyncio.create_task(meet_alice(store))
    for _ in range(100):
        await asyncio.sleep(0)
    other_program.execute("ROLLBACK")
    await waiting
    assert await alice_is_known(store)


async def test_a_database_that_cannot_be_opened_is_told_as_away(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'souci.db'}")
    with pytest.raises(StoreUnavailableError, match="unable to open"):
        await meet_alice(Store(engine, Rules()))
    await engine.dispose()


async def test_a_server_that_does_not_answer_is_told_as_away(tmp_path: Path) -> None:
    engine = open_engine(f"postgresql://souci@/souci?host={tmp_path}")
    with pytest.raises(StoreUnavailableError):
        await meet_alice(Store(engine, Rules()))
    await engine.dispose()


async def run(store: Store, statement: str) -> None:
    async with store.transaction() as uow:
        await uow.session.run(text(statement))
        await uow.people.ensure("@alice:localhost", "Alice")


async def test_a_mistake_in_a_statement_is_not_told_as_away(store: Store) -> None:
    with pytest.raises(DBAPIError, match="nothing_here"):
        await run(store, "SELECT * FROM nothing_here")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_server_that_goes_away_is_told_and_found_again(store: Store) -> None:
    with pytest.raises(StoreUnavailableError):
        await run(store, "SELECT pg_terminate_backend(pg_backend_pid())")
    assert not await alice_is_known(store)


@pytest.mark.parametrize("kind", ["file", "plain"], indirect=True)
async def test_a_read_only_file_is_told_as_away(store: Store) -> None:
    with pytest.raises(StoreUnavailableError, match="readonly"):
        await run(store, "PRAGMA query_only = ON")


@pytest.mark.parametrize("kind", ["file", "plain"], indirect=True)
async def test_a_full_disk_is_told_as_away_and_found_again(store: Store) -> None:
    with pytest.raises(StoreUnavailableError, match="full"):
        await fill(store)
    await run(store, "PRAGMA max_page_count = 1000000")
    assert await alice_is_known(store)


async def fill(store: Store) -> None:
    """Write until a very small disk is full."""
    await run(store, "PRAGMA max_page_count = 1")
    async with store.transaction() as uow:
        await uow.rooms.join_all("!r:localhost", {f"@p{n}:localhost": "P" for n in range(5000)})


@pytest.mark.parametrize("kind", ["memory", "file", "plain"], indirect=True)
async def test_a_transaction_within_another_is_told(store: Store) -> None:
    async with store.transaction():
        with pytest.raises(RuntimeError, match="within a transaction"):
            await meet_alice(store)


def modes_of(folder: Path) -> set[int]:
    return {file.stat().st_mode & 0o777 for file in folder.iterdir()}


@pytest.mark.parametrize("road", ["", "?fast=off"])
async def test_the_file_is_for_its_owner_s_eyes_only(tmp_path: Path, road: str) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}{road}")
    await upgrade(engine)
    modes = modes_of(tmp_path)
    await engine.dispose()
    assert modes == {0o600}


async def test_two_bots_that_meet_somebody_at_once_know_one_person(store: Store) -> None:
    async def meet() -> str:
        async with store.transaction() as uow:
            return (await uow.people.ensure("@alice:localhost", "Alice")).key

    assert len(set(await asyncio.gather(*(meet() for _ in range(6))))) == 1


def test_a_connection_lost_without_a_word_is_told_as_away() -> None:
    lost = DBAPIError("SELECT 1", {}, OSError("closed"), connection_invalidated=True)
    with pytest.raises(StoreUnavailableError, match="closed"), told_as_unavailable():
        raise lost
