"""What the tests of the store make."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from circle.circles import Circle, CircleId, CircleKind, CircleState
from circle.entries import Entry
from circle.people import Person, PersonKey
from circle.prompts import HOLE, Prompt, PromptKind
from circle.time import DAY
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


def asked(circle: CircleId, person: PersonKey, room: str, at: datetime, **more: object) -> Prompt:
    told = {
        "origin": "$1",
        "cause": "$1",
        "kind": PromptKind.CHOOSE,
        "key": "money.ambiguous",
        "command": "expense",
        "line": "!frais 1.200 peinture",
        "choices": ("!frais 1200 € peinture", "!frais 1,20 € peinture"),
        "blanks": (f"!frais {HOLE} peinture",),
        "turn": 1,
        "said_at": at,
        "asked_at": at,
        "lapses_at": at + DAY,
    }
    place = {"circle": circle, "room_id": room, "person": person}
    return Prompt(**(place | told | more))  # type: ignore[arg-type]
