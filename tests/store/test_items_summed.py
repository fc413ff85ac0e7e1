"""Items chosen by where they stand, for whom, in which session; what they sum up to."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from circle.circles import Circle
from circle.ledger import EntryKind, ItemState, Postings
from circle.life import weigh
from circle.meetings import Meeting, MeetingKind
from circle.people import Person
from circle.ports import ItemFilter, ItemTotals
from circle.sessions import Session
from storage.uow import SqlUnitOfWork
from tests.store.making import Append

ALL = ItemFilter()


@pytest.fixture
async def session(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> Session:
    meeting = Meeting(
        number=1,
        kind=MeetingKind.REGULATION,
        title="",
        start=at,
        end=None,
        place=None,
        uid="m1@souci",
        by=alice.key,
    )
    await uow.meetings.add(littoral.id, meeting)
    opened = Session(meeting=1, occurrence=at.date(), opened_at=at, opened_by=alice.key)
    return await uow.sessions.add(littoral.id, opened)


@pytest.fixture
async def lived(declare: Append, append: Append, session: Session, bob: Person) -> None:
    """C1 waits, C2 regulated, C3 invoiced for bob, C4 paid, C5 put off, C6 cancelled."""
    for number in range(1, 7):
        await declare(number, amount=number * 100, payee=bob.key if number == 3 else None)
    for number in (2, 3, 4):
        await append(EntryKind.REGULATED, item=number, amount=number * 10, session=session.id)
    for number in (3, 4):
        await append(EntryKind.INVOICED, item=number, amount=number * 10, number="F-1")
    await append(EntryKind.PAID, item=4, amount=40)
    await append(EntryKind.POSTPONED, item=5, session=session.id)
    await append(EntryKind.CANCELLED, item=6)


async def numbers(uow: SqlUnitOfWork, circle: Circle, which: ItemFilter) -> Sequence[int]:
    found = [item.number for item in await uow.ledger.items(circle.id, which, 9)]
    assert await uow.ledger.count_items(circle.id, which) == len(found)
    return found


@pytest.mark.usefixtures("lived")
async def test_items_are_chosen_by_where_they_stand(uow: SqlUnitOfWork, littoral: Circle) -> None:
    states = frozenset({ItemState.REGULATED, ItemState.INVOICED})
    assert await numbers(uow, littoral, ItemFilter(states=states)) == [2, 3]


@pytest.mark.usefixtures("lived")
async def test_items_are_chosen_by_who_is_paid(
    uow: SqlUnitOfWork, littoral: Circle, bob: Person
) -> None:
    assert await numbers(uow, littoral, ItemFilter(payee=bob.key)) == [3]


@pytest.mark.usefixtures("lived")
async def test_items_of_which_a_session_has_spoken_are_left_out(
    uow: SqlUnitOfWork, littoral: Circle, session: Session
) -> None:
    assert await numbers(uow, littoral, ItemFilter(waiting=True)) == [1, 5]
    waiting = ItemFilter(waiting=True, passed_over=session.id)
    assert await numbers(uow, littoral, waiting) == [1]


@pytest.mark.usefixtures("lived")
async def test_items_sum_up_to_what_they_weigh(uow: SqlUnitOfWork, littoral: Circle) -> None:
    total = await uow.ledger.sum_items(littoral.id, ALL)
    items = await uow.ledger.items(littoral.id, ALL, 9)
    weight = sum((weigh(item) for item in items), Postings())
    assert total == ItemTotals(300, weight.asked, weight.regulated, weight.invoiced, weight.paid)
    assert total == ItemTotals(300, 600, 90, 70, 40)


@pytest.mark.usefixtures("lived")
async def test_only_the_chosen_items_are_summed(
    uow: SqlUnitOfWork, littoral: Circle, bob: Person
) -> None:
    total = await uow.ledger.sum_items(littoral.id, ItemFilter(payee=bob.key))
    assert total == ItemTotals(60, 0, 30, 30, 0)


async def test_nothing_sums_up_to_nothing(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.ledger.sum_items(littoral.id, ALL) == ItemTotals(0, 0, 0, 0, 0)


@pytest.mark.usefixtures("lived")
async def test_the_entries_of_a_session_come_oldest_first(
    uow: SqlUnitOfWork, littoral: Circle, session: Session
) -> None:
    entries = await uow.ledger.of_session(littoral.id, session.id or 0)
    assert [entry.item for entry in entries] == [2, 3, 4, 5]


async def test_the_history_of_an_item_is_all_that_was_written_of_it(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, append: Append
) -> None:
    told = [await declare(1, amount=100), await append(EntryKind.QUESTIONED, item=1, what="?")]
    await declare(2, amount=100)
    assert await uow.ledger.history(littoral.id, 1) == tuple(told)


# Envelopes


async def test_envelopes_are_told_as_corrected(
    uow: SqlUnitOfWork, littoral: Circle, append: Append
) -> None:
    first = await append(EntryKind.GRANT, amount=100, funder="MEL", postings=Postings(granted=100))
    await append(EntryKind.GRANT, amount=50, postings=Postings(granted=50))
    less = {"amount": 80, "funder": "MEL", "postings": Postings(granted=-20)}
    second = await append(EntryKind.CORRECTED, corrects=first.id, **less)
    [mel, _] = await uow.ledger.envelopes(littoral.id)
    assert (mel.number, mel.amount, mel.entries) == (1, 80, (first.id, second.id))
    assert (await uow.ledger.totals(littoral.id)).granted == 130
