"""Declarations that may be a double: the same person, day and figures, still standing."""

from datetime import date

import pytest

from circle.circles import Circle
from circle.ledger import EntryKind, Nature
from circle.people import Person
from storage.uow import SqlUnitOfWork
from tests.store.making import Append

DAY = date(2026, 11, 24)
TOLD = {"nature": Nature.CONTRIBUTION, "day": DAY, "minutes": 120, "amount": None}
OTHERWISE = (
    {"nature": Nature.EXPENSE},
    {"day": date(2026, 11, 23)},
    {"minutes": 90},
    {"minutes": None},
    {"amount": 8000},
    {"pro_bono": True},
)


async def declare(append: Append, who: Person, number: int, **rest):
    fields = TOLD | {"person": who.key, "item": number, "what": f"tri {number}"} | rest
    return await append(EntryKind.DECLARED, **fields)


async def test_the_latest_of_the_same_figures_are_found_with_their_words(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, alice: Person
) -> None:
    for number in range(1, 8):
        last = await declare(append, alice, number)
    alike = await uow.ledger.alike(littoral.id, last.item, last.event)
    assert alike == {number: f"tri {number}" for number in (6, 5, 4, 3, 2)}


@pytest.mark.parametrize("rest", OTHERWISE)
async def test_what_differs_in_one_of_them_is_none(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, alice: Person, rest: dict
) -> None:
    await declare(append, alice, 1, **rest)
    told = await declare(append, alice, 2)
    assert await uow.ledger.alike(littoral.id, 2, told.event) == {}


async def test_somebody_else_s_is_none(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, alice: Person, bob: Person
) -> None:
    await declare(append, bob, 1)
    told = await declare(append, alice, 2)
    assert await uow.ledger.alike(littoral.id, 2, told.event) == {}


@pytest.mark.parametrize("end", [EntryKind.CANCELLED, EntryKind.REFUSED])
async def test_one_that_stands_no_more_is_none(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, alice: Person, end: EntryKind
) -> None:
    await declare(append, alice, 1)
    await append(end, item=1)
    told = await declare(append, alice, 2)
    assert await uow.ledger.alike(littoral.id, 2, told.event) == {}
