"""What the tests of the store make."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from circle.circles import Circle, CircleKind, CircleState
from circle.entries import Entry
from circle.people import Person
from circle.votes import Outcome, Rule, Vote
from storage.uow import SqlUnitOfWork

Append = Callable[..., Awaitable[Entry]]


def make_circle(uow: SqlUnitOfWork, name: str, room: str, at: datetime) -> Awaitable[Circle]:
    return uow.circles.add(name, CircleKind.TERRITORIAL, CircleState.ACTIVE, room, at)


def adopted_vote(number: int, alice: Person, at: datetime, **rest) -> Vote:
    fields = {"budget": number * 1000, "action": number, "outcome": Outcome.ADOPTED} | rest
    return Vote(
        number=number,
        rule=Rule.MAJORITY,
        question="Café ?",
        opened_by=alice.key,
        opened_at=at,
        closes=at,
        electorate=(alice.key,),
        closed_at=at,
        **fields,
    )
