"""Objections: said with their reason, lifted by who said them."""

from dataclasses import dataclass
from typing import Annotated

from circle.ports import UnitOfWork
from circle.refs import Ref
from circle.votes import Rule, Vote, standing
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.reading.readers import REASON
from commands.shared.common import get_vote
from commands.shared.refusals import RefusedNotAllowed
from commands.votes.answering import (
    ballot_of,
    keep,
    lifting,
    objection_of,
    uncast,
)
from commands.votes.answers import Spoken
from commands.votes.common import (
    VOTE,
    OneVoteArgs,
    aloud,
    check_elector,
    check_open,
    check_rule,
    ref_of,
)
from commands.votes.refusals import VoteNoObjection
from commands.votes.words import ABSTAIN, OBJECTION


@dataclass(frozen=True, slots=True)
class ObjectArgs:
    """A proposal and why it must not stand as it is."""

    vote: Annotated[Ref, VOTE]
    reason: Annotated[str, REASON]


async def object_to(request: Request[ObjectArgs], uow: UnitOfWork) -> Reply:
    """Object to a proposal; it is told to the circle even where results are hidden."""
    vote = await get_vote(uow, request.here.id, request.args.vote.number)
    check_rule(vote, Rule.CONSENT)
    check_open(request, vote)
    await check_elector(request, uow, vote)
    return await keep(request, uow, vote, Spoken(OBJECTION, request.args.reason))


async def lift(request: Request[OneVoteArgs], uow: UnitOfWork) -> Reply:
    """Lift one's own objection: one's answer before it counts again.

    Who had given none has answered all the same, and blocks nothing: it is an abstention.
    """
    circle = request.here
    vote = await get_vote(uow, circle.id, request.args.vote.number)
    check_rule(vote, Rule.CONSENT)
    check_open(request, vote)
    await _withdraw(request, uow, vote)
    ballots = await uow.votes.ballots(circle.id, vote.number)
    if request.person.key not in standing(vote, ballots):
        ballot = ballot_of(request, vote, Spoken(ABSTAIN))
        await uow.votes.cast(circle.id, vote.number, ballot)
    return aloud(request, await lifting(request, uow, vote))


async def _withdraw(request: Request[OneVoteArgs], uow: UnitOfWork, vote: Vote) -> None:
    """Take back every objection on top of one's answers. Raises where there is none."""
    voter, number = request.person.key, vote.number
    ballots = await uow.votes.ballots(request.here.id, number)
    if objection_of(vote, ballots, voter) is None:
        others = any(one.choice == OBJECTION for one in standing(vote, ballots).values())
        if others:
            raise Refusal(RefusedNotAllowed(who="objector"))
        raise Refusal(VoteNoObjection(id=ref_of(vote)))
    while (mine := objection_of(vote, ballots, voter)) is not None:
        if not await uow.votes.withdraw(request.here.id, mine.source or ""):
            raise LookupError(f"objection {mine.id} has no source")
        ballots = await uow.votes.ballots(request.here.id, number)


COMMANDS = (
    Command(
        key="vote.object",
        topic=Topic.DECIDING,
        names=("objection", "object"),
        args=ObjectArgs,
        run=object_to,
        undo=uncast,
        examples={
            "fr": ("objection V3 le bruit après 22 h gêne les voisins",),
            "en": ("object V3 noise after 10 pm bothers the neighbours",),
        },
    ),
    Command(
        key="vote.lift",
        topic=Topic.DECIDING,
        names=("lever", "lift"),
        args=OneVoteArgs,
        run=lift,
        reserve=Reserve.AUTHOR,
        examples={"fr": ("lever V3",), "en": ("lift V3",)},
    ),
)
