"""What handling an event gives, and how events are traced back to what they announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import events
from circle.circles import Circle, CircleId
from circle.refs import Ref
from commands import COMMANDS
from commands.kernel.command import Command, Request
from commands.kernel.reply import Reply
from storage.uow import SqlUnitOfWork

UNDONE = ".undo"
"""Ends the key of a command whose doing was taken back."""

BY_KEY: Mapping[str, Command[Any]] = {command.key: command for command in COMMANDS}


@dataclass(frozen=True, slots=True)
class Done:
    """What an event did: its answer, who asked, and what to remember of it.

    `target` is the message that a reaction or a poll answer was about. `said`: the message that the
    event stood for, where it answered a question; `answers` is then what the answer replies to.
    """

    reply: Reply | None = None
    request: Request[Any] | None = None
    command: str = ""
    ref: Ref | None = None
    target: str | None = None
    said: events.Message | None = None
    answers: str | None = None


NOTHING = Done()


async def about(
    uow: SqlUnitOfWork, room_id: str, event_id: str | None, circle: Circle | None = None
) -> Ref | None:
    """What the message with this id announced, or what came of it.

    With a circle: only what is of that circle.
    """
    found = await announced(uow, room_id, event_id) if event_id else None
    if found is None or (circle is not None and found[0] != circle.id):
        return None
    return found[1]


async def announced(
    uow: SqlUnitOfWork, room_id: str, event_id: str
) -> tuple[CircleId | None, Ref] | None:
    """The thing that this message of a room announced or led to, and its circle."""
    subject = await uow.outbox.subject_of(room_id, event_id)
    if subject is not None:
        return subject
    origin = await uow.origins.of(event_id)
    if origin is None or origin.room_id != room_id or origin.ref is None:
        return None
    return (origin.circle, origin.ref)
