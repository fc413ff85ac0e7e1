"""Votes opened: who may answer, until when, and what is told of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.people import PersonKey, Role
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.votes import Rule, Vote
from commands.common import end_of, figures, get_action, money
from commands.kernel import Command, Poll, Refusal, Reply, Request
from commands.reading.readers import (
    AS_SECRET,
    BUDGET,
    CLOSING,
    MAJORITY,
    QUESTION,
    QUORUM,
    tagged,
)
from commands.votes.answering import YES_NO
from commands.votes.telling import vote_values

OPEN_FOR = timedelta(days=7)
REMIND_BEFORE = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class OpenArgs:
    """A question, then options in any order. `budget` in cents."""

    question: Annotated[str, QUESTION]
    budget: Annotated[int | None, BUDGET] = None
    action: Annotated[Ref | None, tagged(Kind.ACTION)] = None
    until: Annotated[date | datetime | None, CLOSING] = None
    quorum: Annotated[str | None, QUORUM] = None
    threshold: Annotated[str | None, MAJORITY] = None
    secret: Annotated[bool, AS_SECRET] = False


async def open_vote(request: Request[OpenArgs], uow: UnitOfWork) -> Reply:
    """Open a vote by majority; its electorate is who is in the circle's room now."""
    args = request.args
    circle = request.here
    if args.action is not None:
        await get_action(uow, circle.id, args.action.number)
    await _check_budget(request, uow, args.budget)
    closes = closing(request, args.until)
    number = await uow.circles.next_number(circle.id, Kind.VOTE)
    vote = Vote(
        number=number,
        rule=Rule.MAJORITY,
        question=args.question,
        opened_by=request.person.key,
        opened_at=request.at,
        closes=closes,
        electorate=await electorate(request, uow),
        budget=args.budget,
        action=args.action.number if args.action else None,
        quorum=args.quorum or request.rules.quorum,
        threshold=args.threshold,
        secret=args.secret,
        hidden=request.rules.hidden_results,
    )
    await uow.votes.add(circle.id, vote)
    await schedule(uow, circle, vote)
    return _opened(request, vote)


async def electorate(request: Request[OpenArgs], uow: UnitOfWork) -> tuple[PersonKey, ...]:
    """Who may answer: everybody in the room, participants according to the circle's rules."""
    day = request.at.date()
    members = await uow.people.members(request.here.id)
    electors = tuple(
        member.person.key
        for member in members
        if member.joined
        and member.person.matrix_id not in request.rules.robots
        and (request.rules.participants_vote or member.role_on(day) is not Role.PARTICIPANT)
    )
    if not electors:
        raise Refusal("vote.nobody")
    return electors


def closing(request: Request[OpenArgs], until: date | datetime | None) -> datetime:
    """When the vote closes; a day without hour is complete. Raises when that is past."""
    if until is None:
        return request.at + OPEN_FOR
    closes = until
    if not isinstance(until, datetime):
        closes = end_of(until, request.at.tzinfo) - SECOND
    if not isinstance(closes, datetime) or closes <= request.at:
        raise Refusal("date.past", start=closes)
    return closes


async def _check_budget(request: Request[OpenArgs], uow: UnitOfWork, budget: int | None) -> None:
    if budget is None:
        return
    available = (await figures(uow, request.here.id)).available
    if budget > available:
        raise Refusal(
            "vote.over-budget",
            amount=money(budget, request.here),
            available=money(available, request.here),
        )


async def schedule(uow: UnitOfWork, circle: Circle, vote: Vote) -> None:
    """Set the vote's closing, and a reminder the day before to who has not answered."""
    await uow.jobs.schedule(
        Job(kind=JobKind.CLOSE_VOTE, circle=circle.id, due=vote.closes, subject=vote.number)
    )
    remind = vote.closes - REMIND_BEFORE
    if circle.rules.reminders and remind - vote.opened_at >= REMIND_BEFORE:
        await uow.jobs.schedule(
            Job(kind=JobKind.VOTE_REMINDER, circle=circle.id, due=remind, subject=vote.number)
        )


async def unschedule(uow: UnitOfWork, circle: Circle, vote: Vote) -> None:
    """Forget the vote's closing and reminder."""
    await uow.jobs.cancel(circle.id, JobKind.CLOSE_VOTE, vote.number)
    await uow.jobs.cancel(circle.id, JobKind.VOTE_REMINDER, vote.number)


def _opened(request: Request[OpenArgs], vote: Vote) -> Reply:
    answers = tuple((answer, None) for answer in YES_NO)
    poll = Poll(question=vote.question, answers=answers, hidden=vote.hidden)
    values = vote_values(request.here, vote) | {"options": tuple(YES_NO)}
    return Reply(
        key="vote.opened",
        values=values,
        subject=Ref(Kind.VOTE, vote.number),
        attachments=() if vote.secret else (poll,),
    )


COMMANDS = (
    Command(
        key="vote.open",
        names=("vote",),
        args=OpenArgs,
        run=open_vote,
        fresh_members=True,
        examples={
            "fr": (
                "vote Acheter une imprimante budget 150 € jusqu'à jeudi 18h quorum 1/2",
                "vote Repeindre la salle en orange ? secret",
            ),
            "en": ("vote Buy a printer budget 150 € until thursday 6pm quorum 1/2",),
        },
    ),
)
