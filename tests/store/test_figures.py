"""The figures of a circle: sums of its entries, what votes hold back, the effort of a period."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from circle.circles import Circle
from circle.figures import Commitment
from circle.ledger import EntryKind, Nature, Postings
from circle.people import Person
from circle.ports import Effort
from storage.uow import SqlUnitOfWork
from tests.store.making import Append, adopted_vote

DAY = date(2026, 11, 24)
HOUR = timedelta(hours=1)


async def test_an_empty_ledger_sums_to_nothing(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.ledger.totals(littoral.id) == Postings()


async def test_each_figure_is_the_sum_of_its_postings(
    uow: SqlUnitOfWork, littoral: Circle, append: Append
) -> None:
    await append(EntryKind.GRANT, postings=Postings(10**12, 20, 30, 40, 50))
    await append(EntryKind.GRANT, postings=Postings(1, -2, 3, -4, 5))
    assert await uow.ledger.totals(littoral.id) == Postings(10**12 + 1, 18, 33, 36, 55)


async def test_figures_are_summed_from_an_instant_to_before_another(
    uow: SqlUnitOfWork, littoral: Circle, append: Append, at: datetime
) -> None:
    for power, hours in enumerate((-1, 0, 1, 2)):
        await append(EntryKind.GRANT, at=at + hours * HOUR, postings=Postings(10**power))
    between = await uow.ledger.totals_between(littoral.id, at, at + 2 * HOUR)
    assert between == Postings(granted=110)


@pytest.mark.usefixtures("programme")
async def test_adopted_votes_on_open_actions_hold_money_back(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    held = await uow.ledger.commitments(littoral.id)
    assert held == (Commitment(1, 1000, 1), Commitment(2, 2000, 2))


@pytest.mark.usefixtures("programme")
async def test_released_they_hold_nothing(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    await uow.votes.save(littoral.id, adopted_vote(1, alice, at, released=True))
    assert [held.vote for held in await uow.ledger.commitments(littoral.id)] == [2]


@pytest.mark.usefixtures("programme")
async def test_without_action_a_vote_holds_until_released(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    await uow.votes.commit(littoral.id, [Commitment(3, 3000, None)])
    held = await uow.ledger.commitments(littoral.id)
    assert held[-1] == Commitment(3, 3000, None)


@pytest.mark.usefixtures("programme")
async def test_a_sum_that_was_shared_is_held_back_action_by_action(
    uow: SqlUnitOfWork, littoral: Circle
) -> None:
    shared = (Commitment(2, 500, 1), Commitment(2, 300, None), Commitment(2, 200, 3))
    await uow.votes.commit(littoral.id, shared)
    held = await uow.ledger.commitments(littoral.id)
    assert [one for one in held if one.vote == 2] == [Commitment(2, 2000, 2), *shared[:2]]


@pytest.mark.usefixtures("programme")
async def test_what_was_regulated_counts_for_the_vote_else_the_action(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, append: Append
) -> None:
    parts = ((1, 1, 1), (10, 1, None), (100, None, 1), (1000, None, None))
    for number, (cents, vote, action) in enumerate(parts, start=1):
        told = {"vote": vote, "action": action}
        await declare(number, **told)
        await append(EntryKind.REGULATED, item=number, amount=cents, **told)
    assert await uow.ledger.regulated_by_vote(littoral.id) == {1: 11}
    assert await uow.ledger.regulated_by_action(littoral.id) == {1: 100}


async def test_funders_are_told_once_each(
    uow: SqlUnitOfWork, littoral: Circle, append: Append
) -> None:
    for funder in ("MEL", "ANCT", "MEL", None):
        await append(EntryKind.GRANT, funder=funder)
    assert await uow.ledger.funders(littoral.id) == ("ANCT", "MEL")


# Effort


async def test_effort_is_the_work_of_the_days_both_included(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, alice: Person, bob: Person
) -> None:
    await declare(1, day=date(2026, 11, 20))
    await declare(2, day=date(2026, 11, 22), person=bob.key, minutes=30)
    await declare(3, day=date(2026, 11, 23))
    told = await uow.ledger.effort(littoral.id, date(2026, 11, 20), date(2026, 11, 22))
    people = frozenset({alice.key, bob.key})
    assert told == Effort(90, people, people)


async def test_who_worked_before_is_no_first_timer(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, bob: Person
) -> None:
    await declare(1, day=date(2026, 11, 1))
    await declare(2)
    await declare(3, person=bob.key)
    told = await uow.ledger.effort(littoral.id, date(2026, 11, 20), DAY)
    assert told.first_timers == {bob.key}


async def test_what_was_cancelled_and_expenses_are_no_effort(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, append: Append
) -> None:
    await declare(1)
    await append(EntryKind.CANCELLED, item=1)
    await declare(2, nature=Nature.EXPENSE, minutes=None)
    assert await uow.ledger.effort(littoral.id, DAY, DAY) == Effort(0, frozenset(), frozenset())


async def test_a_cancelled_first_time_was_none(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, append: Append, alice: Person
) -> None:
    await declare(1, day=date(2026, 11, 1))
    await append(EntryKind.CANCELLED, item=1)
    await declare(2)
    assert (await uow.ledger.effort(littoral.id, DAY, DAY)).first_timers == {alice.key}


async def test_minutes_are_told_by_day(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, append: Append, bob: Person
) -> None:
    await declare(1, day=date(2026, 11, 20))
    await declare(2, day=date(2026, 11, 20), person=bob.key, minutes=30)
    await declare(3, day=date(2026, 11, 21))
    await append(EntryKind.CANCELLED, item=3)
    await declare(4)
    told = await uow.ledger.minutes_by_day(littoral.id, date(2026, 11, 20), DAY)
    assert told == {date(2026, 11, 20): 90, DAY: 60}


@pytest.mark.usefixtures("littoral")
async def test_minutes_of_another_circle_are_not_told(
    uow: SqlUnitOfWork, artois: Circle, declare: Append
) -> None:
    await declare(1)
    assert await uow.ledger.minutes_by_day(artois.id, DAY, DAY) == {}


async def test_the_sums_kept_by_the_database_are_those_of_the_entries(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, append: Append
) -> None:
    await append(EntryKind.GRANT, amount=90_000, postings=Postings(granted=90_000))
    for number in range(1, 6):
        await declare(number, amount=number * 1000)
    await append(EntryKind.REGULATED, item=1, amount=700)
    await append(EntryKind.CANCELLED, item=2)
    summed = text("SELECT SUM(granted), SUM(asked), SUM(regulated) FROM entries")
    [row] = await uow.session.all(summed)
    kept = await uow.ledger.totals(littoral.id)
    assert (kept.granted, kept.asked, kept.regulated) == tuple(int(cents) for cents in row)
