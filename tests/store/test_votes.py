"""Votes and ballots come back as they were written, of their circle only."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from circle.actions import Action
from circle.circles import Circle
from circle.people import Person, PersonKey
from circle.quorum import Quorum
from circle.votes import Ballot, Choice, Option, Outcome, Rule, Vote
from storage.uow import SqlUnitOfWork

Open = Callable[..., Awaitable[Vote]]
Cast = Callable[..., Awaitable[Ballot]]


@pytest.fixture
def open_vote(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> Open:
    async def open_vote(number: int = 1, **rest) -> Vote:
        fields = {"rule": Rule.MAJORITY, "electorate": (alice.key,)} | rest
        vote = Vote(
            number=number,
            question="Acheter une imprimante ?",
            opened_by=alice.key,
            opened_at=at,
            closes=at + timedelta(days=7),
            **fields,
        )
        await uow.votes.add(littoral.id, vote)
        return vote

    return open_vote


@pytest.fixture
def cast(uow: SqlUnitOfWork, littoral: Circle, alice: Person, at: datetime) -> Cast:
    async def cast(choice: Choice = "yes", number: int = 1, **rest) -> Ballot:
        ballot = Ballot(**({"voter": alice.key, "at": at, "choice": choice} | rest))
        await uow.votes.cast(littoral.id, number, ballot)
        return ballot

    return cast


async def test_a_vote_comes_back_as_it_was_opened(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, alice: Person, bob: Person, at: datetime
) -> None:
    await uow.actions.add(littoral.id, Action(12, "Café", alice.key, at))
    vote = await open_vote(
        rule=Rule.SHARES,
        electorate=(bob.key, alice.key),
        options=(Option("A12", "Café", 50000), Option("B", "Jardin", when="2026-12-08")),
        budget=300000,
        action=12,
        item=7,
        quorum=Quorum(share=Fraction(1, 2)),
        threshold=Fraction(2, 3),
        minimum=3,
        completion="add1u",
        secret=True,
        hidden=True,
        version=2,
        review=date(2027, 6, 1),
    )
    assert await uow.votes.get(littoral.id, 1) == vote


async def test_an_unknown_vote_is_none(uow: SqlUnitOfWork, littoral: Circle) -> None:
    assert await uow.votes.get(littoral.id, 1) is None


async def test_a_vote_number_is_given_once(open_vote: Open) -> None:
    await open_vote()
    with pytest.raises(IntegrityError):
        await open_vote()


async def test_a_vote_saved_is_as_it_now_is(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, at: datetime
) -> None:
    vote = await open_vote()
    closed = replace(vote, closed_at=at, outcome=Outcome.TIE, closes=at, question="Autre ?")
    await uow.votes.save(littoral.id, closed)
    assert await uow.votes.get(littoral.id, 1) == closed


async def test_the_electorate_stays_what_it_was_at_opening(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, bob: Person
) -> None:
    vote = await open_vote()
    await uow.votes.save(littoral.id, replace(vote, electorate=(bob.key,), version=2))
    assert await uow.votes.get(littoral.id, 1) == replace(vote, version=2)


async def test_open_votes_are_those_not_closed(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, at: datetime
) -> None:
    await open_vote(1, closed_at=at)
    still = await open_vote(2)
    assert await uow.votes.open(littoral.id) == (still,)


async def test_closed_votes_are_told_from_an_instant_to_before_another(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, at: datetime
) -> None:
    hours = [-1, 0, 1, 2]
    closed = [await open_vote(n, closed_at=at + timedelta(hours=h)) for n, h in enumerate(hours, 1)]
    between = await uow.votes.closed_between(littoral.id, at, at + timedelta(hours=2))
    assert between == tuple(closed[1:3])


async def test_votes_of_another_circle_never_come_back(
    uow: SqlUnitOfWork, artois: Circle, open_vote: Open, cast: Cast, at: datetime
) -> None:
    await open_vote(1)
    await cast()
    await open_vote(2, closed_at=at)
    assert await uow.votes.get(artois.id, 1) is None
    assert await uow.votes.open(artois.id) == ()
    assert await uow.votes.closed_between(artois.id, at, at + timedelta(days=1)) == ()
    assert await uow.votes.ballots(artois.id, 1) == ()


async def test_a_quorum_and_a_majority_are_kept_as_people_write_them(
    uow: SqlUnitOfWork, open_vote: Open
) -> None:
    await open_vote(quorum=Quorum(people=7), threshold=Fraction(1))
    row = await uow.session.first(text("SELECT quorum, threshold FROM votes"))
    assert row is not None
    assert tuple(row) == ("7", "1/1")


# Ballots


@pytest.mark.parametrize("choice", ["yes", 15000, ("A12", "B"), (), {"A12": 6, "B": 0}, None])
async def test_a_ballot_comes_back_as_it_was_cast(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, cast: Cast, choice: Choice
) -> None:
    await open_vote()
    ballot = await cast(choice, reason="trop cher", version=3, source="$1")
    [kept] = await uow.votes.ballots(littoral.id, 1)
    assert replace(kept, id=None) == ballot


async def test_ballots_come_in_the_order_of_admission(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, cast: Cast, at: datetime
) -> None:
    await open_vote()
    for choice, hours in (("yes", 2), ("no", 1), ("abstain", 3)):
        await cast(choice, at=at + timedelta(hours=hours))
    ballots = await uow.votes.ballots(littoral.id, 1)
    assert [ballot.choice for ballot in ballots] == ["yes", "no", "abstain"]


async def test_ballots_are_of_one_vote(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, cast: Cast
) -> None:
    await open_vote(1)
    await open_vote(2)
    await cast(number=2)
    assert await uow.votes.ballots(littoral.id, 1) == ()


async def test_a_ballot_taken_back_is_kept_as_withdrawn(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, cast: Cast
) -> None:
    await open_vote()
    await cast("yes", source="$1")
    await cast("no", source="$2")
    assert await uow.votes.withdraw(littoral.id, "$2")
    ballots = await uow.votes.ballots(littoral.id, 1)
    assert [(ballot.choice, ballot.withdrawn) for ballot in ballots] == [
        ("yes", False),
        ("no", True),
    ]


async def test_a_ballot_is_taken_back_once(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, cast: Cast
) -> None:
    await open_vote()
    await cast(source="$1")
    assert [await uow.votes.withdraw(littoral.id, "$1") for _ in range(2)] == [True, False]


async def test_a_ballot_of_a_closed_vote_cannot_be_taken_back(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open, cast: Cast, at: datetime
) -> None:
    vote = await open_vote()
    await cast(source="$1")
    await uow.votes.save(littoral.id, replace(vote, closed_at=at))
    assert not await uow.votes.withdraw(littoral.id, "$1")


async def test_a_ballot_of_another_circle_cannot_be_taken_back(
    uow: SqlUnitOfWork, artois: Circle, open_vote: Open, cast: Cast
) -> None:
    await open_vote()
    await cast(source="$1")
    assert not await uow.votes.withdraw(artois.id, "$1")


async def test_a_large_electorate_is_kept_whole(
    uow: SqlUnitOfWork, littoral: Circle, open_vote: Open
) -> None:
    vote = await open_vote(electorate=tuple(PersonKey(f"{n:032x}") for n in range(3500)))
    assert await uow.votes.get(littoral.id, 1) == vote
