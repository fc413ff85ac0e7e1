"""The store itself refuses to decide, invoice, pay or correct anything twice."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from circle.circles import Circle
from circle.entries import Declared, ItemEntry
from circle.ledger import EntryKind, Postings
from circle.people import Person
from storage.uow import SqlUnitOfWork
from tests.entered import made
from tests.rules.ledger.lives import declared

Write = Callable[[ItemEntry], Awaitable[ItemEntry]]
REGULATED, REFUSED = EntryKind.REGULATED, EntryKind.REFUSED


@pytest.fixture
def write(uow: SqlUnitOfWork, littoral: Circle, alice: Person) -> Write:
    """Appends an entry as it stands, with no help from the rules."""

    async def write(entry: ItemEntry) -> ItemEntry:
        if isinstance(entry.event, Declared):
            entry = replace(entry, event=replace(entry.event, person=alice.key))
        return await uow.ledger.append(littoral.id, replace(entry, id=None, by=alice.key))

    return write


@pytest.fixture
async def regulated(write: Write, at: datetime) -> ItemEntry:
    """C1, declared and regulated."""
    await write(declared(1, 8000))
    return await write(decision(at))


def decision(at: datetime, kind: EntryKind = REGULATED, **rest) -> ItemEntry:
    fields = {"amount": 8000, "postings": Postings(asked=-8000, regulated=8000)} | rest
    return made(kind, at=at, by="", item=1, **fields)


@pytest.mark.parametrize("again", [REGULATED, REFUSED, EntryKind.PRO_BONO, EntryKind.CANCELLED])
@pytest.mark.usefixtures("regulated")
async def test_nothing_is_decided_twice(write: Write, at: datetime, again: EntryKind) -> None:
    with pytest.raises(IntegrityError):
        await write(decision(at, again, postings=Postings()))


@pytest.mark.parametrize("settles", [EntryKind.INVOICED, EntryKind.PAID])
@pytest.mark.usefixtures("regulated")
async def test_nothing_is_invoiced_or_paid_twice(
    write: Write, at: datetime, settles: EntryKind
) -> None:
    name = "invoiced" if settles is EntryKind.INVOICED else "paid"
    moves = Postings(**{name: 8000})
    await write(decision(at, settles, number="F-1", postings=moves))
    with pytest.raises(IntegrityError):
        await write(decision(at, settles, number="F-2", postings=Postings()))


async def test_another_decision_must_name_the_one_it_corrects(
    write: Write, regulated: ItemEntry, at: datetime
) -> None:
    moves = Postings(asked=0, regulated=-8000)
    await write(decision(at, REFUSED, amount=None, postings=moves, corrects=regulated.id))


async def test_an_entry_is_corrected_once(write: Write, regulated: ItemEntry, at: datetime) -> None:
    lower = {"amount": 5000, "corrects": regulated.id}
    await write(decision(at, postings=Postings(regulated=-3000), **lower))
    with pytest.raises(IntegrityError):
        await write(decision(at, postings=Postings(), **lower))


async def test_an_entry_of_another_item_cannot_be_corrected(
    write: Write, regulated: ItemEntry, at: datetime
) -> None:
    await write(declared(2, 100))
    other = made(REGULATED, at=at, by="", item=2, amount=100, corrects=regulated.id)
    with pytest.raises(ValueError, match="corrects nothing of its item"):
        await write(replace(other, postings=Postings(asked=-100, regulated=100)))


@pytest.mark.parametrize(
    "postings", [Postings(), Postings(asked=-8000, regulated=8001), Postings(granted=1)]
)
async def test_postings_that_disagree_with_the_item_are_refused(
    write: Write, at: datetime, postings: Postings
) -> None:
    await write(declared(1, 8000))
    with pytest.raises(ValueError, match="not those of its item"):
        await write(decision(at, postings=postings))
