"""What somebody was asked about their line, so that they answer instead of typing it again."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from circle.circles import CircleId
from circle.people import PersonKey
from circle.time import DAY

RECALLED_AT: Final = time(9)
LAPSES_AT: Final = time(20)
HOLE: Final = "\ufffc"
"""In a line to complete: where the answer goes."""
MOST_CHOICES: Final = 9


class PromptKind(StrEnum):
    """What is expected: one of several lines, yes to one line, a value, or all of a command.

    Of a list nothing is expected: its next page may be asked for.
    """

    CHOOSE = "choose"
    CONFIRM = "confirm"
    COMPLETE = "complete"
    GUIDE = "guide"
    MORE = "more"


class PromptState(StrEnum):
    """Whether it may still be answered."""

    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"


MOST_TURNS: Final = {
    PromptKind.CHOOSE: 2,
    PromptKind.CONFIRM: 2,
    PromptKind.COMPLETE: 2,
    PromptKind.GUIDE: 4,
}
"""So many questions about one line at most; then it is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question to one person about a line of theirs.

    `origin` is the message that what comes of it is traced to, `cause` the one whose words `line`
    are (an edit of it, or itself); `key` names the sentence that asked,
    `command` the command that the line is meant for. `choices` are whole lines;
    `blanks` are lines with a `HOLE` for the words of an answer, likeliest first. `turn` counts the
    questions about the same line, of a list its pages, from 1; `said_at` is when it was said first:
    relative days count from it. `answer` is the event that answered.
    """

    circle: CircleId
    room_id: str
    person: PersonKey
    origin: str
    cause: str
    kind: PromptKind
    key: str
    command: str
    line: str
    choices: tuple[str, ...]
    blanks: tuple[str, ...]
    turn: int
    said_at: datetime
    asked_at: datetime
    lapses_at: datetime
    thread: str | None = None
    state: PromptState = PromptState.OPEN
    answer: str | None = None
    id: int = 0

    def open_at(self, at: datetime) -> bool:
        """Whether it may be answered at that instant."""
        return self.state is PromptState.OPEN and at < self.lapses_at


def recall_of(asked_at: datetime) -> datetime:
    """When a question that holds a value is recalled: the next morning, where it was asked."""
    return _next_day(asked_at, RECALLED_AT)


def lapse_of(asked_at: datetime, *, holds_value: bool) -> datetime:
    """When a question lapses: the next evening, or a day later where nothing would be lost."""
    return _next_day(asked_at, LAPSES_AT) if holds_value else asked_at + timedelta(days=1)


def _next_day(at: datetime, hour: time) -> datetime:
    return datetime.combine((at + DAY).date(), hour, tzinfo=at.tzinfo)
