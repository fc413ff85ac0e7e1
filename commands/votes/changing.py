"""What may still change of a vote: more time for it, the money it holds released."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from circle.ports import UnitOfWork
from circle.refs import Ref
from circle.votes import Vote
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve, Where
from commands.kernel.topics import Topic
from commands.reading.readers import DEADLINE
from commands.shared.common import end_of, figures, get_vote, money, only_author
from commands.votes.bounds import check_length
from commands.votes.common import VOTE, OneVoteArgs, aloud, ref_of
from commands.votes.opening import SECOND, check_review, schedule, unschedule
from commands.votes.refusals import VoteAlreadyClosed, VoteNothingHeld, VoteNotLater
from commands.votes.replies import VoteExtended, VoteReleased
from commands.votes.telling import vote_facts
from commands.votes.unreadable import check_readable


@dataclass(frozen=True, slots=True)
class ExtendArgs:
    """A vote and when it closes now."""

    vote: Annotated[Ref, VOTE]
    until: Annotated[date | datetime, DEADLINE]


async def extend(request: Request[ExtendArgs], uow: UnitOfWork) -> Reply:
    """Let a vote run longer; who opened it or a steward may."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    only_author(request, vote.opened_by)
    if not vote.open or request.at > vote.closes:
        closes = vote.closed_at or vote.closes
        raise Refusal(VoteAlreadyClosed(id=ref_of(vote), closes=closes))
    check_readable(circle, vote)
    longer = replace(vote, closes=_later(request, vote))
    await unschedule(uow, circle, vote)
    await uow.votes.save(circle.id, longer)
    await schedule(uow, circle, longer, request.at)
    reply = Reply(VoteExtended(vote=vote_facts(circle, longer)), subject=ref_of(vote))
    return aloud(request, reply)


def _later(request: Request[ExtendArgs], vote: Vote) -> datetime:
    until = request.args.until
    closes = until
    if not isinstance(until, datetime):
        closes = end_of(until, request.at.tzinfo) - SECOND
    if not isinstance(closes, datetime) or closes <= vote.closes:
        raise Refusal(VoteNotLater(id=ref_of(vote), closes=vote.closes))
    check_length(vote.opened_at, closes)
    check_review(vote.review, closes)
    return closes


async def release(request: Request[OneVoteArgs], uow: UnitOfWork) -> Reply:
    """Let go of the money that a vote still holds back; who opened it or a steward may."""
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    only_author(request, vote.opened_by)
    holding = {one.vote for one in await uow.ledger.commitments(circle.id)}
    if vote.number not in holding:
        raise Refusal(VoteNothingHeld(id=ref_of(vote), open=vote.open))
    before = (await figures(uow, circle.id)).available
    await uow.votes.save(circle.id, replace(vote, released=True))
    after = (await figures(uow, circle.id)).available
    released = VoteReleased(
        vote=vote_facts(circle, vote),
        amount=money(after - before, circle),
        available=money(after, circle),
    )
    return Reply(released, subject=ref_of(vote))


COMMANDS = (
    Command(
        key="vote.extend",
        topic=Topic.DECIDING,
        names=("prolonger", "extend"),
        args=ExtendArgs,
        run=extend,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        examples={"fr": ("prolonger V1 dimanche",), "en": ("extend V1 sunday",)},
    ),
    Command(
        key="vote.release",
        topic=Topic.DECIDING,
        names=("libérer", "release"),
        args=OneVoteArgs,
        run=release,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        where=Where.ROOM,
        examples={"fr": ("libérer V1",), "en": ("release V1",)},
    ),
)
