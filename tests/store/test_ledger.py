"""The ledger: appended for ever, items told by their entries, figures summed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from circle.circles import Circle
from circle.entries import Cancelled
from circle.ledger import (
    EntryKind,
    ItemState,
    Nature,
    Postings,
)
from circle.life import fold
from circle.people import Person
from circle.ports import ItemFilter, ItemTotals
from storage.uow import SqlUnitOfWork, Store
from tests.entered import made
from tests.store.making import Append

DAY = date(2026, 11, 24)
HOUR = timedelta(hours=1)
ALL = ItemFilter()


# Entries


@pytest.mark.usefixtures("programme")
async def test_an_entry_comes_back_with_an_id(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, alice: Person, bob: Person
) -> None:
    written = await append(
        EntryKind.DECLARED,
        postings=Postings(asked=8000),
        item=7,
        nature=Nature.EXPENSE,
        person=alice.key,
        payee=bob.key,
        day=DAY,
        minutes=150,
        amount=8000,
        pro_bono=True,
        action=1,
        vote=1,
        what="affiches",
        source="$1",
    )
    assert written.id is not None
    assert await uow.ledger.latest(littoral.id, 10) == (written,)


async def test_the_latest_entries_come_latest_first(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, at: datetime
) -> None:
    first, second, third = [
        await append(EntryKind.GRANT, at=at + hours * HOUR) for hours in (0, 1, 1)
    ]
    assert await uow.ledger.latest(littoral.id, 10) == (third, second, first)
    assert await uow.ledger.latest(littoral.id, 1) == (third,)


async def test_an_entry_names_the_one_it_corrects(
    uow: SqlUnitOfWork, littoral: Circle, append: Append
) -> None:
    first = await append(EntryKind.GRANT)
    second = await append(EntryKind.CORRECTED, corrects=first.id)
    [latest, _] = await uow.ledger.latest(littoral.id, 10)
    assert latest == second


@pytest.mark.parametrize(
    "statement",
    ["UPDATE entries SET granted = 0", "DELETE FROM entries", "UPDATE entries SET paid = paid"],
)
async def test_the_database_refuses_to_change_entries(
    store: Store, found, at: datetime, statement: str
) -> None:
    circle = await found(store)
    async with store.transaction() as uow:
        alice = await uow.people.ensure("@alice:localhost", "Alice")
        grant = made(EntryKind.GRANT, at=at, by=alice.key, postings=Postings(granted=100))
        await uow.ledger.append(circle.id, grant)
    with pytest.raises(DBAPIError, match="appended, never changed"):
        await run(store, statement)
    async with store.transaction() as uow:
        assert (await uow.ledger.totals(circle.id)).granted == 100


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_postgresql_refuses_to_empty_the_ledger(store: Store) -> None:
    with pytest.raises(DBAPIError, match="appended, never changed"):
        await run(store, "TRUNCATE entries CASCADE")


async def run(store: Store, statement: str) -> None:
    async with store.transaction() as uow:
        await uow.session.run(text(statement))


async def test_an_entry_cannot_name_what_its_circle_has_not(declare: Append) -> None:
    with pytest.raises(IntegrityError):
        await declare(1, action=9)


async def test_erasing_what_was_told_leaves_the_entry(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append
) -> None:
    written = await declare(1)
    await uow.session.run(text("DELETE FROM entry_texts"))
    assert await uow.ledger.latest(littoral.id, 1) == (replace(written, what=""),)


# Items


async def test_a_declared_item_is_what_its_entry_tells(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, bob: Person
) -> None:
    written = await declare(7, amount=8000, payee=bob.key, pro_bono=True)
    assert await uow.ledger.item(littoral.id, 7) == fold([written])


async def test_an_unknown_item_is_none(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.ledger.item(littoral.id, 7) is None


@pytest.mark.parametrize(
    "kinds",
    [
        [EntryKind.QUESTIONED],
        [EntryKind.CORRECTED],
        [EntryKind.POSTPONED, EntryKind.CORRECTED],
        [EntryKind.REGULATED, EntryKind.INVOICED, EntryKind.PAID],
        [EntryKind.REGULATED, EntryKind.PAID, EntryKind.INVOICED],
        [EntryKind.REFUSED],
        [EntryKind.PRO_BONO],
        [EntryKind.CANCELLED],
    ],
)
async def test_an_item_is_always_what_its_entries_tell(
    uow: SqlUnitOfWork,
    littoral: Circle,
    declare: Append,
    append: Append,
    kinds: list[EntryKind],
) -> None:
    told = [await declare(7, amount=8000)]
    for kind in kinds:
        detail = {"amount": 5000, "number": "F-1", "person": told[0].event.person, "minutes": 90}
        detail |= {"nature": Nature.CONTRIBUTION, "day": DAY, "what": "corrigé"}
        told.append(await append(kind, item=7, **detail))
    assert await uow.ledger.item(littoral.id, 7) == fold(told)


async def test_nothing_can_be_decided_on_what_was_not_declared(append: Append) -> None:
    with pytest.raises(ValueError, match="declares nothing"):
        await append(EntryKind.PAID, item=7)


async def test_items_come_by_pages(uow: SqlUnitOfWork, littoral: Circle, declare: Append) -> None:
    for number in (3, 1, 4, 2):
        await declare(number)
    page = await uow.ledger.items(littoral.id, ALL, 2, 1)
    assert [item.number for item in page] == [2, 3]
    assert await uow.ledger.count_items(littoral.id, ALL) == 4


@pytest.fixture
async def several(declare: Append, append: Append, bob: Person) -> None:
    """C1 of alice on the 20th, C2 of bob on the 22nd, C3 of alice on the 24th, refused."""
    await declare(1, day=date(2026, 11, 20))
    await declare(2, day=date(2026, 11, 22), person=bob.key)
    await declare(3)
    await append(EntryKind.REFUSED, item=3)


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        (ItemFilter(), [1, 2, 3]),
        (ItemFilter(since=date(2026, 11, 22)), [2, 3]),
        (ItemFilter(until=date(2026, 11, 22)), [1, 2]),
        (ItemFilter(since=date(2026, 11, 21), until=date(2026, 11, 23)), [2]),
        (ItemFilter(waiting=True), [1, 2]),
        (ItemFilter(waiting=False), [3]),
    ],
)
@pytest.mark.usefixtures("several")
async def test_items_are_chosen_by_day_and_state(
    uow: SqlUnitOfWork, littoral: Circle, which: ItemFilter, numbers: list[int]
) -> None:
    assert [item.number for item in await uow.ledger.items(littoral.id, which, 9)] == numbers
    assert await uow.ledger.count_items(littoral.id, which) == len(numbers)


@pytest.mark.usefixtures("several")
async def test_items_are_chosen_by_person(
    uow: SqlUnitOfWork, littoral: Circle, bob: Person
) -> None:
    [item] = await uow.ledger.items(littoral.id, ItemFilter(person=bob.key), 9)
    assert (item.number, item.state) == (2, ItemState.DECLARED)


# Another circle's ledger


@pytest.mark.usefixtures("programme")
async def test_nothing_of_another_circle_s_ledger_comes_back(
    uow: SqlUnitOfWork, artois: Circle, declare: Append, append: Append, at: datetime
) -> None:
    await declare(1, amount=100, vote=1, action=1)
    await append(EntryKind.REGULATED, item=1, amount=100)
    await append(EntryKind.GRANT, funder="MEL", amount=100, postings=Postings(granted=100))
    ledger = uow.ledger
    assert await ledger.item(artois.id, 1) is None
    assert await ledger.items(artois.id, ALL, 9) == ()
    assert await ledger.count_items(artois.id, ALL) == 0
    assert await ledger.sum_items(artois.id, ALL) == ItemTotals(0, 0, 0, 0, 0)
    assert await ledger.history(artois.id, 1) == ()
    assert await ledger.latest(artois.id, 9) == ()
    assert await ledger.totals(artois.id) == Postings()
    assert await ledger.totals_between(artois.id, at, at + HOUR) == Postings()
    assert await ledger.commitments(artois.id) == ()
    assert await ledger.regulated_by_vote(artois.id) == {}
    assert await ledger.regulated_by_action(artois.id) == {}
    assert (await ledger.effort(artois.id, DAY, DAY)).minutes == 0
    assert await ledger.envelopes(artois.id) == ()
    assert await ledger.uses(artois.id) == ()
    assert await ledger.attributed(artois.id) == 0
    assert await ledger.attributed_between(artois.id, at, at + HOUR) == 0
    assert await ledger.held_of(artois.id, 1) == ()
    assert await ledger.holders(artois.id) == {}
    assert await ledger.unheld(artois.id) == ()
    assert await ledger.caused_by(artois.id, range(9)) == {}
    assert await ledger.spent_by_workstream(artois.id) == {}
    assert await ledger.funders(artois.id) == ()


async def test_items_of_two_circles_share_numbers_and_nothing_else(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, declare: Append
) -> None:
    mine = await declare(1)
    await uow.ledger.append(artois.id, replace(mine, id=None, what="ailleurs"))
    cancelled = replace(mine, id=None, event=Cancelled(), postings=Postings())
    await uow.ledger.append(artois.id, cancelled)
    assert await uow.ledger.item(littoral.id, 1) == fold([mine])
