"""Hours of a meeting and lengths: `à 14h`, `de 9h30 à 16h30`, `2-4pm`, `pendant 2h`."""

from dataclasses import dataclass

from circle.calendar.parts import HOUR, NOON
from language.calendar.clock import ClockForm, ClockHour, bare_hour, clock
from language.calendar.line import CalendarLine, Phrases, read_once
from language.calendar.numbers import number

_ABOUT = ("vers", "environ", "about", "around")
_BEFORE_ONE = ("a", "at", "@", "des", "apartir")
_BEFORE_TWO = ("de", "from", "entre", "between")
_BETWEEN = ("-", "a", "to", "et", "and", "jusqua", "until", "till")
_LENGTH = ("pendant", "durant", "duree", "for")


@dataclass(frozen=True, slots=True)
class Hours:
    """When in the day: a start, perhaps an end, perhaps only about then."""

    start: ClockHour
    end: ClockHour | None = None
    about: bool = False


@read_once
def hours(line: CalendarLine, at: int) -> tuple[Hours, int] | None:
    """Return the hours said at a place and the place after them."""
    return _range(line, at) or _single(line, at)


def _single(line: CalendarLine, at: int) -> tuple[Hours, int] | None:
    lead = line.after(at, *_BEFORE_ONE)
    if line.word(at) == "t" and line.glued(at) and line.glued(at + 1):  # 2024-04-09T14:00
        lead = at + 1
    lead = line.after(lead, "de") if line.word(lead - 1) == "apartir" else lead
    start = line.after(lead, *_ABOUT)
    found = clock(line, start) or (bare_hour(line, start) if line.word(at) == "at" else None)
    return (Hours(found[0], about=start > lead), found[1]) if found else None


def _range(line: CalendarLine, at: int) -> tuple[Hours, int] | None:
    led = line.word(at) in _BEFORE_TWO
    start = at + 1 if led else line.after(at, "a", "at", "t")
    return _full_range(line, start, led=led) or _short_range(line, start, led=led)


def _joiner(line: CalendarLine, at: int, *, led: bool) -> int:
    """Return the place after the word between two hours, 0 where none stands."""
    word = line.word(at)
    known = word in _BETWEEN and (led or word not in ("et", "and"))
    return at + 1 if known else 0


def _full_range(line: CalendarLine, at: int, *, led: bool) -> tuple[Hours, int] | None:
    """Read two hours with their units; after `de`, the second may lack its own: `de 9h à 11`."""
    first = clock(line, at)
    after = _joiner(line, first[1], led=led) if first else 0
    if not first or not after:
        return None
    second = clock(line, after)
    if not second and led and first[0].form is ClockForm.PLAIN:
        second = _bare(line, after)
    return (Hours(first[0], second[0]), second[1]) if second else None


def _short_range(line: CalendarLine, at: int, *, led: bool) -> tuple[Hours, int] | None:
    """Read `9-11h`, `2-4pm`, `de 9 à 11h`, `2 to 4pm`."""
    first = _bare(line, at)
    after = _joiner(line, first[1], led=led) if first else 0
    if not first or not after:
        return None
    second = clock(line, after)
    tight = line.word(after - 1) == "-" and line.glued(after - 1) and line.glued(after)
    if not second or not (led or tight or second[0].form is ClockForm.HALF_SAID):
        return None
    return Hours(_like(first[0], second[0]), second[0]), second[1]


def _bare(line: CalendarLine, at: int) -> tuple[ClockHour, int] | None:
    found = number(line, at)
    day_hours = 24
    return (ClockHour(found[0] * HOUR), found[1]) if found and found[0] <= day_hours else None


def _like(bare: ClockHour, told: ClockHour) -> ClockHour:
    """Return the first hour of `2-4pm` in the half of the day that stands before the second."""
    later = bare.minutes % NOON + NOON
    shifted = told.form is ClockForm.HALF_SAID and told.minutes >= NOON and later < told.minutes
    return ClockHour(later) if shifted else bare


def length(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return the minutes a meeting lasts: `pendant 2h`, `durée 1h30`, `for 90 minutes`."""
    if line.word(at) not in _LENGTH:
        return None
    return duration(line, line.after(at + 1, "de"))


def duration(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return minutes said as a duration: `2h30`, `90 min`, `une heure et demie`, `an hour`."""
    return _FIXED.at(line, at) or _counted(line, at)


_FIXED = Phrases(
    {
        "une demi heure": 30,
        "un quart d heure": 15,
        "trois quarts d heure": 45,
        "half an hour": 30,
        "an hour and a half": 90,
        "an hour": 60,
        "a quarter of an hour": 15,
    }
)
_MORE = Phrases({"et demie": 30, "et quart": 15, "and a half": 30})


def _counted(line: CalendarLine, at: int) -> tuple[int, int] | None:
    found = number(line, at)
    if found is None:
        return None
    count, after = found
    if line.word(after) in ("min", "mn", "minute", "minutes"):
        return count, after + 1
    if line.word(after) in ("h", "heure", "heures", "hour", "hours", "hr", "hrs"):
        return _with_minutes(line, count * HOUR, after + 1)
    return None


def _with_minutes(line: CalendarLine, whole: int, at: int) -> tuple[int, int]:
    more = _MORE.at(line, at)
    if more:
        return whole + more[0], more[1]
    after = line.after(at, "et", "and")
    found = number(line, after)
    units = ("min", "mn", "minute", "minutes")
    if not found or found[0] >= HOUR:
        return whole, at
    if line.word(found[1]) in units:
        return whole + found[0], found[1] + 1
    tight = after == at and len(line.word(at)) == len("30") and line.word(at).isdecimal()
    return (whole + found[0], found[1]) if tight else (whole, at)
