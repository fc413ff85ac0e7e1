"""What handling an event gives, and how events are traced back to what they announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from circle.refs import Ref
from commands import COMMANDS
from commands.kernel import Command, Reply, Request
from storage.uow import SqlUnitOfWork

BY_KEY: Mapping[str, Command[Any]] = {command.key: command for command in COMMANDS}


@dataclass(frozen=True, slots=True)
class Done:
    """What an event did: its answer, who asked, and what to remember of it.

    `target` is the message that a reaction or a poll answer was about.
    """

    reply: Reply | None = None
    request: Request[Any] | None = None
    command: str = ""
    ref: Ref | None = None
    target: str | None = None


NOTHING = Done()


async def about(uow: SqlUnitOfWork, room_id: str, event_id: str | None) -> Ref | None:
    """What the message with this id announced, or what came of it."""
    if event_id is None:
        return None
    subject = await uow.outbox.subject_of(room_id, event_id)
    if subject is not None:
        return subject[1]
    origin = await uow.origins.of(event_id)
    return origin.ref if origin and origin.room_id == room_id else None
