"""Votes: opened, answered by word, reaction or native poll, closed, told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated

from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.people import Person, PersonKey, Role
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.tally import parse_quorum
from circle.votefile import write_vote
from circle.votes import Ballot, Rule, Vote, standing
from commands.common import end_of, figures, get_action, get_vote, money, only_author
from commands.counting import count, election_of
from commands.kernel import (
    Command,
    Document,
    Due,
    Poll,
    PollClosed,
    Refusal,
    Reply,
    Request,
    Unheard,
)
from commands.reading.fold import fold
from commands.reading.readers import (
    AS_SECRET,
    BUDGET,
    CLOSING,
    DEADLINE,
    MAJORITY,
    QUESTION,
    QUORUM,
    TEXT,
    reference,
    tagged,
)

VOTE = reference(Kind.VOTE)
OPEN_FOR = timedelta(days=7)
REMIND_BEFORE = timedelta(days=1)
SECOND = timedelta(seconds=1)

YES_NO = {
    "yes": ("pour", "oui", "yes", "for", "ok", "d'accord", "y", "o"),
    "no": ("contre", "non", "no", "against", "n"),
    "abstain": ("abstention", "je m'abstiens", "abstain", "blanc", "blank"),
}
ANSWERS = {fold(word): answer for answer, words in YES_NO.items() for word in words}


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


@dataclass(frozen=True, slots=True)
class CastArgs:
    """A vote and an answer; from a poll, the ids chosen (None: it could not be read)."""

    vote: Annotated[Ref, VOTE]
    answer: Annotated[str, TEXT] = ""
    by_poll: bool = False
    chosen: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OneArgs:
    """A vote, by its id or by replying to what announced it."""

    vote: Annotated[Ref, VOTE]


@dataclass(frozen=True, slots=True)
class ExtendArgs:
    """A vote and when it closes now."""

    vote: Annotated[Ref, VOTE]
    until: Annotated[date | datetime, DEADLINE]


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


# Opening


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


def vote_values(circle: Circle, vote: Vote) -> dict[str, object]:
    """What every answer about a vote tells."""
    people = len(vote.electorate)
    return {
        "id": Ref(Kind.VOTE, vote.number),
        "rule": vote.rule,
        "question": vote.question,
        "closes": vote.closes,
        "electorate": people,
        "quorum": vote.quorum,
        "needed": parse_quorum(vote.quorum).needed(people) if vote.quorum else None,
        "threshold": vote.threshold,
        "budget": money(vote.budget, circle),
        "action": Ref(Kind.ACTION, vote.action) if vote.action else None,
        "secret": vote.secret,
        "hidden": vote.hidden,
    }


# Answering


async def cast(request: Request[CastArgs], uow: UnitOfWork) -> Reply:
    """Answer a vote; the last answer counts until the closing."""
    args = request.args
    vote = await get_vote(uow, request.here.id, args.vote.number)
    _check_elector(request, vote)
    _check_way(request, vote)
    ballot = Ballot(
        voter=request.person.key,
        at=request.at,
        choice=_choice(request, vote),
        version=vote.version,
        source=request.event,
    )
    await uow.votes.cast(request.here.id, vote.number, ballot)
    return Reply(
        key="ballot.cast",
        values={"id": Ref(Kind.VOTE, vote.number)},
        subject=Ref(Kind.VOTE, vote.number),
        quiet=True,
    )


def _check_elector(request: Request[CastArgs], vote: Vote) -> None:
    ref = Ref(Kind.VOTE, vote.number)
    if not vote.open or request.at > vote.closes:
        raise Refusal("vote.already-closed", id=ref, closes=vote.closed_at or vote.closes)
    if request.person.key not in vote.electorate:
        raise Refusal("vote.not-elector", id=ref, opened=vote.opened_at)


def _check_way(request: Request[CastArgs], vote: Vote) -> None:
    """A secret ballot comes by direct message; a hidden one also by an undisclosed poll."""
    ref = Ref(Kind.VOTE, vote.number)
    if vote.secret and not request.room.direct:
        raise Refusal("vote.secret", id=ref)
    if vote.hidden and not request.room.direct and not request.args.by_poll:
        raise Refusal("vote.hidden", id=ref)


def _choice(request: Request[CastArgs], vote: Vote) -> object:
    """The answer as the vote file writes it; None for a poll answer that spoils or is empty."""
    args = request.args
    if args.by_poll:
        chosen = args.chosen[:1] if args.chosen else ()
        return chosen[0] if chosen and chosen[0] in YES_NO else None
    answer = ANSWERS.get(fold(args.answer))
    if answer is not None:
        return answer
    if request.gesture:
        raise Unheard
    ref = Ref(Kind.VOTE, vote.number)
    raise Refusal("vote.unknown-answer", id=ref, answer=args.answer, choices=tuple(YES_NO))


async def uncast(request: Request[None], uow: UnitOfWork) -> None:
    """The ballot's message, reaction or poll answer was taken back: the one before counts."""
    if request.about is None:
        raise Unheard
    vote = await get_vote(uow, request.here.id, request.about.number)
    ref = Ref(Kind.VOTE, vote.number)
    if not vote.open or request.at > vote.closes:
        raise Refusal("vote.already-closed", id=ref, closes=vote.closed_at or vote.closes)
    await uow.votes.withdraw(request.here.id, request.event)


