"""A copy of a database: whole, of one instant, put back into either kind of store."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
import pytest_asyncio
from sqlalchemy.exc import DBAPIError

from circle.circles import Rules
from circle.jobs import Job, JobKind
from circle.ledger import EntryKind, Postings
from storage.copying import CopyError, check_sqlite, copy_database, occupied, put_back, revision
from storage.engine import open_engine
from storage.tables import metadata
from storage.uow import Store
from storage.upgrade import DatabaseNewerError, known_revisions
from tests.entered import made
from tests.store.making import make_circle


@pytest.fixture(params=("file", "plain", "postgresql"))
def kind(request) -> str:
    """A database in memory is nobody else's: it cannot be copied."""
    return str(request.param)


@pytest_asyncio.fixture
async def copy(url, found, store, tmp_path):
    """The copy of a store with one circle in it."""
    await found(store)
    async with store.transaction() as uow:
        await uow.people.ensure("@alice:localhost", "Alice")
    await copy_database(url, tmp_path / "copy.db")
    return tmp_path / "copy.db"


@pytest_asyncio.fixture
async def restored(copy, empty_url):
    await put_back(copy, empty_url)
    engine = open_engine(empty_url)
    yield Store(engine, Rules())
    await engine.dispose()


def names(file) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [name for (name,) in database.execute("SELECT name FROM circles")]


async def everything(store: Store, table: str) -> list[tuple[object, ...]]:
    async with store.reading() as uow:
        rows = await uow.session.all(metadata.tables[table].select())
        return sorted(tuple(row) for row in rows)


async def test_a_copy_holds_what_is_there(copy) -> None:
    assert names(copy) == ["Littoral"]


async def test_a_copy_is_one_private_file(copy) -> None:
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not list(copy.parent.glob("copy.db-*"))


async def test_what_is_not_committed_is_not_copied(url, store, found, at, tmp_path) -> None:
    await found(store)
    async with store.transaction() as uow:
        await make_circle(uow, "Artois", "!artois:localhost", at)
        await copy_database(url, tmp_path / "during.db")
    assert names(tmp_path / "during.db") == ["Littoral"]


async def test_a_copy_is_never_written_over_a_file(url, store, found, tmp_path) -> None:
    await found(store)
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(FileExistsError):
        await copy_database(url, tmp_path / "copy.db")


async def test_a_copy_knows_its_revision(copy) -> None:
    assert await revision(copy) == known_revisions()[-1]


async def test_a_copy_of_a_newer_program_is_refused(copy) -> None:
    with closing(sqlite3.connect(copy)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    with pytest.raises(DatabaseNewerError):
        await revision(copy)


@pytest.mark.parametrize("table", ["circles", "people", "profiles", "memberships", "numbers"])
async def test_what_is_put_back_is_what_was_copied(restored, store, table) -> None:
    assert await everything(restored, table) == await everything(store, table)


async def test_numbers_go_on_after_those_put_back(restored, store, at) -> None:
    async with restored.transaction() as uow:
        other = await make_circle(uow, "Artois", "!artois:localhost", at)
    [(first, *_)] = await everything(store, "circles")
    assert other.id > first


async def test_a_job_put_back_is_due_once(store, found, at, url, empty_url, tmp_path) -> None:
    circle = await found(store)
    job = Job(kind=JobKind.WEEKLY_SUMMARY, circle=circle.id, due=at)
    async with store.transaction() as uow:
        await uow.jobs.schedule(job)
    await copy_database(url, tmp_path / "copy.db")
    await put_back(tmp_path / "copy.db", empty_url)
    engine = open_engine(empty_url)
    async with Store(engine, Rules()).transaction() as uow:
        await uow.jobs.schedule(job)
        found_jobs = await uow.jobs.due(at.astimezone(UTC) + timedelta(hours=1), 10)
    await engine.dispose()
    assert [replace(one, id=None) for one in found_jobs] == [job]


async def test_a_database_is_never_written_over(copy, url) -> None:
    assert await occupied(url)
    with pytest.raises(CopyError, match="already"):
        await put_back(copy, url)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_what_cannot_be_put_back_leaves_the_place_empty(copy, empty_url) -> None:
    with closing(sqlite3.connect(copy)) as database:
        database.execute("UPDATE circles SET created_at = 'soon'")
        database.commit()
    with pytest.raises(DBAPIError):
        await put_back(copy, empty_url)
    assert not await occupied(empty_url)


async def test_an_empty_place_is_not_occupied(empty_url) -> None:
    assert not await occupied(empty_url)


async def test_a_broken_copy_is_seen(copy) -> None:
    body = bytearray(copy.read_bytes())
    body[4096:12288] = b"\xff" * 8192
    copy.write_bytes(body)
    with pytest.raises(CopyError, match="no whole database"):
        check_sqlite(copy)


async def test_a_database_that_is_not_there_cannot_be_copied(tmp_path) -> None:
    with pytest.raises(CopyError, match="no database at"):
        await copy_database(f"sqlite:///{tmp_path / 'nowhere.db'}", tmp_path / "copy.db")


async def test_a_database_in_memory_cannot_be_copied(tmp_path) -> None:
    with pytest.raises(CopyError, match="in memory"):
        await copy_database("sqlite://", tmp_path / "copy.db")


async def test_the_sums_of_a_ledger_put_back_are_its_own(
    store, found, at, url, empty_url, tmp_path
) -> None:
    circle = await found(store)
    async with store.transaction() as uow:
        alice = await uow.people.ensure("@alice:localhost", "Alice")
        granted = {"by": alice.key, "amount": 700, "postings": Postings(granted=700)}
        await uow.ledger.append(circle.id, made(EntryKind.GRANT, at=at, **granted))
    await copy_database(url, tmp_path / "copy.db")
    await put_back(tmp_path / "copy.db", empty_url)
    engine = open_engine(empty_url)
    assert await everything(Store(engine, Rules()), "balances") == [(circle.id, 700, 0, 0, 0, 0)]
    await engine.dispose()
