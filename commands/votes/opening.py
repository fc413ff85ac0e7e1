"""Votes opened: who may answer, until when, and what is told of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.people import Person, PersonKey, Role
from circle.ports import UnitOfWork
from circle.quorum import Quorum
from circle.refs import Kind
from circle.reminding import before
from circle.votes import Rule, Vote
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.sentence import ABSENT, Absent
from commands.reading.misread_dates import DatePast
from commands.shared.common import end_of, figures, get_action, money
from commands.votes.bounds import (
    Stakes,
    check_length,
    check_time_to_answer,
    highest,
    least_minimum,
    least_quorum,
    raised,
)
from commands.votes.common import aloud, ref_of
from commands.votes.polls import poll_of
from commands.votes.refusals import VoteNobody, VoteOverBudget, VoteReviewTooEarly
from commands.votes.replies import EstimateTold, ShareTold, VoteOpened
from commands.votes.telling import vote_facts

OPEN_FOR = timedelta(days=7)
REVIEW_AT = time(9)
SECOND = timedelta(seconds=1)
# Where results set or share an amount, a figure seen too early pulls the others to it.
HIDDEN_BY_DEFAULT = {Rule.MEDIAN, Rule.SHARES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What may be said of any vote at its opening; None stands for the circle's usage."""

    until: date | datetime | None = None
    quorum: Quorum | None = None
    minimum: int | None = None
    secret: bool = False
    hidden: bool | None = None
    review: date | None = None


async def open_vote(
    request: Request[Any],
    uow: UnitOfWork,
    rule: Rule,
    question: str,
    terms: Terms,
    *,
    without: PersonKey | None = None,
    **of_rule: Any,
) -> Vote:
    """Open a vote; its electorate is who is in the circle's room now, `without` one person.

    `of_rule`: fields of `Vote` that this rule uses. Raises the refusals of a vote that nobody
    could answer, that closes in the past, too late or too soon, or that is reviewed before.
    """
    circle = request.here
    closes = closing(request, terms.until)
    check_review(terms.review, closes)
    electors = await electorate(request, uow, without)
    stakes = Stakes(rule=rule, budget=of_rule.get("budget"), closes=closes, people=len(electors))
    check_time_to_answer(request, stakes)
    vote = Vote(
        number=await uow.circles.next_number(circle.id, Kind.VOTE),
        rule=rule,
        question=question,
        opened_by=request.person.key,
        opened_at=request.at,
        closes=closes,
        electorate=electors,
        quorum=highest([terms.quorum, least_quorum(request, stakes)], len(electors)),
        minimum=least_minimum(terms.minimum, len(electors)),
        secret=terms.secret,
        hidden=is_hidden(request, rule, terms.hidden),
        review=terms.review,
        **of_rule,
    )
    await uow.votes.add(circle.id, vote)
    await schedule(uow, circle, vote, request.at)
    return vote


def check_review(review: date | None, closes: datetime) -> None:
    """Raise for a decision that would be looked at again before it is taken."""
    if review is not None and review <= closes.date():
        raise Refusal(VoteReviewTooEarly(review=review, closes=closes))


def opened(
    request: Request[Any],
    vote: Vote,
    of_rule: EstimateTold | ShareTold | Absent = ABSENT,
    *,
    minimum: int | None = None,
    concerns: tuple[Person, ...] = (),
) -> Reply:
    """A vote announced to the circle, with its poll where it may have one.

    `concerns`: who is notified of it even on pause.
    """
    poll = poll_of(request.here, vote)
    reply = Reply(
        VoteOpened(
            vote=vote_facts(request.here, vote),
            raised=raised(vote, request.args.quorum, minimum),
            of_rule=of_rule,
        ),
        subject=ref_of(vote),
        attachments=(poll,) if poll else (),
        mentions=concerns,
        concerns=concerns,
    )
    return aloud(request, reply)


async def electorate(
    request: Request[Any], uow: UnitOfWork, without: PersonKey | None = None
) -> tuple[PersonKey, ...]:
    """Who may answer: everybody in the room, participants according to the circle's rules."""
    day = request.at.date()
    members = await uow.people.members(request.here.id)
    electors = tuple(
        member.person.key
        for member in members
        if member.joined
        and member.person.key != without
        and member.person.matrix_id not in request.rules.robots
        and (request.rules.participants_vote or member.role_on(day) is not Role.PARTICIPANT)
    )
    if not electors:
        raise Refusal(VoteNobody())
    return electors


def closing(request: Request[Any], until: date | datetime | None) -> datetime:
    """When the vote closes; a day without hour is complete. Raises when that is past."""
    if until is None:
        return request.at + OPEN_FOR
    closes = until
    if not isinstance(until, datetime):
        closes = end_of(until, request.at.tzinfo) - SECOND
    if not isinstance(closes, datetime) or closes <= request.at:
        raise Refusal(DatePast(start=closes))
    check_length(request.at, closes)
    return closes


def is_hidden(request: Request[Any], rule: Rule, asked: bool | None) -> bool:
    """Whether results stay hidden until the closing: as asked, else by the circle's rules."""
    if asked is not None:
        return asked
    usual = request.rules.hidden_results
    return rule in HIDDEN_BY_DEFAULT if usual is None else usual


async def check_stakes(
    request: Request[Any], uow: UnitOfWork, budget: int | None, action: int | None
) -> None:
    """Raise for an action that does not exist, and for an amount beyond what is available."""
    if action is not None:
        await get_action(uow, request.here.id, action)
    if budget is None:
        return
    available = (await figures(uow, request.here.id)).spendable
    if budget > available:
        raise Refusal(
            VoteOverBudget(
                amount=money(budget, request.here), available=money(available, request.here)
            )
        )


async def schedule(uow: UnitOfWork, circle: Circle, vote: Vote, now: datetime) -> None:
    """Set the vote's closing, its reminders to who has not answered, its review.

    A reminder that would follow the opening sooner than it precedes the closing is left out.
    """
    await uow.jobs.schedule(_job(circle, vote, JobKind.CLOSE_VOTE, vote.closes))
    for ahead in circle.rules.rhythm.votes if circle.rules.reminders else ():
        remind = before(vote.closes, ahead)
        if remind > now and remind - vote.opened_at >= ahead:
            await uow.jobs.schedule(_job(circle, vote, JobKind.VOTE_REMINDER, remind))
    if vote.review is not None:
        again = datetime.combine(vote.review, REVIEW_AT, vote.opened_at.tzinfo)
        await uow.jobs.schedule(_job(circle, vote, JobKind.VOTE_REVIEW, again))


def _job(circle: Circle, vote: Vote, kind: JobKind, due: datetime) -> Job:
    return Job(kind=kind, circle=circle.id, due=due, subject=vote.number)


async def unschedule(uow: UnitOfWork, circle: Circle, vote: Vote) -> None:
    """Forget the vote's closing and reminder."""
    await uow.jobs.cancel(circle.id, JobKind.CLOSE_VOTE, vote.number)
    await uow.jobs.cancel(circle.id, JobKind.VOTE_REMINDER, vote.number)