# Closing


async def close(request: Request[OneArgs], uow: UnitOfWork) -> Reply:
    """Close a vote before its time; who opened it or a steward may."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    only_author(request, vote.opened_by)
    if not vote.open:
        raise Refusal("vote.already-closed", id=Ref(Kind.VOTE, vote.number), closes=vote.closed_at)
    return await close_at(uow, circle, replace(vote, closes=min(vote.closes, request.at)))


async def close_at(uow: UnitOfWork, circle: Circle, vote: Vote, *, late: bool = False) -> Reply:
    """Close a vote at its closing instant: count, keep the outcome, tell."""
    await unschedule(uow, circle, vote)
    ballots = await uow.votes.ballots(circle.id, vote.number)
    _, ending = count(circle, election_of(circle, vote, ballots))
    closed = replace(vote, closed_at=vote.closes, outcome=ending)
    await uow.votes.save(circle.id, closed)
    return await told(uow, circle, closed, ballots, late=late)


async def told(
    uow: UnitOfWork,
    circle: Circle,
    vote: Vote,
    ballots: Collection[Ballot],
    *,
    late: bool = False,
) -> Reply:
    """The result of a closed vote, with the file to recount it."""
    election = election_of(circle, vote, ballots)
    result, _ = count(circle, election)
    available = (await figures(uow, circle.id)).available if vote.budget else None
    ref = Ref(Kind.VOTE, vote.number)
    values = (
        vote_values(circle, vote)
        | result
        | {
            "outcome": vote.outcome,
            "closed": vote.closed_at,
            "available": money(available, circle),
            "late": late,
        }
    )
    file = Document(f"{ref}.json", "application/json", write_vote(election).encode())
    return Reply(key="vote.closed", values=values, subject=ref, attachments=(PollClosed(ref), file))


async def result(request: Request[OneArgs], uow: UnitOfWork) -> Reply:
    """The result; while the vote is open, how many answered, and the counts if not hidden."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    ballots = await uow.votes.ballots(circle.id, vote.number)
    if not vote.open:
        reply = await told(uow, circle, vote, ballots)
        return replace(reply, attachments=reply.attachments[1:])
    counted, _ = count(circle, election_of(circle, vote, ballots))
    shown = counted if not (vote.hidden or vote.secret) else {"cast": counted["cast"]}
    return Reply(
        key="vote.result",
        values=vote_values(circle, vote) | shown,
        subject=Ref(Kind.VOTE, vote.number),
    )


