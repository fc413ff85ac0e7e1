"""What an older program left is attributed once, as it told it that day; cut short, it goes on."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.letters.compose import Composer
from bot.operations.rereading import bring_up, tell
from circle.circles import CircleId, Rules
from circle.entries import Declared, Entry, EnvelopeEntry, Granted, ItemEntry, Paid, Regulated
from circle.ledger import Nature, Postings
from circle.life import fold, posted
from circle.money import Cents
from circle.people import PersonKey
from storage.engine import open_engine, reading, writing
from storage.ledger.rows import entry_row, item_row
from storage.tables.ledger import entries, items
from storage.uow import SqlUnitOfWork, Store
from storage.upgrade import DatabaseOlderError, require_current, upgrade
from tests.prepared import voice
from tests.store.older import to_revision

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
ALICE = PersonKey("alice")
HERE = (
    "INSERT INTO people (key, structure) VALUES ('alice', FALSE)",
    "INSERT INTO profiles (person, name) VALUES ('alice', 'Alice')",
)
CIRCLE = (
    "INSERT INTO circles (id, name, folded, kind, state, room_id, created_at, aliases, currency, "
    "settings_key, places, confirmed) VALUES ({id}, 'C{id}', 'c{id}', 'territorial', 'active', "
    "'!r{id}', 0, '[]', 'EUR', 'key', '[]', TRUE)"
)


def told() -> list[Entry]:
    """Two years and a label; C1 is paid, on no action, C2 of no envelope's own either."""
    grants = [("2027", 100), ("2026", 100), ("hiver 26", 100)]
    given: list[Entry] = [
        EnvelopeEntry(
            at=AT + timedelta(days=n),
            by=ALICE,
            event=Granted(amount=Cents(amount), period=period, funder=f"F{n}"),
            postings=Postings(granted=amount),
        )
        for n, (period, amount) in enumerate(grants)
    ]
    return [*given, *_item(1, 130, paid=True), *_item(2, 150), *_item(3, 40)]


def _item(number: int, cents: int, *, paid: bool = False) -> list[Entry]:
    day = date(2026, 10, 5)
    declared = Declared(nature=Nature.CONTRIBUTION, person=ALICE, day=day, amount=Cents(cents))
    events = [declared, Regulated(Cents(cents)), *([Paid(Cents(cents))] if paid else [])]
    made: list[ItemEntry] = []
    for place, event in enumerate(events):
        entry = ItemEntry(at=AT, by=ALICE, item=number, event=event, id=place)
        made.append(posted(fold(made) if made else None, entry))
    return list(made)


async def write(engine: AsyncEngine, *circles: int) -> None:
    """The ledger of these circles, as the version before wrote it."""
    async with writing(engine) as connection:
        await connection.run_sync(to_revision, "0017")
        for statement in (*HERE, *(CIRCLE.format(id=one) for one in circles)):
            await connection.execute(text(statement))
        number = 0
        for circle in map(CircleId, circles):
            of_item: dict[int, list[ItemEntry]] = {}
            for entry in told():
                number += 1
                row = entry_row(circle, entry) | {"id": number}
                del row["envelope"]
                await connection.execute(insert(entries).values(row))
                if isinstance(entry, ItemEntry):
                    of_item.setdefault(entry.item, []).append(entry)
            for steps in of_item.values():
                known = {"told_by": number, "last_entry": number}
                await connection.execute(insert(items).values(item_row(circle, steps) | known))


async def held(uow: SqlUnitOfWork, circle: int = 1) -> list[tuple[int, int]]:
    """What each envelope holds, and what of that is paid."""
    return [(use.spent, use.paid) for use in await uow.ledger.uses(CircleId(circle))]


