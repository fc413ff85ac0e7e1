"""Votes closed, at their time or before, and their results."""

from collections.abc import Collection
from dataclasses import replace

from circle.circles import Circle
from circle.ports import UnitOfWork
from circle.tally import Election
from circle.votefile import write_vote
from circle.votes import Ballot, Rule, Vote
from commands.common import figures, get_vote, money, only_author
from commands.counting import count, election_of
from commands.kernel import Command, Document, Due, PollClosed, Refusal, Reply, Request
from commands.reserved import Reserve, Where
from commands.votes.common import OneArgs, aloud, ref_of
from commands.votes.opening import unschedule
from commands.votes.results import explained, picture
from commands.votes.telling import vote_values


async def close(request: Request[OneArgs], uow: UnitOfWork) -> Reply:
    """Close a vote before its time; who opened it or a steward may."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    only_author(request, vote.opened_by)
    if not vote.open:
        raise Refusal("vote.already-closed", id=ref_of(vote), closes=vote.closed_at)
    ending = replace(vote, closes=min(vote.closes, request.at))
    return aloud(request, await close_at(uow, circle, ending))


async def close_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A vote reached its closing instant, even if the bot was away then."""
    vote = await uow.votes.get(due.circle.id, due.job.subject or 0)
    if vote is None or not vote.open:
        return ()
    return (await close_at(uow, due.circle, vote, late=due.late),)


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
    """The result of a closed vote, with its picture and the file to recount it."""
    election = election_of(circle, vote, ballots)
    values = await _counted(uow, circle, vote, ballots, election) | {
        "outcome": vote.outcome,
        "closed": vote.closed_at,
        "available": await _available(uow, circle, vote),
        "late": late,
    }
    return Reply(
        key="vote.closed",
        values=values,
        subject=ref_of(vote),
        attachments=(PollClosed(ref_of(vote)), *picture(values), vote_file(vote, election)),
    )


async def _counted(
    uow: UnitOfWork,
    circle: Circle,
    vote: Vote,
    ballots: Collection[Ballot],
    election: Election,
) -> dict[str, object]:
    counted, _ = count(circle, election)
    more = await explained(uow, circle, vote, ballots, election)
    return vote_values(circle, vote) | counted | more


async def _available(uow: UnitOfWork, circle: Circle, vote: Vote) -> object:
    """What remains of the envelope after a vote that may hold some of it back."""
    if vote.budget is None or vote.rule is Rule.SHARES:
        return None
    return money((await figures(uow, circle.id)).available, circle)


def vote_file(vote: Vote, election: Election) -> Document:
    """The file with which anybody can recount."""
    return Document(f"{ref_of(vote)}.json", "application/json", write_vote(election).encode())


async def result(request: Request[OneArgs], uow: UnitOfWork) -> Reply:
    """The result; while the vote is open, how many answered, and the counts if not hidden."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    if vote.item is not None and request.outside:
        raise Refusal("refused.not-member", circle=circle.name)
    ballots = await uow.votes.ballots(circle.id, vote.number)
    if not vote.open:
        reply = await told(uow, circle, vote, ballots)
        return replace(reply, attachments=reply.attachments[1:])
    election = election_of(circle, vote, ballots)
    if vote.hidden or vote.secret:
        values = vote_values(circle, vote) | {"cast": election.cast}
        return Reply(key="vote.result", values=values, subject=ref_of(vote))
    return Reply(
        key="vote.result",
        values=await _counted(uow, circle, vote, ballots, election),
        subject=ref_of(vote),
        attachments=(vote_file(vote, election),),
    )


COMMANDS = (
    Command(
        key="vote.close",
        names=("clore", "close"),
        args=OneArgs,
        run=close,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        where=Where.ROOM,
        examples={"fr": ("clore V1",), "en": ("close V1",)},
    ),
    Command(
        key="vote.result",
        names=("résultat", "result"),
        args=OneArgs,
        run=result,
        examples={"fr": ("résultat V1",), "en": ("result V1",)},
    ),
)
