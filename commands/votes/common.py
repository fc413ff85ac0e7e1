"""What several commands on votes share: their arguments, and what every vote checks."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from circle.circles import Circle
from circle.people import Person, Role
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.votes import Rule, Vote
from commands.kernel.command import Request
from commands.kernel.reply import InCircle, Refusal, Reply
from commands.reading.readers import reference
from commands.shared.refusals import RefusedInTheRoom
from commands.votes.refusals import VoteAlreadyClosed, VoteNotElector, VoteOtherRule

VOTE = reference(Kind.VOTE)
FEW = 5
"""Below so many secret ballots, counts tell who said what."""


@dataclass(frozen=True, slots=True)
class OneVoteArgs:
    """A vote, by its id or by replying to what announced it."""

    vote: Annotated[Ref, VOTE]


def ref_of(vote: Vote) -> Ref:
    """What people call a vote."""
    return Ref(Kind.VOTE, vote.number)


async def resting_owner(
    uow: UnitOfWork, circle: Circle, vote: Vote, day: date
) -> tuple[Person, ...]:
    """Whose money a vote is about, where they are on pause: they are told of it all the same."""
    item = await uow.ledger.item(circle.id, vote.item) if vote.item is not None else None
    if item is None:
        return ()
    person = await uow.people.get(item.person)
    return (person,) if person.rests_on(day) else ()


def check_open(request: Request[object], vote: Vote) -> None:
    """Raise unless the vote is open at that instant."""
    if not vote.open or request.at > vote.closes:
        closes = vote.closed_at or vote.closes
        raise Refusal(VoteAlreadyClosed(id=ref_of(vote), closes=closes))


async def check_elector(request: Request[object], uow: UnitOfWork, vote: Vote) -> None:
    """Raise unless who asks is of the electorate, saying why they are not."""
    if request.person.key not in vote.electorate:
        why = await _why_not(request, uow, vote)
        raise Refusal(VoteNotElector(id=ref_of(vote), opened=vote.opened_at, why=why))


async def _why_not(request: Request[object], uow: UnitOfWork, vote: Vote) -> str:
    item = await uow.ledger.item(request.here.id, vote.item) if vote.item else None
    if item is not None and item.person == request.person.key:
        return "asker"
    if not request.rules.participants_vote and request.role is Role.PARTICIPANT:
        return "participant"
    return "newcomer"


def check_rule(vote: Vote, rule: Rule) -> None:
    """Raise unless the vote is by that rule."""
    if vote.rule is not rule:
        raise Refusal(VoteOtherRule(id=ref_of(vote), rule=vote.rule))


def check_in_room(request: Request[object], word: str) -> None:
    """Raise unless it is said where all who are concerned hear it: the circle's room."""
    if request.room.id != request.here.room_id:
        raise Refusal(RefusedInTheRoom(command=word, circle=request.here.name))


def is_small(vote: Vote) -> bool:
    """Whether so few people may vote in secret that their ballots would name them."""
    return vote.secret and len(vote.electorate) < FEW


def aloud(request: Request[object], reply: Reply) -> Reply:
    """A reply that the whole circle must hear, also when it was asked elsewhere."""
    if request.room.id == request.here.room_id:
        return reply
    told = replace(reply, where=InCircle(request.here))
    return replace(reply, attachments=(), mentions=(), also=(told, *reply.also))
