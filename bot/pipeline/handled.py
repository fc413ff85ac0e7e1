"""What came of an event that was handled: the rest of the bot goes on from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.mail import Posted


@dataclass(frozen=True, slots=True)
class Answered:
    """`command`: its key, empty where the line was not read; `result`: done, or the refusal's key.

    `seconds`: from taking it up to its commit.
    """

    command: str
    result: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Handled:
    """What is committed by now. Empty where another process had handled the event.

    `written`: the letters that we put ourselves. `wake_at`: when the earliest of what it scheduled
    is due (zone-aware). `erased`: files and the database's file still hold somebody who is to be
    forgotten. `room_changed`: a room is not as it was. `files_changed`: a file was sent, or perhaps
    taken back.
    """

    written: tuple[Posted, ...] = ()
    answered: tuple[Answered, ...] = ()
    wake_at: datetime | None = None
    erased: bool = False
    room_changed: bool = False
    files_changed: bool = False


def together(several: Sequence[Handled]) -> Handled:
    """What came of all of them."""
    wakes = (one.wake_at for one in several if one.wake_at is not None)
    return Handled(
        written=tuple(letter for one in several for letter in one.written),
        answered=tuple(answered for one in several for answered in one.answered),
        wake_at=min(wakes, default=None),
        erased=any(one.erased for one in several),
        room_changed=any(one.room_changed for one in several),
        files_changed=any(one.files_changed for one in several),
    )
