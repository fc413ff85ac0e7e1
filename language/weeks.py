"""Days told by their week or counted on: `S50 mardi`, `mardi de la semaine du 7`, `J+3`."""

from datetime import date, timedelta

from language.calendar.dated import dated
from language.calendar.line import CalendarLine
from language.calendar.names import WEEKDAYS
from language.calendar.specs import Dated, SaidPeriod, Shifted, Spec, Stage, Unit, Within

_OF_THE_WEEK = (
    *("de la semaine du", "dans la semaine du", "la semaine du", "semaine du", "cette semaine du"),
    *("of the week of", "in the week of", "the week of", "week of"),
)
_NUMBERED = ("de la semaine", "dans la semaine", "semaine", "of week", "in week", "week")
_WEEKS_A_YEAR = 53
_LAST = 28


def of_week(line: CalendarLine, at: int, today: date) -> tuple[Spec, int] | None:
    """Return a day of a week told by its number or one of its days; the whole week without one."""
    counted = _counted_on(line, at)
    if counted:
        return counted
    start = line.after(at, "le", "on")
    weekday = WEEKDAYS.get(line.word(start))
    found = _week(line, start + (weekday is not None), today)
    if found is None:
        return None
    monday, end = found
    return _of(line, monday, end, weekday, today)


def _counted_on(line: CalendarLine, at: int) -> tuple[Spec, int] | None:
    """`J+3`."""
    tied = line.word(at) == "j" and line.word(at + 1) == "+" and line.glued(at + 2)
    days = line.word(at + 2)
    few = days.isdecimal() and len(days) < len("1000")
    return (Shifted(days=int(days)), at + 3) if tied and few else None


def _of(
    line: CalendarLine, monday: date, end: int, weekday: int | None, today: date
) -> tuple[Spec, int]:
    if weekday is None:
        place = line.after(line.after(end, ","), "le", "on")
        weekday = WEEKDAYS.get(line.word(place))
        end = end if weekday is None else place + 1
    if weekday is None:
        shift = (monday - today + timedelta(days=today.weekday())).days // 7
        return Within(SaidPeriod(Unit.WEEK, shift=shift), Stage.WHOLE), end
    day = monday + timedelta(days=weekday)
    return Dated(day.day, day.month, day.year), end


def _week(line: CalendarLine, at: int, today: date) -> tuple[date, int] | None:
    """The Monday of the week said there, and the place after."""
    for words in _OF_THE_WEEK:
        if after := line.follows(at, words):
            found = dated(line, after, led=True)
            return (_monday(found[0], today), found[1]) if found and found[0].month else None
    for words in _NUMBERED:
        if (after := line.follows(at, words)) and line.word(after).isdecimal():
            return _numbered(line, after, today)
    glued = line.word(at) == "s" and line.glued(at + 1)
    return _numbered(line, at + 1, today) if glued else None


def _numbered(line: CalendarLine, at: int, today: date) -> tuple[date, int] | None:
    word = line.word(at)
    if not word.isdecimal() or not 1 <= int(word[:4]) <= _WEEKS_A_YEAR:
        return None
    number = int(word)
    year = today.year if number >= today.isocalendar().week else today.year + 1
    try:
        return date.fromisocalendar(year, number, 1), at + 1
    except ValueError:
        return None


def _monday(said: Dated, today: date) -> date:
    month, number = said.month or today.month, min(said.day, _LAST)
    year = said.year or today.year
    day = date(year, month, number) if 1 <= month <= 12 else today
    day = day.replace(year=year + 1) if said.year is None and day < today else day
    day += timedelta(days=said.day - number) if said.day <= 31 else timedelta()
    return day - timedelta(days=day.weekday())
