"""One's own part in votes: what waits for an answer, and the answer one has given."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from circle.circles import Circle
from circle.money import Money
from circle.people import Person
from circle.ports import UnitOfWork
from circle.votes import Ballot, Choice, Rule, Vote, standing
from commands.kernel.command import Command, NoArgs, Place, Request
from commands.kernel.reply import Privately, Refusal, Reply
from commands.kernel.topics import Topic
from commands.shared.common import get_vote
from commands.shared.counting import pseudonym
from commands.shared.refusals import RefusedNoCircle
from commands.votes.common import OneVoteArgs, check_elector, is_small, ref_of
from commands.votes.replies import (
    BallotMine,
    ChosenOption,
    ClosedVote,
    PendingVote,
    VoteList,
    VotePending,
)
from commands.votes.telling import vote_facts
from commands.votes.unreadable import check_readable

_LATELY = timedelta(days=60)


async def pending(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """What waits for the answer of who asks; in a direct message, across all their circles."""
    items: list[PendingVote] = []
    circles = await _circles(request, uow)
    for circle in circles:
        where = circle.name if len(circles) > 1 else None
        waiting = await waiting_for(uow, circle, request.person, request.at)
        items += [PendingVote(vote=vote_facts(circle, vote), circle=where) for vote in waiting]
    return Reply(VotePending(items=tuple(items), count=len(items)))


async def _circles(request: Request[NoArgs], uow: UnitOfWork) -> tuple[Circle, ...]:
    if request.circle is not None:
        return (request.circle,)
    if not request.room.direct:
        raise Refusal(RefusedNoCircle(command="à voter", direct=False))
    return await uow.circles.of_person(request.person.key, request.at.date())


async def waiting_for(
    uow: UnitOfWork, circle: Circle, person: Person, at: datetime
) -> tuple[Vote, ...]:
    """The open votes of a circle that this person may answer and has not."""
    own = [
        vote
        for vote in await uow.votes.open(circle.id)
        if person.key in vote.electorate and at <= vote.closes and not vote.lost
    ]
    answered = [
        person.key in standing(one, await uow.votes.ballots(circle.id, one.number, person.key))
        for one in own
    ]
    return tuple(vote for vote, done in zip(own, answered, strict=True) if not done)


async def listed(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """The votes that are open, first to close first; and those closed lately, latest first.

    Those on one person's item are not told outside of the circle.
    """
    circle = request.here
    current = sorted(await uow.votes.open(circle.id), key=lambda vote: vote.closes)
    closed = await uow.votes.closed_between(
        circle.id, request.at - _LATELY, request.at + timedelta.resolution
    )
    return Reply(
        VoteList(
            items=tuple(vote_facts(circle, vote) for vote in current if _may_hear(request, vote)),
            closed=tuple(
                ClosedVote(vote=vote_facts(circle, vote), outcome=vote.outcome)
                for vote in sorted(closed, key=lambda vote: vote.number, reverse=True)
                if _may_hear(request, vote)
            ),
        )
    )


def _may_hear(request: Request[NoArgs], vote: Vote) -> bool:
    return vote.item is None or not request.outside


async def mine(request: Request[OneVoteArgs], uow: UnitOfWork) -> Reply:
    """One's answer, and the name under which it stands in the vote file: to oneself alone."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    await check_elector(request, uow, vote)
    check_readable(circle, vote)
    ballots = await uow.votes.ballots(circle.id, vote.number, request.person.key)
    in_time = [ballot for ballot in ballots if ballot.at <= vote.closes]
    ballot = standing(vote, in_time).get(request.person.key)
    told = BallotMine(
        vote=vote_facts(circle, vote),
        pseudonym=None if is_small(vote) else pseudonym(circle.id, vote, request.person.key),
        answered=ballot is not None,
        open=vote.open,
    )
    return Reply(
        told if ballot is None else _with(told, circle, vote, ballot),
        where=Privately(),
        subject=ref_of(vote),
        announces=False,
    )


def _with(told: BallotMine, circle: Circle, vote: Vote, ballot: Ballot) -> BallotMine:
    """An answer as its rule tells it: a word, an amount, or options with what is said of each."""
    choice, told = ballot.choice, replace(told, reason=ballot.reason)
    if vote.rule is Rule.MEDIAN:
        amount = Money(choice, circle.currency) if isinstance(choice, int) else None
        return replace(told, amount=amount)
    if isinstance(choice, str):
        return replace(told, choice=choice)
    return replace(told, chosen=tuple(_chosen(vote, choice)))


def _chosen(vote: Vote, choice: Choice) -> Iterable[ChosenOption]:
    given = choice if isinstance(choice, Mapping) else {}
    named = choice if isinstance(choice, tuple | Mapping) else ()
    for option in vote.options:
        if option.id in named:
            yield ChosenOption(id=option.id, text=option.text, value=given.get(option.id))


COMMANDS = (
    Command(
        key="vote.pending",
        topic=Topic.DECIDING,
        names=("à voter", "pending"),
        args=NoArgs,
        run=pending,
        place=Place.ANYWHERE,
        examples={"fr": ("à voter",), "en": ("pending",)},
    ),
    Command(
        key="vote.list",
        topic=Topic.DECIDING,
        names=("votes", "polls"),
        args=NoArgs,
        run=listed,
        examples={"fr": ("votes",), "en": ("polls",)},
    ),
    Command(
        key="vote.mine",
        topic=Topic.DECIDING,
        names=("mon bulletin", "my ballot"),
        args=OneVoteArgs,
        run=mine,
        examples={"fr": ("mon bulletin V1",), "en": ("my ballot V1",)},
    ),
)