# By the old order E2 (2026) came before E3 (no days: of 2026, entered later) and E1 (2027).
# C1 130: E2 100, E3 30. C2 150: E3 70, E1 80. C3 40: E1 20, and 20 that nobody gave.
THEN = [(100, 0), (100, 100), (100, 30)]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the version before left in a file: written once, copied by each test."""

    async def made(file: Path) -> None:
        engine = open_engine(f"sqlite:///{file}")
        await write(engine, 1, 2)
        await engine.dispose()

    file = tmp_path_factory.mktemp("left") / "souci.db"
    asyncio.run(made(file))
    return file


@pytest.fixture
async def before(left: Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(f"sqlite:///{shutil.copy(left, tmp_path)}")
    yield engine
    await engine.dispose()


@pytest.fixture
async def anywhere(empty_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(empty_url)
    await write(engine, 1)
    yield engine
    await engine.dispose()


async def test_it_is_what_was_told_that_day(anywhere: AsyncEngine) -> None:
    await bring_up(anywhere, Rules(), NOW)
    async with Store(anywhere, Rules()).reading() as uow:
        assert await held(uow) == THEN
        assert [(one.item, one.cents) for one in await uow.ledger.unheld(CircleId(1))] == [(3, 20)]


async def test_doing_it_again_changes_nothing(before: AsyncEngine) -> None:
    await bring_up(before, Rules(), NOW)
    await bring_up(before, Rules(), NOW + timedelta(days=1))
    async with Store(before, Rules()).reading() as uow:
        assert await held(uow) == THEN
        assert await uow.ledger.attributed_since(CircleId(1)) == NOW


async def test_nothing_is_attributed_before_it_was_decided_nor_granted(
    before: AsyncEngine,
) -> None:
    await bring_up(before, Rules(), NOW)
    async with Store(before, Rules()).reading() as uow:
        circle = CircleId(1)
        for days, cents in ((0, 100), (1, 200), (2, 300)):
            until = AT + timedelta(days=days, seconds=1)
            assert await uow.ledger.attributed_between(circle, None, until) == cents


async def test_periods_are_read_and_what_tells_no_days_stays_a_label(
    before: AsyncEngine,
) -> None:
    await bring_up(before, Rules(), NOW)
    async with Store(before, Rules()).reading() as uow:
        envelopes = await uow.ledger.envelopes(CircleId(1))
        assert await uow.rereading.circles_without_days() == (1, 2)
    assert [(one.period, one.since, one.until) for one in envelopes] == [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("hiver 26", None, None),
    ]


async def test_stewards_are_told_once_of_a_period_that_tells_no_days(before: AsyncEngine) -> None:
    await bring_up(before, Rules(), NOW)
    store, composer = Store(before, Rules()), Composer(voice(), "!")
    for _ in range(2):
        await tell(store, composer, NOW)
    async with reading(before) as connection:
        sent = (await connection.execute(text("SELECT cause, room_id FROM outbox"))).all()
    assert sorted(sent) == [("periods:1:3", "!r1"), ("periods:2:3", "!r2")]


async def test_until_it_is_done_nothing_works_beside(before: AsyncEngine) -> None:
    await upgrade(before)
    with pytest.raises(DatabaseOlderError):
        await require_current(before)
    await bring_up(before, Rules(), NOW)
    await require_current(before)


async def test_cut_short_between_two_circles_it_goes_on(before: AsyncEngine) -> None:
    engine = before
    await upgrade(engine)
    cut = (
        "CREATE TRIGGER cut BEFORE INSERT ON attributions WHEN NEW.circle = 2 AND NEW.item = 2 "
        "BEGIN SELECT RAISE(ABORT, 'cut'); END"
    )
    async with writing(engine) as connection:
        await connection.execute(text(cut))
    with pytest.raises(DBAPIError, match="cut"):
        await bring_up(engine, Rules(), NOW)
    async with Store(engine, Rules()).reading() as uow:
        assert (await held(uow, 1), await held(uow, 2)) == (THEN, [(0, 0)] * 3)
    async with writing(engine) as connection:
        await connection.execute(text("DROP TRIGGER cut"))
    await bring_up(engine, Rules(), NOW + timedelta(hours=1))
    async with Store(engine, Rules()).reading() as uow:
        assert (await held(uow, 1), await held(uow, 2)) == (THEN, THEN)
        assert await uow.ledger.attributed_since(CircleId(1)) == NOW


async def test_attributions_are_as_closed_to_changes_as_the_ledger(
    before: AsyncEngine,
) -> None:
    await bring_up(before, Rules(), NOW)
    for change in ("UPDATE attributions SET cents = 0", "DELETE FROM attributions"):
        with pytest.raises(DBAPIError, match="appended, never changed"):
            async with writing(before) as connection:
                await connection.execute(text(change))


async def test_the_database_attributes_no_more_than_was_decided_nor_granted(
    anywhere: AsyncEngine,
) -> None:
    await bring_up(anywhere, Rules(), NOW)
    more = (
        "INSERT INTO attributions (circle, envelope, item, cents, paid, cause, at) "
        "VALUES (1, {envelope}, {item}, {cents}, 0, 1, 0)"
    )
    for item in (1, 3):  # all of it is held; some is not, and the envelope is empty
        with pytest.raises(DBAPIError):
            async with writing(anywhere) as connection:
                await connection.execute(text(more.format(envelope=1, item=item, cents=1)))
    async with reading(anywhere) as connection:
        [kept] = (await connection.execute(text("SELECT SUM(attributed) FROM envelopes"))).one()
    assert kept == 300
