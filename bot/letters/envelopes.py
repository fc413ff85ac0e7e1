"""Where an answer goes and in which voice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from circle.circles import Circle, CircleId
from circle.refs import Ref
from commands.kernel.reply import InCircle, Reply, ToCoordination

NO_CIRCLE = 0
"""In the place of a circle's number: what is announced is the coordination's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """Where an answer goes and in which voice. `answers` and `thread` are event ids.

    `cause` names the event or job for ever: it is what makes a letter unique. `coordination`: the
    coordinators' room and its language, where there is one and we are in it.
    """

    cause: str
    room_id: str
    sender: str | None
    language: str
    now: datetime
    circle: CircleId | None = None
    answers: str | None = None
    thread: str | None = None
    gesture_target: str | None = None
    scheduled: bool = False
    polls: Mapping[Ref, str] | None = None
    coordination: tuple[str, str] | None = None


def addressed(envelope: Addressing, reply: Reply) -> Addressing | None:
    """The same envelope, or one for another room than that where it was asked.

    None for what is the coordination's where that has no room.
    """
    match reply.where:
        case ToCoordination():
            return _to_coordination(envelope)
        case InCircle(circle) if circle.room_id != envelope.room_id:
            return _to_circle(envelope, circle)
    return envelope


def _to_circle(envelope: Addressing, circle: Circle) -> Addressing:
    return replace(
        envelope,
        room_id=circle.room_id,
        circle=circle.id,
        language=circle.rules.language,
        answers=None,
        thread=None,
    )


def _to_coordination(envelope: Addressing) -> Addressing | None:
    if envelope.coordination is None:
        return None
    room, language = envelope.coordination
    asked_there = room == envelope.room_id
    return replace(
        envelope,
        room_id=room,
        circle=None,
        language=language,
        answers=envelope.answers if asked_there else None,
        thread=envelope.thread if asked_there else None,
    )


def relation(envelope: Addressing) -> dict[str, object]:
    """The relation of an answer: to its question, inside the thread where it was asked."""
    if envelope.answers is None:
        return {}
    answer: dict[str, object] = {"m.in_reply_to": {"event_id": envelope.answers}}
    if envelope.thread:
        answer |= {
            "rel_type": "m.thread",
            "event_id": envelope.thread,
            "is_falling_back": False,
        }
    return {"m.relates_to": answer}
