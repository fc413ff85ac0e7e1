"""A vote called off: as if it had not been opened, and all who are here know it."""

from dataclasses import replace

from circle.people import Person
from circle.ports import UnitOfWork
from circle.votes import Outcome, Vote
from commands.kernel.command import Request
from commands.kernel.reply import PollClosed, Refusal, Reply
from commands.shared.common import get_vote, only_author
from commands.votes.common import check_in_room, check_open, ref_of
from commands.votes.opening import unschedule
from commands.votes.refusals import VoteAnswered
from commands.votes.replies import VoteCancelled
from commands.votes.telling import vote_facts


async def call_off(request: Request[object], uow: UnitOfWork, number: int, reason: str) -> Reply:
    """Its author may before anybody else has answered; a steward at any time, saying why.

    Nothing is counted, nothing is told of the ballots.
    """
    circle = request.here
    vote = await get_vote(uow, circle.id, number)
    check_open(request, vote)
    check_in_room(request, "annuler")
    only_author(request, vote.opened_by)
    ballots = await uow.votes.ballots(circle.id, vote.number)
    answered = any(not one.withdrawn and one.voter != request.person.key for one in ballots)
    if (answered or vote.opened_by != request.person.key) and not reason:
        raise Refusal(VoteAnswered(id=ref_of(vote), steward=request.may_manage()))
    if answered and not request.may_manage():
        raise Refusal(VoteAnswered(id=ref_of(vote), steward=False))
    await unschedule(uow, circle, vote)
    gone = replace(vote, closed_at=request.at, outcome=Outcome.VOID, cancelled=reason)
    await uow.votes.save(circle.id, gone)
    return replace(
        called_off(request, gone, request.person), attachments=(PollClosed(ref_of(vote)),)
    )


def called_off(request: Request[object], vote: Vote, member: Person | None = None) -> Reply:
    """That a vote was called off, why, and at the instant itself by whom."""
    cancelled = VoteCancelled(
        vote=vote_facts(request.here, vote),
        outcome=vote.outcome,
        closed=vote.closed_at,
        member=member,
        reason=vote.cancelled,
    )
    return Reply(cancelled, subject=ref_of(vote))
