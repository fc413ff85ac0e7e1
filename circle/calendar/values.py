"""What a reading of a date can be: values without words and without clock.

Instants carry their zone; days are local days of that zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType

Fact = int | date | datetime


class Looking(Enum):
    """Which way a day without year, or a bare weekday, is looked for."""

    FORWARD = "forward"
    """The next one (meetings, deadlines, reminders)."""
    BACK = "back"
    """The latest one past, today included (entries, `depuis`)."""


class Note(Enum):
    """Something understood beyond what was said, to be told with the full date."""

    YEAR_ASSUMED = "year-assumed"
    DAY_ASSUMED = "day-assumed"
    """Only an hour was said: today, or tomorrow once it has passed."""
    NONEXISTENT = "nonexistent"
    """The clocks skip this local time; it was moved on by what they skip."""
    TWICE = "twice"
    """The clocks go through this local time twice; the first was taken."""
    ENDS_NEXT_DAY = "ends-next-day"
    MONTH_SHORTER = "month-shorter"
    """`dans un mois` from the 31st: the last day of a shorter month was taken."""


class Reason(Enum):
    """Why a text is ambiguous (first part) or refused (second part)."""

    NEXT_WEEKDAY = "next-weekday"
    HOUR_MISSING = "hour-missing"
    DAY_MISSING = "day-missing"
    VAGUE = "vague"
    EITHER = "either"
    ONCE_OR_REPEATED = "once-or-repeated"
    EVERY_SECOND = "every-second"
    QUARTER_START = "quarter-start"
    HALF_DAY = "half-day"
    MIDNIGHT = "midnight"
    DAY_OR_MONTH = "day-or-month"
    SHORT_MONTH = "short-month"
    LEAP_DAY = "leap-day"
    ROUND_DAYS = "round-days"
    """`dans huit jours`, `dans quinze jours`: seven or eight, fourteen or fifteen."""

    NOT_UNDERSTOOD = "not-understood"
    IMPOSSIBLE_DAY = "impossible-day"
    IMPOSSIBLE_HOUR = "impossible-hour"
    WEEKDAY_MISMATCH = "weekday-mismatch"
    PAST = "past"
    FUTURE = "future"
    END_BEFORE_START = "end-before-start"
    NO_OCCURRENCE = "no-occurrence"
    REPEATED = "repeated"
    TOO_FAR = "too-far"


@dataclass(frozen=True, slots=True)
class Day:
    """A local day said without hour, or whose hour does not matter."""

    date: date
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A zone-aware instant, perhaps with an end, perhaps repeated.

    `start` is the first occurrence; `rrule` has the RFC 5545 form without `RRULE:`;
    `exdates` are the local days on which it does not happen.
    """

    start: datetime
    end: datetime | None = None
    rrule: str | None = None
    exdates: tuple[date, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A text that can be read in several ways; `choices` may be empty."""

    choices: tuple[Day | Moment, ...]
    reason: Reason


def _nothing() -> Mapping[str, Fact]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that is not a usable date.

    `detail`, by reason: WEEKDAY_MISMATCH `date`, `said`, `real` (Monday is 0);
    IMPOSSIBLE_DAY `day` and, where known, `month`, `year`; PAST and FUTURE `date` or `start`;
    END_BEFORE_START `start`, `end`.
    """

    reason: Reason
    detail: Mapping[str, Fact] = field(default_factory=_nothing, hash=False)


When = Day | Moment | Ambiguous | Refused


def refused(reason: Reason, **detail: Fact) -> Refused:
    """Return a refusal whose details cannot be changed."""
    return Refused(reason, MappingProxyType(detail))
