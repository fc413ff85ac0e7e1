"""Votes closed, at their time or before; their results; more time for them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from circle.circles import Circle
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.votefile import write_vote
from circle.votes import Ballot, Vote
from commands.common import end_of, figures, get_vote, money, only_author
from commands.counting import count, election_of
from commands.kernel import Command, Document, Due, PollClosed, Refusal, Reply, Request
from commands.reading.readers import DEADLINE
from commands.votes.common import VOTE, OneArgs
from commands.votes.opening import SECOND, schedule, unschedule
from commands.votes.telling import vote_values


@dataclass(frozen=True, slots=True)
class ExtendArgs:
    """A vote and when it closes now."""

    vote: Annotated[Ref, VOTE]
    until: Annotated[date | datetime, DEADLINE]


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


async def close_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A vote reached its closing instant, even if the bot was away then."""
    vote = await uow.votes.get(due.circle.id, due.job.subject or 0)
    if vote is None or not vote.open:
        return ()
    return (await close_at(uow, due.circle, vote, late=due.late),)


COMMANDS = (
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
)
