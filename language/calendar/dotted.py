"""A day and its month tied by a dot or a dash: `15.12`, `15-12`, `15.12.26`."""

from language.calendar.line import CalendarLine
from language.calendar.names import WEEKDAYS
from language.calendar.specs import Dated

_LAST_DAY, _LAST_MONTH, _CENTURY, _TWO = 31, 12, 2000, 2
_UNITS = ("€", "euro", "euros", "eur", "k", "h", "heures", "hours", "min", "km", "kg", "x")


def dotted(line: CalendarLine, at: int) -> tuple[Dated, int] | None:
    """Return the day, never an amount, an hour, a score or a measure.

    Both numbers touch the sign, and the month has two figures.
    """
    start = line.after(at, "le", "au", "du", "on")
    weekday = WEEKDAYS.get(line.word(start))
    place = start + (weekday is not None)
    sign = line.word(place + 1)
    if sign not in (".", "-") or not _tied(line, place + 1):
        return None
    day, month = line.word(place), line.word(place + 2)
    if not (_is_day(day) and len(month) == _TWO and 1 <= int(month) <= _LAST_MONTH):
        return None
    year, end = _year(line, place + 3, sign)
    said = Dated(int(day), int(month), year, weekday)
    return (said, end) if _closed(line, end) else None


def _tied(line: CalendarLine, sign: int) -> bool:
    return line.glued(sign) and line.glued(sign + 1) and line.word(sign + 1).isdecimal()


def _is_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= _TWO and 1 <= int(word) <= _LAST_DAY


def _closed(line: CalendarLine, end: int) -> bool:
    """Whether nothing goes on with the figures: no unit, no other figure."""
    if line.word(end) in _UNITS:
        return False
    full_stop = line.word(end) == "." and not line.glued(end + 1)
    return not line.glued(end) or line.word(end) in (",", ")", ":", ";", "?", "!") or full_stop


def _year(line: CalendarLine, at: int, sign: str) -> tuple[int | None, int]:
    if line.word(at) != sign or not line.glued(at) or not _tied(line, at):
        return None, at
    year = int(line.word(at + 1))
    return (year + _CENTURY if year < 100 else year), at + 2
