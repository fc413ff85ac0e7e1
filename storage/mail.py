"""Rows of the inbox and of the outbox, as the shell sees them (docs/matrix.md: Exactly once)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ARCHIVE: Final = "archive"
"""The recipe of an archive of somebody's own data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """An event received from the network, before anything is done about it.

    `at_ms` is its effective instant, decided when it was admitted.
    """

    event_id: str
    room_id: str
    at_ms: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Token:
    """Where a sync of the homeserver ended.

    All that the homeserver had at `at_ms` is before it; 0 where that is not known.
    """

    text: str
    at_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to upload with a message.

    Pictures and archives are made when they are sent, outside of any transaction: `recipe` then
    names how, and `body` holds what they are made from.
    """

    name: str
    mimetype: str
    body: bytes
    width: int | None = None
    height: int | None = None
    recipe: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something to send: written in the transaction of its cause, put by the sender after it.

    What is written for the same room or person leaves in order; a letter `beside` does not wait for
    the others, nor they for it: its file takes long.

    Exactly one of `room_id` and `to_user` (a direct message) is given. `content` is the event's
    content without relations that are only known at sending time: `after` names the ordinal of
    an earlier letter of the same cause whose event this one answers (`m.in_reply_to`), and
    `target` an event it relates to (a reaction's, an edit's or a poll end's).
    """

    cause: str
    ordinal: int
    room_id: str | None
    to_user: str | None
    event_type: str
    content: dict[str, object]
    after: int | None = None
    target: str | None = None
    subject: str | None = None
    scheduled: bool = False
    beside: bool = False
    file: File | None = None

    @property
    def lane(self) -> str:
        """Letters of one lane leave in order."""
        return f"#{self.cause}" if self.beside else str(self.room_id or self.to_user)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A letter as it waits in the outbox, or as it left.

    It may have been put by the device `device_id` since the instant `attempted_ms`, and is not to
    be put before `not_before_ms`.
    """

    row: int
    letter: Letter
    txn_id: str
    device_id: str | None
    attempted_ms: int | None
    event_id: str | None
    not_before_ms: int = 0

    @property
    def lane(self) -> str:
        """That of its letter."""
        return self.letter.lane


class Unsent(StrEnum):
    """Why a file will never arrive."""

    TOO_LARGE = "too-large"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Putting:
    """The device that puts letters as soon as they are committed, and the clock (ms)."""

    device_id: str
    now_ms: Callable[[], int]
