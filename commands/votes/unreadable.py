"""Votes that cannot be counted any more: the damage is told, and nothing is decided by them.

An erasure of before could take the words of programs out of a vote's options (decision 15).
"""

from dataclasses import replace
from datetime import datetime

from circle.circles import Circle
from circle.ports import UnitOfWork
from circle.votes import Outcome, Vote
from commands.kernel.reply import PollClosed, Refusal, Reply
from commands.votes.common import ref_of
from commands.votes.opening import unschedule
from commands.votes.replies import VoteUnreadable
from commands.votes.telling import vote_facts


def check_readable(circle: Circle, vote: Vote) -> None:
    """Raise where nobody can answer any more."""
    if vote.lost:
        raise Refusal(_told(circle, vote))


async def give_up(uow: UnitOfWork, circle: Circle, vote: Vote, at: datetime) -> Reply:
    """Close as void at that instant: nothing is counted, decided or held back."""
    await unschedule(uow, circle, vote)
    void = replace(vote, closed_at=at, outcome=Outcome.VOID, cancelled="")
    await uow.votes.save(circle.id, void)
    return replace(unreadable(circle, void), attachments=(PollClosed(ref_of(vote)),))


def unreadable(circle: Circle, vote: Vote) -> Reply:
    """That a vote cannot be counted, and what that means for it, open or closed."""
    return Reply(_told(circle, vote), subject=ref_of(vote))


def _told(circle: Circle, vote: Vote) -> VoteUnreadable:
    facts = vote_facts(circle, vote)
    return VoteUnreadable(vote=facts, outcome=vote.outcome, closed=vote.closed_at)