async def extend(request: Request[ExtendArgs], uow: UnitOfWork) -> Reply:
    """Let a vote run longer; who opened it or a steward may."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    only_author(request, vote.opened_by)
    if not vote.open:
        raise Refusal("vote.already-closed", id=Ref(Kind.VOTE, vote.number), closes=vote.closed_at)
    longer = replace(vote, closes=_later(request, vote))
    await unschedule(uow, circle, vote)
    await uow.votes.save(circle.id, longer)
    await schedule(uow, circle, longer)
    ref = Ref(Kind.VOTE, vote.number)
    return Reply(key="vote.extended", values=vote_values(circle, longer), subject=ref)


def _later(request: Request[ExtendArgs], vote: Vote) -> datetime:
    until = request.args.until
    closes = until
    if not isinstance(until, datetime):
        closes = end_of(until, request.at.tzinfo) - SECOND
    if not isinstance(closes, datetime) or closes <= vote.closes:
        raise Refusal("vote.not-later", id=Ref(Kind.VOTE, vote.number), closes=vote.closes)
    return closes


async def pending(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """What waits for the answer of who asks."""
    circle = request.here
    items: list[Mapping[str, object]] = []
    for vote in await uow.votes.open(circle.id):
        ballots = await uow.votes.ballots(circle.id, vote.number)
        mine = request.person.key in vote.electorate
        if mine and request.person.key not in standing(vote, ballots):
            items.append(vote_values(circle, vote))
    return Reply(key="vote.pending", values={"items": tuple(items), "count": len(items)})


# By themselves


async def close_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A vote reached its closing instant, even if the bot was away then."""
    vote = await uow.votes.get(due.circle.id, due.job.subject or 0)
    if vote is None or not vote.open:
        return ()
    return (await close_at(uow, due.circle, vote, late=due.late),)


async def remind_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A vote closes soon: only those who have not answered are mentioned."""
    vote = await uow.votes.get(due.circle.id, due.job.subject or 0)
    if vote is None or not vote.open or due.stale:
        return ()
    people = await missing(uow, due.circle, vote)
    if not people:
        return ()
    values = vote_values(due.circle, vote) | {"missing": people, "late": due.late}
    ref = Ref(Kind.VOTE, vote.number)
    return (Reply(key="vote.reminder", values=values, subject=ref, mentions=people),)


async def missing(uow: UnitOfWork, circle: Circle, vote: Vote) -> tuple[Person, ...]:
    """Who of the electorate has not answered and is still in the room."""
    answered = standing(vote, await uow.votes.ballots(circle.id, vote.number))
    members = await uow.people.members(circle.id)
    return tuple(
        member.person
        for member in members
        if member.joined
        and member.person.key in vote.electorate
        and member.person.key not in answered
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
    Command(
        key="vote.cast",
        names=("bulletin", "ballot"),
        args=CastArgs,
        run=cast,
        undo=uncast,
        examples={
            "fr": ("bulletin V1 pour", "bulletin V1 contre", "bulletin V1 abstention"),
            "en": ("ballot V1 yes", "ballot V1 no", "ballot V1 abstain"),
        },
    ),
    Command(
        key="vote.close",
        names=("clore", "close"),
        args=OneArgs,
        run=close,
        examples={"fr": ("clore V1",), "en": ("close V1",)},
    ),
    Command(
        key="vote.extend",
        names=("prolonger", "extend"),
        args=ExtendArgs,
        run=extend,
        examples={"fr": ("prolonger V1 dimanche",), "en": ("extend V1 sunday",)},
    ),
    Command(
        key="vote.result",
        names=("résultat", "result"),
        args=OneArgs,
        run=result,
        examples={"fr": ("résultat V1",), "en": ("result V1",)},
    ),
    Command(
        key="vote.pending",
        names=("à voter", "pending"),
        args=NoArgs,
        run=pending,
        examples={"fr": ("à voter",), "en": ("pending",)},
    ),
)
