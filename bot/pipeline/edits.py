"""Edits: what one replaces, and what comes of it (docs/words.md: Speaking to the bot)."""

from typing import TypeVar

import msgspec
from msgspec import structs

from bot import events
from bot.pipeline.outcome import BY_KEY
from bot.pipeline.refusals import (
    RefusedEdit,
    RefusedEditChanged,
    RefusedEditCircle,
    RefusedEditDeleted,
    RefusedEditUnread,
)
from circle.circles import CircleId
from commands.kernel.reply import Refusal
from commands.reading.line import Found, Unknown
from storage.origins import Origin
from storage.uow import SqlUnitOfWork

E = TypeVar("E", bound=events.Event)

EDIT = "edit"
"""The outcome of an event that only replaces another one."""


async def completed(uow: SqlUnitOfWork, event: E) -> E:
    """An edit with what the first message said of itself; anything else as it is."""
    if not isinstance(event, events.Message) or event.edits is None:
        return event
    received = await uow.inbox.received(event.edits)
    if received is None or received.room_id != event.room:
        return event
    first_at = min(received.at_ms, event.at)
    said = _theirs(received.payload, event.sender)
    if said is None:
        return structs.replace(event, first_at=first_at)
    return structs.replace(event, reply_to=said.reply_to, thread=said.thread, first_at=first_at)


async def first_of(uow: SqlUnitOfWork, event: events.Message) -> events.Message | None:
    """The message that this one replaces, unless it was purged."""
    return await message_of(uow, event.edits or "", event.sender)


async def message_of(uow: SqlUnitOfWork, event_id: str, sender: str) -> events.Message | None:
    """The message of that id, if it is of that account and was not purged."""
    received = await uow.inbox.received(event_id)
    return _theirs(received.payload, sender) if received else None


async def edited_by(uow: SqlUnitOfWork, edit: str) -> str | None:
    """The message that this event replaced, unless the event was purged."""
    received = await uow.inbox.received(edit)
    said = _message(received.payload) if received else None
    return said.edits if said else None


def _theirs(payload: bytes, sender: str) -> events.Message | None:
    said = _message(payload)
    return said if said is not None and said.sender == sender else None


def _message(payload: bytes) -> events.Message | None:
    """The message, unless it was purged or is something else."""
    try:
        said = events.decode(payload)
    except msgspec.MsgspecError:
        return None
    return said if isinstance(said, events.Message) else None


async def origin_of(uow: SqlUnitOfWork, event: events.Message) -> Origin | None:
    """What came of the message that this one replaces."""
    return await uow.origins.of(event.edits) if event.edits else None


def is_theirs(origin: Origin, event: events.Event) -> bool:
    """Whether who edits or deletes there is who did it there."""
    return (origin.sender, origin.room_id) == (event.sender, event.room)


def concerns(origin: Origin | None, found: Found | Unknown | None) -> bool:
    """Whether an edit of what was not refused is to be acted on or answered: not of chatter."""
    if origin is None or (origin.ref is None and origin.outcome == "done"):
        return isinstance(found, Found)
    return origin.ref is not None


def check_edit(origin: Origin | None, found: Found | Unknown | None, line: str) -> None:
    """Raise the refusal of an edit that neither runs what was refused nor corrects what was done.

    `found`: what the new text (`line`) is, None where it is not for us.
    """
    command = BY_KEY.get(origin.command) if origin else None
    if origin is None or command is None:
        raise Refusal(RefusedEditUnread(line=line))
    name = command.names[0]
    if origin.outcome == "undone":
        raise Refusal(RefusedEditDeleted(command=name, id=origin.ref))
    if not command.editable or origin.ref is None:
        raise Refusal(RefusedEdit(command=name, id=origin.ref))
    if not isinstance(found, Found) or found.command is not command:
        raise Refusal(RefusedEditChanged(command=name, id=origin.ref))


def check_same_circle(origin: Origin, meant: CircleId | None) -> None:
    """Refuse an edit that names another circle than the one in which the thing was made."""
    if meant is not None and origin.circle is not None and meant != origin.circle:
        raise Refusal(RefusedEditCircle(id=origin.ref))
