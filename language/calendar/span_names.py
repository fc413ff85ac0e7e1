"""One period by its name or number: `T4 2026`, `semaine 47`, `les 7 derniers jours`."""

from datetime import date, timedelta

from circle.calendar.months import WEEK, monday
from circle.calendar.values import Reason, Refused, refused
from circle.calendar.view import View
from circle.time import Days
from language.calendar.line import CalendarLine
from language.calendar.names import DAY_WORDS, LAST, QUARTER_WORDS, WEEK_WORDS
from language.calendar.numbers import figures, number, rank
from language.calendar.periods import counted_period, current_period, named_month, year
from language.calendar.placing_months import bounds
from language.calendar.specs import SaidPeriod, Unit
from language.calendar.words import longest

_MONTHS, _QUARTERS, _HALVES, _WEEKS = 12, 4, 2, 53
_UNITS = {
    **dict.fromkeys(QUARTER_WORDS, Unit.QUARTER),
    **dict.fromkeys(("semestre", "half"), Unit.HALF),
}

_Numbered = tuple[Unit, int, int]


def named_span(line: CalendarLine, at: int, view: View) -> tuple[Days | Refused, int] | None:
    """Return the period named at a place, and the place after it."""
    periods = (
        named_month(line, at),
        counted_period(line, at),
        current_period(line, at),
        _numbered(line, at),
        _month_in_figures(line, at),
        _year(line, at),
    )
    spans = [(_span(found[0], view), found[1]) for found in periods if found]
    return longest(*spans, _weeks(line, at, view), _years(line, at), _last_days(line, at, view))


def _span(period: SaidPeriod, view: View) -> Days | Refused:
    found = bounds(period, view)
    if found is None:
        return refused(Reason.TOO_FAR)
    return Days(*found)


def _year(line: CalendarLine, at: int) -> tuple[SaidPeriod, int] | None:
    found = year(line, at)
    return (SaidPeriod(Unit.YEAR, year=found[0]), found[1]) if found else None


def _numbered(line: CalendarLine, at: int) -> tuple[SaidPeriod, int] | None:
    """Read `T4 2026`, `trimestre 4`, `4e trimestre 2026`, `S1 2026`, `first quarter of 2026`."""
    found = _letter(line, at) or _unit_then(line, at) or _rank_then(line, at)
    if found is None:
        return None
    unit, count, after = found
    if not 1 <= count <= (_QUARTERS if unit is Unit.QUARTER else _HALVES):
        return None
    said = year(line, line.after(line.after(after, "de", "of", ","), "l"))
    if said:
        return SaidPeriod(unit, count, said[0]), said[1]
    return SaidPeriod(unit, count), after


def _letter(line: CalendarLine, at: int) -> _Numbered | None:
    units = {"t": Unit.QUARTER, "q": Unit.QUARTER, "s": Unit.HALF}
    unit, count = units.get(line.word(at)), figures(line, at + 1)
    return (unit, count, at + 2) if unit and count and line.glued(at + 1) else None


def _unit_then(line: CalendarLine, at: int) -> _Numbered | None:
    unit, count = _UNITS.get(line.word(at)), figures(line, at + 1)
    return (unit, count, at + 2) if unit and count else None


def _rank_then(line: CalendarLine, at: int) -> _Numbered | None:
    found = rank(line, at)
    unit = _UNITS.get(line.word(found[1])) if found else None
    return (unit, found[0], found[1] + 1) if found and unit else None


def _month_in_figures(line: CalendarLine, at: int) -> tuple[SaidPeriod, int] | None:
    """Read `2026-11` and `11/2026`."""
    first, sign, second = figures(line, at), line.word(at + 1), figures(line, at + 2)
    tight = line.glued(at + 1) and line.glued(at + 2) and not line.glued(at + 3)
    if first is None or second is None or not tight or sign not in ("-", "/"):
        return None
    said, month = (first, second) if sign == "-" else (second, first)
    whole = len(line.word(at if sign == "-" else at + 2)) == len("2026")
    return (
        (SaidPeriod(Unit.MONTH, month, said), at + 3) if whole and 1 <= month <= _MONTHS else None
    )


def _years(line: CalendarLine, at: int) -> tuple[Days | Refused, int] | None:
    """Read `2025-2026`."""
    first, second = figures(line, at), year(line, at + 2)
    whole = len(line.word(at)) == len("2025") and line.word(at + 1) in ("-", "a", "/")
    if not first or not second or not whole or first >= second[0]:
        return None
    return Days(date(first, 1, 1), date(second[0], 12, 31)), second[1]


def _weeks(line: CalendarLine, at: int, view: View) -> tuple[Days | Refused, int] | None:
    """Read `semaine 47`, `week 47 of 2026` (ISO weeks); without year, the latest one begun."""
    count = figures(line, at + 1)
    if line.word(at) not in WEEK_WORDS or not count or count > _WEEKS:
        return None
    said = year(line, line.after(at + 2, "de", "of"))
    years = (said[0],) if said else (view.today.year, view.today.year - 1)
    starts = (_iso_monday(one, count) for one in years)
    first = next((day for day in starts if day and (said or day <= view.today)), None)
    after = said[1] if said else at + 2
    if first is None:
        return refused(Reason.IMPOSSIBLE_DAY), after
    return Days(first, first + timedelta(days=WEEK - 1)), after


def _iso_monday(iso_year: int, week: int) -> date | None:
    first = monday(date(iso_year, 1, 4)) + timedelta(days=WEEK * (week - 1))
    return first if first.isocalendar().year == iso_year else None


def _last_days(line: CalendarLine, at: int, view: View) -> tuple[Days | Refused, int] | None:
    """Read `7 derniers jours`, `last 30 days`, `4 dernières semaines`: up to today."""
    start = line.after(at, "last")
    found = number(line, start)
    if not found or not found[0]:
        return None
    after = found[1] if start > at else line.after(found[1], "derniers", "dernieres", *LAST)
    sized = {**dict.fromkeys(DAY_WORDS, 1), **dict.fromkeys(WEEK_WORDS, WEEK)}
    days = sized.get(line.word(after))
    if days is None or (start == at and after == found[1]):
        return None
    first = view.today - timedelta(days=found[0] * days - 1)
    return Days(first, view.today), after + 1
