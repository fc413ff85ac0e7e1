"""Placing periods, and what lies in them: weeks, months, `mi-avril`, `le premier mardi de mai`."""

from datetime import date, timedelta

from circle.calendar.months import (
    MONTHS_A_YEAR,
    WEEK,
    monday,
    month_end,
    month_start,
    nth_weekday,
)
from circle.calendar.values import Reason, Refused, refused
from circle.calendar.view import View
from language.calendar.placed import PlacedDays
from language.calendar.specs import Ranked, SaidPeriod, Stage, Unit, Within

Bounds = tuple[date, date]

_LENGTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}
_SATURDAY = 5
_EDGES = {Stage.BEGINNING: 0, Stage.ENDING: 1}


def bounds(period: SaidPeriod, view: View) -> Bounds | None:
    """Return the first and last day of a period, None out of the calendar.

    A month, quarter or half without its year is the nearest one in the way looked, the one
    of today included.
    """
    if period.unit in (Unit.WEEK, Unit.WEEKEND):
        return _week(period, view)
    length = _LENGTHS[period.unit]
    if period.year is not None:
        return _numbered(period.year, period.number or 1, length)
    if period.number is None:
        return _shifted(length, period.shift or 0, view)
    view = View(view.now, period.toward or view.looking)
    near = (view.today.year + view.step * count for count in range(2))
    found = [_numbered(year, period.number, length) for year in near]
    fitting = (one for one in found if one and _reached(one, view))
    return next(fitting, None)


def _week(period: SaidPeriod, view: View) -> Bounds:
    """Return a week counted from now's, or (number) a week of the ISO year."""
    start = monday(view.today) + timedelta(days=WEEK * (period.shift or 0))
    if period.unit is Unit.WEEKEND:
        start += timedelta(days=_SATURDAY)
        return start, start + timedelta(days=1)
    return start, start + timedelta(days=WEEK - 1)


def _numbered(year: int, number: int, length: int) -> Bounds | None:
    first = month_start(year, 1 + (number - 1) * length)
    last = month_start(year, number * length)
    return (first, month_end(last)) if first and last else None


def _shifted(length: int, shift: int, view: View) -> Bounds | None:
    index = (view.today.month - 1) // length + shift
    years, place = divmod(index, MONTHS_A_YEAR // length)
    return _numbered(view.today.year + years, place + 1, length)


def _reached(found: Bounds, view: View) -> bool:
    return view.allows(found[1] if view.step > 0 else found[0], None)


def place_within(said: Within, view: View) -> PlacedDays | Refused:
    """Return the day a period was said to begin or end on; of other stages, days to ask about."""
    found = bounds(said.period, view)
    if found is None:
        return refused(Reason.TOO_FAR)
    if said.stage in _EDGES:
        day = found[_EDGES[said.stage]]
        return view.wrong_way(day) or PlacedDays((day,))
    options = dict.fromkeys(_proposed(said, *found))
    return PlacedDays(tuple(day for day in options if view.wrong_way(day) is None), Reason.VAGUE)


def _proposed(said: Within, first: date, last: date) -> tuple[date, ...]:
    """Return the days to propose: working days at the edges of a period."""
    if said.stage is Stage.START:
        return first, _working(first, 1)
    if said.stage is Stage.LATE:
        return _working(last, -1), last
    if said.period.unit is Unit.WEEKEND:
        return first, last
    middle = first + (last - first) / 2
    if said.stage is Stage.MIDDLE:
        return (middle,)
    if said.period.unit is Unit.WEEK:
        return tuple(first + timedelta(days=day) for day in range(_SATURDAY))
    return _working(first, 1), middle, last


def _working(day: date, step: int) -> date:
    """Return the day itself, or the nearest working day in a direction."""
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=step)
    return day


def place_ranked(said: Ranked, view: View, minutes: int | None) -> PlacedDays | Refused:
    """Return the nth weekday of its month; without month, the nearest in the way looked."""
    if said.month is not None:
        found = bounds(said.month, view)
        return _in_month(said, found[0], view) if found else refused(Reason.TOO_FAR)
    starts = _months_around(view)
    days = [day for first in starts if (day := _ranked(said, first)) is not None]
    return PlacedDays((next(day for day in days if view.allows(day, minutes)),))


def _months_around(view: View) -> list[date]:
    shifts = (view.step * count for count in range(MONTHS_A_YEAR))
    starts = (month_start(view.today.year, view.today.month, shift) for shift in shifts)
    return [first for first in starts if first]


def _in_month(said: Ranked, first: date, view: View) -> PlacedDays | Refused:
    day = _ranked(said, first)
    if day is None:
        return refused(Reason.IMPOSSIBLE_DAY, month=first.month, year=first.year)
    passed = view.wrong_way(day)
    if passed and said.month and said.month.year is None and said.month.shift is None:
        again = _ranked(said, first.replace(year=first.year + view.step))
        return PlacedDays((again,)) if again else passed
    return passed or PlacedDays((day,))


def _ranked(said: Ranked, first: date) -> date | None:
    if said.weekday is not None:
        return nth_weekday(first, said.rank, said.weekday)
    return month_end(first) if said.rank < 0 else first
