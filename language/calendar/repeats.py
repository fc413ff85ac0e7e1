"""What is said of a repetition, before it becomes a rule."""

from dataclasses import dataclass
from enum import Enum

from language.calendar.specs import Dated


class Freq(Enum):
    """What a repetition counts in (the RFC 5545 names)."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class Lacking(Enum):
    """What happens in a month that lacks the day."""

    ASK = "ask"
    SKIP = "skip"
    LAST = "last"


class RepeatDoubt(Enum):
    """Why a repetition may not be what was meant."""

    SECOND = "second"
    """`every second tuesday`: every other one, or the second of the month."""
    HABIT = "habit"
    """`du lundi au vendredi`: this week, or every week."""
    QUARTER = "quarter"
    """`tous les trimestres le premier mardi`: the quarter's first, or every three months."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repetition as said; positions (weekdays, days of the month…) may be missing.

    `weekdays` has Monday as 0; `ranked` holds (rank, weekday), -1 being the last; `monthdays`
    may hold -1, the last day; `month` is set for a day of the year.
    """

    freq: Freq
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    ranked: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    month: int | None = None
    lacking: Lacking = Lacking.ASK
    quarterly: bool = False
    """The position counts within each quarter."""
    doubt: RepeatDoubt | None = None

    @property
    def placed(self) -> bool:
        """Whether it is said on which days it happens."""
        return self.freq is Freq.DAILY or bool(self.weekdays or self.ranked or self.monthdays)


@dataclass(frozen=True, slots=True)
class Skips:
    """What a repetition leaves out: months, weekdays, days."""

    months: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    days: tuple[Dated, ...] = ()
