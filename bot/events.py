"""What happens in rooms, normalised: the only vocabulary between Matrix (or the console) and us.

Events are admitted to the inbox as JSON and handled later, in order within a room. Instants are
milliseconds since 1970: an event's effective instant is its `origin_server_ts`, held between when
the bot joined or was last known to have heard everything, and the receipt.
"""

import re
from datetime import datetime
from typing import Final

import msgspec

from circle.time import from_ms


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """Something that happened in a room. `id` is unique for ever; `at` is in milliseconds."""

    id: str
    room: str
    sender: str
    at: int

    @property
    def instant(self) -> datetime:
        """When it happened, in UTC."""
        return from_ms(self.at)


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file somebody sent; `file` is the encrypted file's description where there is one."""

    name: str
    mimetype: str
    size: int
    url: str
    file: dict[str, object] | None = None


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """A command invoked by its description (MSC4391)."""

    command: str
    arguments: dict[str, object]


class Message(Event, frozen=True, kw_only=True, tag="message"):
    """Text or a file. `edits` names the event it replaces (the body is then the new text).

    What that event answered, where and when it was said (`first_at`) is put back when an edit is
    handled: edits do not carry it.
    """

    body: str
    html: str | None = None
    mentions: tuple[str, ...] = ()
    reply_to: str | None = None
    thread: str | None = None
    edits: str | None = None
    first_at: int | None = None
    notice: bool = False
    attachment: Attachment | None = None
    described: Described | None = None


class Reaction(Event, frozen=True, kw_only=True, tag="reaction"):
    """An emoji on a message."""

    target: str
    key: str


class Redaction(Event, frozen=True, kw_only=True, tag="redaction"):
    """A message, reaction or poll answer taken back."""

    target: str


class PollResponse(Event, frozen=True, kw_only=True, tag="poll.response"):
    """An answer to a native poll; `answers` is None when it cannot be read (it then spoils)."""

    poll: str
    answers: tuple[str, ...] | None


class PollEnd(Event, frozen=True, kw_only=True, tag="poll.end"):
    """Somebody ended a poll in their client."""

    poll: str


class RoomChanged(Event, frozen=True, kw_only=True, tag="room"):
    """The room as it now is. `powers` lists explicit levels (a v12 creator's is 2**53)."""

    name: str | None
    direct: bool
    encrypted: bool
    powers: dict[str, int]
    default_power: int = 0
    state_power: int = 50


class MemberChanged(Event, frozen=True, kw_only=True, tag="member"):
    """Somebody joined, left, or changed their name. `user` may be the bot itself."""

    user: str
    joined: bool
    name: str | None = None


class RoomMoved(Event, frozen=True, kw_only=True, tag="moved"):
    """The room was upgraded by someone with the power to; the bot has joined `replacement`."""

    replacement: str


class Undecryptable(Event, frozen=True, kw_only=True, tag="undecryptable"):
    """An event that cannot be read yet; its room is told once per `session`.

    Its own id stays free for the event itself, read later.
    """

    session: str

    @property
    def unread(self) -> str:
        """The id of the event that cannot be read."""
        return self.id.removesuffix(UNREAD)


UNREAD: Final = "~undecryptable"
_PART: Final = re.compile(r"~\d{1,2}$")


def part_id(event_id: str, place: int) -> str:
    """The id of one part of an event, counted from 1: a line of a message with several."""
    return f"{event_id}~{place}"


def whole_id(event_id: str) -> str:
    """The event that people see, of which this one is a part; itself where it is whole."""
    return _PART.sub("", event_id)


def pointed_at(event: Event) -> tuple[str, ...]:
    """The messages that somebody reacts to, answers, or ballots on."""
    match event:
        case Reaction():
            return (event.target,)
        case PollResponse():
            return (event.poll,)
        case Message():
            return tuple(one for one in (event.reply_to, event.thread) if one)
        case _:
            return ()


AnyEvent = (
    Message
    | Reaction
    | Redaction
    | PollResponse
    | PollEnd
    | RoomChanged
    | MemberChanged
    | RoomMoved
    | Undecryptable
)

_encoder: Final = msgspec.json.Encoder()
_decoder: Final[msgspec.json.Decoder[AnyEvent]] = msgspec.json.Decoder(AnyEvent)


def encode(event: Event) -> bytes:
    """The event as JSON, for the inbox."""
    return _encoder.encode(event)


def decode(payload: bytes | str) -> AnyEvent:
    """An event read back from the inbox; raises `msgspec.ValidationError` on anything else."""
    return _decoder.decode(payload)
