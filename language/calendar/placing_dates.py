"""Placing a day of a month: with its year, without, or the day alone."""

from datetime import date

from circle.calendar.months import MONTHS_A_YEAR, exists, may_exist, month_end, month_start
from circle.calendar.values import Looking, Note, Reason, Refused, refused
from circle.calendar.view import View
from language.calendar.placed import PlacedDays
from language.calendar.specs import Dated

_HALF_A_YEAR = 183
_LEAP_DAY = (29, 2)
_LEAP_GAP = 9  # 1896 to 1904


def place_dated(said: Dated, view: View, minutes: int | None) -> PlacedDays | Refused:
    """Return the day, in the year or month that the way of looking gives where none was said."""
    if said.swapped:
        return _either_way_round(said, view, minutes)
    if said.shift is not None:
        return _shifted(said, view)
    if said.month is None:
        return _day_alone(said, view, minutes)
    if not may_exist(said.day, said.month):
        return refused(Reason.IMPOSSIBLE_DAY, day=said.day, month=said.month)
    if said.year is not None:
        return _exact(said.year, said.month, said, view)
    return _without_year(said, view, minutes)


def _exact(year: int, month: int, said: Dated, view: View) -> PlacedDays | Refused:
    if not exists(year, month, said.day):
        return refused(Reason.IMPOSSIBLE_DAY, day=said.day, month=month, year=year)
    day = date(year, month, said.day)
    return _mismatch(day, said) or view.wrong_way(day) or PlacedDays((day,))


def _mismatch(day: date, said: Dated) -> Refused | None:
    if said.weekday is None or day.weekday() == said.weekday:
        return None
    return refused(Reason.WEEKDAY_MISMATCH, date=day, said=said.weekday, real=day.weekday())


def _either_way_round(said: Dated, view: View, minutes: int | None) -> PlacedDays | Refused:
    """Read figures in an English sentence: `4/9` is 4 September or April 9th."""
    ways = [Dated(said.day, said.month, said.year, said.weekday)]
    if said.month is not None and said.day <= MONTHS_A_YEAR:
        ways.append(Dated(said.month, said.day, said.year, said.weekday))
    found = [place_dated(way, view, minutes) for way in ways]
    days = [one for one in found if isinstance(one, PlacedDays)]
    if len(days) <= 1:
        return days[0] if days else found[0]
    options = tuple(option for one in days for option in one.options)
    return PlacedDays(options, Reason.DAY_OR_MONTH)


def _shifted(said: Dated, view: View) -> PlacedDays | Refused:
    """Place `le 15 du mois prochain`."""
    first = month_start(view.today.year, view.today.month, said.shift or 0)
    if first is None:
        return refused(Reason.TOO_FAR)
    return _exact(first.year, first.month, said, view)


def _without_year(said: Dated, view: View, minutes: int | None) -> PlacedDays | Refused:
    month, year = said.month or 1, view.today.year
    if (said.day, month) == _LEAP_DAY:
        return _leap_day(said, view, minutes)
    day = date(year, month, said.day)
    if view.allows(day, None):
        return _assumed(day, day.replace(year=year - view.step), said, view)
    return _assumed(day.replace(year=year + view.step), day, said, view)


def _assumed(wanted: date, passed: date, said: Dated, view: View) -> PlacedDays | Refused:
    """Return the day in the assumed year; where the weekday fits the day just passed, say so."""
    wrong = _mismatch(wanted, said)
    near = abs((passed - view.today).days) <= _HALF_A_YEAR
    if wrong and near and _mismatch(passed, said) is None:
        return view.wrong_way(passed) or wrong
    return wrong or PlacedDays((wanted,), notes=(Note.YEAR_ASSUMED,))


def _leap_day(said: Dated, view: View, minutes: int | None) -> PlacedDays | Refused:
    """Place 29 February: in the nearest year if that year has it, otherwise ask."""
    month, years = 2, [view.today.year + view.step * count for count in range(_LEAP_GAP)]
    ends = [
        date(year, month, day) for year in years for day in (28, 29) if exists(year, month, day)
    ]
    allowed = [day for day in ends if view.allows(day, minutes)]
    wanted = next(day for day in allowed if (day.day, month) == _LEAP_DAY)
    nearest = next(day for day in allowed if (day.day, month) != _LEAP_DAY)
    wrong = _mismatch(wanted, said)
    if wrong or (wanted.year - nearest.year) * view.step <= 0:
        return wrong or PlacedDays((wanted,), notes=(Note.YEAR_ASSUMED,))
    return PlacedDays(tuple(sorted((nearest, wanted))), Reason.LEAP_DAY)


def _day_alone(said: Dated, view: View, minutes: int | None) -> PlacedDays | Refused:
    """Place `le 15`: this month if that lies the right way, otherwise the month beside."""
    if not may_exist(said.day, None):
        return refused(Reason.IMPOSSIBLE_DAY, day=said.day)
    here = _in_month(said, view, 0)
    forward = view.looking is Looking.FORWARD
    shift = 0 if (view.allows(here, minutes) if here else forward) else view.step
    found = _in_month(said, view, shift)
    if found:
        return _mismatch(found, said) or PlacedDays((found,))
    return _short_month(said, view, shift)


def _in_month(said: Dated, view: View, shift: int) -> date | None:
    first = month_start(view.today.year, view.today.month, shift)
    known = first is not None and exists(first.year, first.month, said.day)
    return first.replace(day=said.day) if first and known else None


def _short_month(said: Dated, view: View, shift: int) -> PlacedDays | Refused:
    """Ask for `le 31` in a month of thirty days: its last day, or the 31st of the month beside."""
    first = month_start(view.today.year, view.today.month, shift)
    beside = _in_month(said, view, shift + view.step)
    options = [day for day in (first and month_end(first), beside) if day]
    fitting = [day for day in options if _mismatch(day, said) is None]
    if said.weekday is None:
        return PlacedDays(tuple(sorted(options)), Reason.SHORT_MONTH)
    if len(fitting) == 1 and fitting[0] == beside:
        return PlacedDays((fitting[0],))
    return _mismatch(options[-1], said) or PlacedDays(tuple(fitting), Reason.SHORT_MONTH)
