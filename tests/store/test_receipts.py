"""Receipts in every store: what is due, what is counted, what ends, what is to be deleted."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import Circle
from circle.people import Person
from circle.receipts import Usage
from storage.receipts import LEAST, Receipt, ReceiptQueue
from storage.uow import Store

AT = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)  # still November in Paris
HASH = "a" * 64
Founding = Callable[[Store], Awaitable[Circle]]


@pytest.fixture
async def circle(store: Store, found: Founding) -> Circle:
    return await found(store)


@pytest.fixture
async def alice(store: Store) -> Person:
    async with store.transaction() as uow:
        return await uow.people.ensure("@alice:localhost", "Alice")


@pytest.fixture
def queue(engine: AsyncEngine) -> ReceiptQueue:
    return ReceiptQueue(engine)


def receipt(alice: Person, number: int, **more) -> Receipt:
    given = {"item": 1, "by": alice.key, "at": AT, "name": "t.jpg", "mimetype": "image/jpeg"}
    given |= {"event_id": f"${number}", "size": 9, "attachment": "{}"}
    return Receipt(**(given | more))


@pytest.fixture
async def noted(store: Store, circle: Circle, alice: Person) -> list[Receipt]:
    """Three receipts: two of one entry."""
    async with store.transaction() as uow:
        for number, item in enumerate((1, 1, 2)):
            await uow.receipts.add(circle.id, receipt(alice, number, item=item))
        found = [await uow.receipts.of_event(f"${number}") for number in range(3)]
    return [one for one in found if one is not None]


async def test_those_that_are_due_come_in_order_never_tried_ones_first(
    store: Store, queue: ReceiptQueue, noted: list[Receipt]
) -> None:
    async with store.transaction() as uow:
        await uow.receipts.later(noted[0].row, AT + timedelta(minutes=1), 1)
    assert await queue.due(AT, 9) == noted[1:]
    assert await queue.next_due(AT) == AT + timedelta(minutes=1)
    after = AT + timedelta(minutes=2)
    assert [one.row for one in await queue.due(after, 9)] == [noted[n].row for n in (1, 2, 0)]
    assert await queue.next_due(after) is None


async def test_what_is_not_there_yet_counts_for_something_and_what_is_for_what_it_weighs(
    store: Store, circle: Circle, alice: Person, noted: list[Receipt]
) -> None:
    async with store.transaction() as uow:
        await uow.receipts.keep(noted[0].row, HASH, 7_000_000)
        await uow.receipts.lose(noted[2].row, "absent")
        beside = await uow.receipts.usage(circle.id, receipt(alice, 9))
        itself = await uow.receipts.usage(circle.id, noted[0])
    assert beside == Usage(entry=2, month=7_000_000 + LEAST, circle=7_000_000 + LEAST)
    assert itself == Usage(entry=1, month=LEAST, circle=LEAST)


async def test_a_month_is_that_of_the_circle(
    store: Store, circle: Circle, noted: list[Receipt]
) -> None:
    later = replace(noted[0], row=None, at=AT + timedelta(hours=1))
    async with store.transaction() as uow:
        usage = await uow.receipts.usage(circle.id, later)
    assert (usage.month, usage.circle) == (0, 3 * LEAST)


async def test_an_end_is_written_once(store: Store, noted: list[Receipt]) -> None:
    row = noted[0].row
    async with store.transaction() as uow:
        ends = [await uow.receipts.keep(row, HASH, 7), await uow.receipts.lose(row, "absent")]
        kept = await uow.receipts.of_event("$0")
    assert ends == [True, False]
    assert (kept.sha256, kept.size) == (HASH, 7)


async def test_the_file_of_one_taken_back_is_never_that_of_another_sent_meanwhile(
    store: Store, circle: Circle, alice: Person, queue: ReceiptQueue, noted: list[Receipt]
) -> None:
    coming = noted[-1]
    async with store.transaction() as uow:
        await uow.receipts.remove(coming)
        await uow.receipts.add(circle.id, receipt(alice, 9))
    async with store.transaction() as uow:
        assert not await uow.receipts.keep(coming.row, HASH, 7)
    assert [one.event_id for one in await queue.due(AT, 9)] == ["$0", "$1", "$9"]


async def test_one_taken_back_leaves_its_file_to_delete_once(
    store: Store, queue: ReceiptQueue, noted: list[Receipt]
) -> None:
    async with store.transaction() as uow:
        for one in noted[:2]:
            await uow.receipts.keep(one.row, HASH, 7)
        await uow.receipts.remove(await uow.receipts.of_event("$0"))
        await uow.receipts.remove(noted[2])
    [(row, digest)] = await queue.discarded()
    assert digest == HASH
    assert await queue.proving([HASH, "b"]) == {HASH}
    await queue.deleted([row])
    assert await queue.discarded() == []
