"""A proposal given a new text: what was objected to is answered, and everybody looks again."""

import re
from dataclasses import dataclass, replace
from typing import Annotated

from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Ref
from circle.text import plain
from circle.time import DAY
from circle.votes import Rule, Vote, standing
from commands.kernel.command import Command, Request
from commands.kernel.reply import PollClosed, Refusal, Reply
from commands.kernel.reserved import Reserve, Where
from commands.kernel.topics import Topic
from commands.reading.readers import text
from commands.shared.common import get_vote
from commands.shared.refusals import RefusedNotAllowed
from commands.votes.bounds import check_amendable
from commands.votes.common import VOTE, check_open, check_rule, ref_of
from commands.votes.opening import check_review, schedule, unschedule
from commands.votes.polls import poll_of
from commands.votes.refusals import VoteSameText
from commands.votes.replies import VoteAmended
from commands.votes.telling import vote_facts

# A sign between two digits is part of a number (1,5), currencies and shares are of the matter.
_NOTHING = re.compile(r"(?<!\d)[^\w$€£%]+|[^\w$€£%]+(?!\d)|\s+|_")


@dataclass(frozen=True, slots=True)
class AmendArgs:
    """A proposal and its new text."""

    vote: Annotated[Ref, VOTE]
    proposal: Annotated[str, text(limit=500)]


async def amend(request: Request[AmendArgs], uow: UnitOfWork) -> Reply:
    """Give the proposal a new text: answers start afresh, who had given one is told.

    It stays open for a day at least, so that all can read what has changed.
    """
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    check_rule(vote, Rule.CONSENT)
    check_open(request, vote)
    _check(request, vote)
    again = await _answered(request, uow, vote)
    amended = _amended(request, vote)
    await unschedule(uow, circle, vote)
    await uow.votes.save(circle.id, amended)
    await schedule(uow, circle, amended, request.at)
    poll = poll_of(circle, amended)
    return Reply(
        VoteAmended(
            vote=vote_facts(circle, amended), again=again, longer=amended.closes > vote.closes
        ),
        subject=ref_of(vote),
        attachments=(PollClosed(ref_of(vote)), *((poll,) if poll else ())),
        mentions=again,
    )


def _check(request: Request[AmendArgs], vote: Vote) -> None:
    """Raise for somebody else's proposal, and for a text that says the same."""
    if request.person.key != vote.opened_by:
        raise Refusal(RefusedNotAllowed(who="proposer"))
    if matter(request.args.proposal) == matter(vote.question):
        raise Refusal(VoteSameText(id=ref_of(vote), question=vote.question))


def matter(text: str) -> str:
    """What a text says, whatever its case, accents, spaces and punctuation."""
    return _NOTHING.sub("", plain(text))


def _amended(request: Request[AmendArgs], vote: Vote) -> Vote:
    closes = max(vote.closes, request.at + DAY)
    check_amendable(vote, closes)
    check_review(vote.review, closes)
    return replace(
        vote,
        question=request.args.proposal,
        version=vote.version + 1,
        closes=closes,
        amended_at=request.at,
    )


async def _answered(request: Request[AmendArgs], uow: UnitOfWork, vote: Vote) -> tuple[Person, ...]:
    """Who believes to have answered, and must do so again; not who amends."""
    answered = standing(vote, await uow.votes.ballots(request.here.id, vote.number))
    members = await uow.people.members(request.here.id)
    return tuple(
        member.person
        for member in members
        if member.joined and member.person.key in answered and member.person != request.person
    )


COMMANDS = (
    Command(
        key="vote.amend",
        topic=Topic.DECIDING,
        names=("amender", "amend"),
        args=AmendArgs,
        run=amend,
        reserve=Reserve.AUTHOR,
        where=Where.ROOM,
        examples={
            "fr": ("amender V3 Ouvrir le fablab le samedi jusqu'à 22 h",),
            "en": ("amend V3 Open the fablab on Saturdays until 10 pm",),
        },
    ),
)
