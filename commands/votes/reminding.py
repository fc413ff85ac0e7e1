"""What waits for an answer, on request and by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from circle.circles import Circle
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.votes import Vote, standing
from commands.kernel import Command, Due, Reply, Request
from commands.votes.telling import vote_values


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


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
        key="vote.pending",
        names=("à voter", "pending"),
        args=NoArgs,
        run=pending,
        examples={"fr": ("à voter",), "en": ("pending",)},
    ),
)
