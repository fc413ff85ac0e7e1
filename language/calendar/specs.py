"""What was said of a day, before it is placed in the calendar of a given now."""

from dataclasses import dataclass
from enum import Enum

from circle.calendar.values import Looking


class Which(Enum):
    """Which weekday."""

    PLAIN = "plain"
    HABITUAL = "habitual"
    """`le mardi`: this one, or every one."""
    THIS = "this"
    COMING = "coming"
    NEXT = "next"
    LAST = "last"
    IN_EIGHT = "in-eight"
    IN_FIFTEEN = "in-fifteen"
    LAST_WEEK = "last-week"
    THIS_WEEK = "this-week"
    NEXT_WEEK = "next-week"


class Stage(Enum):
    """Which stage of a period.

    Only BEGINNING (`depuis novembre`) and ENDING (`la fin de juin`, `jusqu'en juin`) are one day.
    """

    WHOLE = "whole"
    START = "start"
    MIDDLE = "middle"
    LATE = "late"
    BEGINNING = "beginning"
    ENDING = "ending"


class Unit(Enum):
    """A length of the calendar."""

    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Dated:
    """A day of a month; what was not said is None. `shift` counts months from now."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None
    habitual: bool = False
    """`le 15 du mois`: once or each month."""
    swapped: bool = False
    """Figures in an English sentence: the month may come first."""
    toward: Looking | None = None
    """`le 12 mai dernier`, `prochain`: said, whichever way is looked."""


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """A day of the week."""

    weekday: int
    which: Which = Which.PLAIN


@dataclass(frozen=True, slots=True)
class Shifted:
    """A number of days and months from today; `round_days` when one less may be meant."""

    days: int = 0
    months: int = 0
    round_days: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """A number of minutes from now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SaidPeriod:
    """A week, month, quarter, half or year: named by its number, or counted from now's.

    `shift` None and `number` None: the year alone. `toward` is the way said (`mai dernier`).
    """

    unit: Unit
    number: int | None = None
    year: int | None = None
    shift: int | None = None
    toward: Looking | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """A stage of a period: `mi-avril`, `fin du mois`, `la semaine prochaine`."""

    period: SaidPeriod
    stage: Stage


@dataclass(frozen=True, slots=True)
class Ranked:
    """The nth weekday of a month, or (weekday None) its first or last day; -1 is the last.

    `month` None: the month of now, shifted; `shift` None: not said, once or each month.
    """

    rank: int
    weekday: int | None
    month: SaidPeriod | None = None


Spec = Dated | OnWeekday | Shifted | Later | Within | Ranked


def counts_from_now(spec: Spec) -> bool:
    """Tell whether a day is counted from now (`demain`), wherever it stands in a phrase.

    The others (`samedi`, `le 30 juin`) follow the day said before them.
    """
    match spec:
        case (
            Dated(shift=shift)
            | Within(SaidPeriod(shift=shift))
            | Ranked(month=SaidPeriod(shift=shift))
        ):
            return shift is not None
        case OnWeekday(which=which):
            return which not in (Which.PLAIN, Which.HABITUAL)
    return isinstance(spec, Shifted | Later)
