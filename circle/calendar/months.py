"""Arithmetic of months and weeks, without clock and without zone."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS_A_YEAR = 12
WEEK = 7
_LONGEST = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_YEARS = range(1, 10_000)


def exists(year: int, month: int, day: int) -> bool:
    """Tell whether a date exists."""
    return may_exist(day, month) and year in _YEARS and day <= monthrange(year, month)[1]


def may_exist(day: int, month: int | None) -> bool:
    """Tell whether any year has that day of the month; any month when it is None."""
    known = month is None or 1 <= month <= MONTHS_A_YEAR
    return known and 1 <= day <= _LONGEST.get(month or 0, 31)


def month_start(year: int, month: int, shift: int = 0) -> date | None:
    """Return the first day of a month, shifted by months; None out of the calendar."""
    years, index = divmod(year * MONTHS_A_YEAR + month - 1 + shift, MONTHS_A_YEAR)
    return date(years, index + 1, 1) if years in _YEARS else None


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def nth_weekday(first: date, rank: int, weekday: int) -> date | None:
    """Return the nth weekday of the month that begins on `first`; -1 is the last."""
    last = month_end(first)
    if rank < 0:
        return last - timedelta(days=(last.weekday() - weekday) % WEEK)
    found = first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * (rank - 1))
    return found if found <= last else None
