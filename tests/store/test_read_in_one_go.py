"""Many things are read in one go: a circle with more of them asks the store nothing more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from circle.actions import Action
from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.people import Person
from circle.ports import ItemFilter
from circle.votes import Ballot
from storage.session import Statements
from storage.uow import SqlUnitOfWork
from tests.chat.accounts import CLOSE, FOUNDED, OPEN
from tests.chat.scene import scene
from tests.store.making import Append, adopted_vote

TEN_EUROS = "bob> !contribution 1h affiches 10 €"


@contextmanager
def counted(patch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """The statements sent meanwhile."""
    sent: list[object] = []
    execute = Statements._execute

    async def noting(session, statement, values):
        sent.append(statement)
        return await execute(session, statement, values)

    with patch.context() as patched:
        patched.setattr(Statements, "_execute", noting)
        yield sent


def week(n: int) -> list[str]:
    """A week in which so many actions moved, and its summary."""
    moved = [
        (f"alice> !action Action {i}", f"alice> !avance A{i} bientôt") for i in range(1, n + 1)
    ]
    return [*(line for lines in moved for line in lines), "alice> !bilan"]


def held(n: int) -> list[str]:
    """A session that decided so much, and its minutes."""
    decided = [f"alice> !décision C{i} 10 €" for i in range(1, n + 1)]
    return [*[TEN_EUROS] * n, OPEN, *decided, CLOSE, "alice> !cr M1"]


@pytest.mark.parametrize(("lines", "key"), [(week, "summary.week"), (held, "meeting.minutes")])
async def test_a_list_takes_as_many_statements_however_long_it_is(
    lines: Callable[[int], list[str]], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    for count in (2, 7):
        *before, last = lines(count)
        async with scene(*FOUNDED) as bot:
            await bot.play(*before)
            with counted(monkeypatch) as statements:
                assert await bot.keys(last) == [key]
        sent.append(len(statements))
    assert sent[0] == sent[1]


@pytest.mark.usefixtures("programme")
async def test_actions_are_found_by_number_with_who_holds_them(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person, at: datetime
) -> None:
    held = Action(7, "Four", alice.key, at, holders=(alice,))
    await uow.actions.add(littoral.id, held)
    await uow.actions.add(artois.id, replace(held, number=8))
    found = await uow.actions.many(littoral.id, {7, 1, 8, 99})
    assert list(found) == [1, 7]
    assert found[7] == held
    assert await uow.actions.many(littoral.id, ()) == {}


async def test_items_are_found_by_number(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, declare: Append
) -> None:
    for number in (3, 1, 2):
        await declare(number)
    found = await uow.ledger.many(littoral.id, {3, 1, 99})
    assert list(found) == [1, 3]
    assert found[3] == await uow.ledger.item(littoral.id, 3)
    assert await uow.ledger.many(artois.id, {1}) == {}
    assert await uow.ledger.many(littoral.id, ()) == {}


@pytest.mark.usefixtures("programme")
async def test_ballots_of_several_votes_are_told_apart(
    uow: SqlUnitOfWork, littoral: Circle, artois: Circle, alice: Person, bob: Person, at: datetime
) -> None:
    for number, voter in ((1, alice), (2, bob), (1, bob)):
        await uow.votes.cast(littoral.id, number, Ballot(voter=voter.key, at=at, choice="yes"))
    found = await uow.votes.ballots_of(littoral.id, [1, 2, 3])
    assert found == {n: await uow.votes.ballots(littoral.id, n) for n in (1, 2, 3)}
    assert [len(cast) for cast in found.values()] == [2, 1, 0]
    assert await uow.votes.ballots_of(artois.id, [1]) == {1: ()}


async def test_without_a_limit_all_are_told(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append
) -> None:
    for number in range(1, 8):
        await declare(number)
    told = [item.number for item in await uow.ledger.items(littoral.id, ItemFilter())]
    assert told == list(range(1, 8))
    page = await uow.ledger.items(littoral.id, ItemFilter(), 2, 5)
    assert [item.number for item in page] == [6, 7]


async def test_without_an_instant_entries_are_told_since_ever(
    uow: SqlUnitOfWork, littoral: Circle, declare: Append, at: datetime
) -> None:
    later = at + timedelta(hours=1)
    written = [await declare(1), await declare(2, at=later)]
    bounds = ((None, None), (later, None), (None, later), (at, later))
    told = [await uow.ledger.between(littoral.id, *each) for each in bounds]
    assert told == [(*written,), (written[1],), (written[0],), (written[0],)]


async def test_votes_are_told_until_ever(
    uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime
) -> None:
    await uow.votes.add(littoral.id, adopted_vote(1, alice, at, action=None))
    later = at + timedelta(microseconds=1)
    bounds = ((None, None), (at, None), (later, None))
    told = [await uow.votes.closed_between(littoral.id, *each) for each in bounds]
    assert [len(votes) for votes in told] == [1, 1, 0]


async def test_without_an_instant_what_is_to_happen_at_all_is_told(
    uow: SqlUnitOfWork, littoral: Circle, at: datetime
) -> None:
    for days in (2, 1, 3):
        job = Job(kind=JobKind.CLOSE_VOTE, circle=littoral.id, due=at + timedelta(days), subject=1)
        await uow.jobs.schedule(job)
    assert await uow.jobs.due(at, 10) == ()
    assert [job.due - at for job in await uow.jobs.due(None, 2)] == [timedelta(1), timedelta(2)]
