"""Votes closed, at their time or before, and their results."""

from dataclasses import replace

from circle.circles import Circle
from circle.ports import UnitOfWork
from circle.tally import outcome, tally
from circle.votefile import parse_vote, write_vote
from circle.votes import Vote
from commands.kernel.command import Command, Due, Request
from commands.kernel.reply import Attachment, Document, PollClosed, Refusal, Reply
from commands.kernel.reserved import Reserve, Where
from commands.kernel.topics import Topic
from commands.shared.common import figures, get_vote, money, only_author
from commands.shared.counting import election_of, is_unreadable, keep_record, record_of
from commands.shared.refusals import RefusedNotMember
from commands.votes.calling_off import called_off
from commands.votes.common import OneVoteArgs, ref_of, resting_owner
from commands.votes.early import check_early, closing_instant
from commands.votes.holding import amounts_of, fits
from commands.votes.opening import unschedule
from commands.votes.refusals import VoteAlreadyClosed
from commands.votes.result_replies import TurnoutTold, VoteClosed, VoteResult
from commands.votes.results import counted, is_sealed, picture, without_detail
from commands.votes.telling import vote_facts
from commands.votes.unreadable import give_up, unreadable


async def close(request: Request[OneVoteArgs], uow: UnitOfWork) -> Reply:
    """Close a vote before its time, where enough people have answered."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    if not vote.open:
        raise Refusal(VoteAlreadyClosed(id=ref_of(vote), closes=vote.closed_at))
    if await is_unreadable(uow, circle.id, vote):
        only_author(request, vote.opened_by)
        return await give_up(uow, circle, vote, request.at)
    ballots = await uow.votes.ballots(circle.id, vote.number)
    if request.at < vote.closes:
        check_early(request, vote, ballots)
    ending = replace(vote, closes=closing_instant(request, vote, ballots))
    return await close_at(uow, circle, ending)


async def close_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A vote reached its closing instant, even if the bot was away then."""
    vote = await uow.votes.get(due.circle.id, due.job.subject or 0)
    if vote is None or not vote.open:
        return ()
    if await is_unreadable(uow, due.circle.id, vote):
        return (await give_up(uow, due.circle, vote, vote.closes),)
    return (await close_at(uow, due.circle, vote, late=due.late),)


async def close_at(uow: UnitOfWork, circle: Circle, vote: Vote, *, late: bool = False) -> Reply:
    """Close a vote at its closing instant: count, hold the money that is there, keep, tell."""
    await unschedule(uow, circle, vote)
    election = election_of(circle.id, vote, await uow.votes.ballots(circle.id, vote.number))
    result = tally(election)
    ending = outcome(election, result)
    amounts = amounts_of(vote, ending, result)
    funded = await fits(uow, circle.id, amounts)
    closed = replace(vote, closed_at=vote.closes, outcome=ending, unfunded=not funded)
    await uow.votes.save(circle.id, closed)
    await uow.votes.commit(circle.id, amounts if funded else ())
    left = None if vote.budget is None else (await figures(uow, circle.id)).available
    await keep_record(uow, circle.id, closed, left)
    owner = await resting_owner(uow, circle, closed, vote.closes.date())
    reply = await told(uow, circle, closed, late=late)
    return replace(reply, mentions=owner, concerns=owner)


async def told(uow: UnitOfWork, circle: Circle, vote: Vote, *, late: bool = False) -> Reply:
    """The result of a closed vote as it was that day, with its picture and its file.

    Of few secret ballots neither: only how the vote ended.
    """
    record = await record_of(uow, circle.id, vote)
    election = parse_vote(record.file)
    sealed = is_sealed(vote, election)
    found = await counted(uow, circle, vote, election)
    closed = VoteClosed(
        counted=without_detail(found) if sealed else found,
        outcome=vote.outcome,
        closed=vote.closed_at,
        available=money(record.available, circle),
        sealed=sealed,
        late=late,
    )
    ended = PollClosed(ref_of(vote))
    if sealed:
        return Reply(closed, subject=ref_of(vote), attachments=(ended,))
    files: tuple[Attachment, ...] = (
        ended,
        *picture(circle, vote, found),
        vote_file(vote, record.file),
    )
    return Reply(closed, subject=ref_of(vote), attachments=files)


def vote_file(vote: Vote, text: str) -> Document:
    """The file with which anybody can recount."""
    return Document(f"{ref_of(vote)}.json", "application/json", text.encode())


async def result(request: Request[OneVoteArgs], uow: UnitOfWork) -> Reply:
    """The result; while the vote is open, how many answered, and the counts if not hidden."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    if vote.item is not None and request.outside:
        raise Refusal(RefusedNotMember(circle=circle.name))
    if await is_unreadable(uow, circle.id, vote):
        return unreadable(circle, vote)
    if vote.cancelled is not None:
        return called_off(request, vote)
    if not vote.open:
        reply = await told(uow, circle, vote)
        return replace(reply, attachments=reply.attachments[1:])
    ballots = await uow.votes.ballots(circle.id, vote.number)
    election = election_of(circle.id, vote, ballots)
    if vote.hidden or vote.secret:
        turnout = TurnoutTold(vote=vote_facts(circle, vote), cast=election.cast)
        return Reply(VoteResult(counted=turnout), subject=ref_of(vote))
    return Reply(
        VoteResult(counted=await counted(uow, circle, vote, election)),
        subject=ref_of(vote),
        attachments=(vote_file(vote, write_vote(election)),),
    )


COMMANDS = (
    Command(
        key="vote.close",
        topic=Topic.DECIDING,
        names=("clore", "close"),
        args=OneVoteArgs,
        run=close,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        where=Where.ROOM,
        examples={"fr": ("clore V1",), "en": ("close V1",)},
    ),
    Command(
        key="vote.result",
        topic=Topic.DECIDING,
        names=("résultat", "result"),
        args=OneVoteArgs,
        run=result,
        examples={"fr": ("résultat V1",), "en": ("result V1",)},
    ),
)
