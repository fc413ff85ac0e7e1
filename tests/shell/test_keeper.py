"""What an erasure leaves to do is done, again after a crash, and tells nobody's name."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.operations.housekeeping import Keeper
from bot.operations.receipt_shelf import Shelf
from circle.circles import Rules
from circle.time import DAY
from storage.chores import Chores
from storage.engine import open_engine
from storage.receipts import Receipt, ReceiptQueue
from storage.tables.keeping import erasures
from storage.uow import Store
from storage.upgrade import upgrade
from tests.kept import keep
from tests.store.making import make_circle

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAME = "Dany Écho"


@pytest.fixture
async def store(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'souci.db'}")
    await upgrade(engine)
    yield Store(engine, Rules())
    await engine.dispose()


@pytest.fixture
def keeper(store, tmp_path):
    return Keeper(
        Chores(store.engine),
        Shelf(tmp_path / "receipts"),
        ReceiptQueue(store.engine),
        timedelta(days=30),
    )


async def forget_somebody(store):
    async with store.transaction() as uow:
        person = await uow.people.ensure("@dany:localhost", NAME)
    async with store.transaction() as uow:
        await uow.personal.erase(person, NOW, "$ask")


def on_disk(folder):
    return b"".join(file.read_bytes() for file in folder.glob("souci.db*"))


async def test_the_files_of_the_database_keep_no_trace(store, keeper, tmp_path):
    await forget_somebody(store)
    before = NAME.encode() in on_disk(tmp_path)
    await keeper.run(NOW)
    assert (before, NAME.encode() in on_disk(tmp_path)) == (True, False)


async def test_receipts_are_deleted_and_only_those(store, keeper, tmp_path):
    gone, other = [await keep(tmp_path / "receipts", body) for body in (b"hers", b"his")]
    async with store.transaction() as uow:
        values = {"at": NOW, "files": (gone, f"{gone}x"), "finished_at": None}
        await uow.session.run(erasures.insert(), values)
    await keeper.run(NOW)
    assert [file.name for file in (tmp_path / "receipts").iterdir()] == [other]


async def test_a_file_that_somebody_sent_again_meanwhile_stays(store, keeper, tmp_path):
    again = await keep(tmp_path / "receipts", b"a till receipt")
    async with store.transaction() as uow:
        alice = await uow.people.ensure("@alice:localhost", "alice")
        circle = await make_circle(uow, "Littoral", "!littoral:localhost", NOW)
        sent = Receipt(item=1, by=alice.key, at=NOW, event_id="$1", name="a", mimetype="a/b",
                       size=1, attachment="{}")  # fmt: skip
        await uow.receipts.add(circle.id, sent)
        noted = await uow.receipts.of_event("$1")
        await uow.receipts.keep(noted.row, again, 9)
        values = {"at": NOW, "files": (again,), "finished_at": None}
        await uow.session.run(erasures.insert(), values)
    await keeper.run(NOW)
    assert [file.name for file in (tmp_path / "receipts").iterdir()] == [again]


async def test_a_database_in_use_is_made_compact_later(store, keeper, tmp_path, monkeypatch):
    monkeypatch.setattr("storage.sqlite.files._LONG_PATIENCE", 0.0)
    await forget_somebody(store)
    with closing(sqlite3.connect(tmp_path / "souci.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await keeper._finish_erasures(NOW)
        assert len(await Chores(store.engine).left_by_erasures()) == 1
        other.execute("ROLLBACK")
    await keeper._finish_erasures(NOW)
    assert await Chores(store.engine).left_by_erasures() == []


async def test_the_database_is_not_made_compact_without_rest(store, keeper):
    for _ in range(2):
        await forget_somebody(store)
        await keeper.run(NOW)
    assert len(await Chores(store.engine).left_by_erasures()) == 1
    assert NOW < await keeper.next_due() < NOW + DAY
    await keeper.run(NOW + DAY / 2)
    assert await Chores(store.engine).left_by_erasures() == []


async def test_the_next_day_is_looked_forward_to(keeper):
    await keeper.run(NOW)
    assert await keeper.next_due() == NOW + DAY
