"""A ledger written by an older program is kept to the letter, and as closed to changes."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import CircleId, Rules
from circle.entries import particulars
from circle.ledger import EntryKind
from storage.engine import open_engine, writing
from storage.inbox import Inbox
from storage.uow import Store
from storage.upgrade import upgrade
from tests.store.older import to_revision

BEFORE = "0002"
CIRCLE = CircleId(1)
WRITTEN = (
    (
        "INSERT INTO circles VALUES (1, 'Littoral', 'littoral', 'territorial', 'active', '!r', 0, "
        "'[]', 'EUR', 'key')"
    ),
    "INSERT INTO people VALUES ('alice', FALSE, NULL)",
    "INSERT INTO profiles VALUES ('alice', 'Alice', NULL, NULL)",
    "INSERT INTO sync_tokens VALUES ('@souci:localhost', 's1')",
    "INSERT INTO inbox (event_id, room_id, at_ms, finished) VALUES ('$1', '!r', 1, FALSE)",
)
ENTRIES = (
    # id, kind, granted, asked, regulated, invoiced, paid, item, amount, number, corrects
    (1, "grant", 90000, 0, 0, 0, 0, None, 90000, None, None),
    (2, "declared", 0, 8000, 0, 0, 0, 1, 8000, None, None),
    (3, "declared", 0, 500, 0, 0, 0, 2, 500, None, None),
    (4, "corrected", 0, -100, 0, 0, 0, 2, 400, None, 3),
    (5, "cancelled", 0, -400, 0, 0, 0, 2, None, None, 4),
)
APPEND = text(
    "INSERT INTO entries (id, circle, kind, at, by, granted, asked, regulated, invoiced, paid, "
    "item, nature, person, day, minutes, amount, pro_bono, number, corrects) VALUES (:id, 1, "
    ":kind, 0, 'alice', :granted, :asked, :regulated, :invoiced, :paid, :item, :nature, :person, "
    ":day, 60, :amount, FALSE, :number, :corrects)"
)
NAMES = ("id", "kind", "granted", "asked", "regulated", "invoiced", "paid", "item", "amount")


async def write(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        await connection.run_sync(to_revision, BEFORE)
        for statement in WRITTEN:
            await connection.execute(text(statement))
        for row in ENTRIES:
            told = row[1] in {"declared", "corrected"}
            values = dict(zip((*NAMES, "number", "corrects"), row, strict=True))
            values |= {"nature": "contribution" if told else None}
            values |= {"person": "alice" if told else None, "day": "2026-11-24" if told else None}
            await connection.execute(APPEND, values)


@pytest.fixture
async def store(empty_url: str) -> AsyncIterator[Store]:
    """A store upgraded with that ledger in it."""
    engine = open_engine(empty_url)
    await write(engine)
    await upgrade(engine)
    yield Store(engine, Rules())
    await engine.dispose()


async def test_entries_are_kept_to_the_letter(store: Store) -> None:
    async with store.transaction() as uow:
        entries = await uow.ledger.latest(CIRCLE, 9)
    told = [(e.id, e.event.kind, particulars(e.event).amount, e.corrects) for e in entries]
    assert told[::-1] == [(row[0], row[1], row[8], row[10]) for row in ENTRIES]


async def test_figures_are_the_same(store: Store) -> None:
    async with store.transaction() as uow:
        totals = await uow.ledger.totals(CIRCLE)
        [envelope] = await uow.ledger.envelopes(CIRCLE)
    assert (totals.granted, totals.asked, envelope.amount) == (90000, 8000, 90000)


async def test_the_ledger_is_still_closed_to_changes(store: Store) -> None:
    with pytest.raises(DBAPIError, match="appended, never changed"):
        async with store.transaction() as uow:
            await uow.session.run(text("UPDATE entries SET granted = 0"))


async def test_what_was_cancelled_then_is_cancelled(store: Store) -> None:
    async with store.transaction() as uow:
        told = await uow.ledger.history(CIRCLE, 2)
    assert [entry.event.kind for entry in told][-1] is EntryKind.CANCELLED


async def test_what_was_received_is_the_account_s_that_listened(store: Store) -> None:
    waiting = await Inbox(store.engine, "@souci:localhost").pending("!r", 9)
    assert [one.event_id for one in waiting] == ["$1"]
