"""What bounds a repetition: `à partir de`, `jusqu'en juin`, `sauf en août`, `10 fois`."""

from dataclasses import replace

from language.calendar.completing import completed
from language.calendar.dated import dated
from language.calendar.days import day
from language.calendar.line import CalendarLine
from language.calendar.names import ANY_WEEKDAY, MONTHS
from language.calendar.numbers import number
from language.calendar.periods import year
from language.calendar.repeats import Skips
from language.calendar.specs import SaidPeriod, Spec, Stage, Unit, Within
from language.calendar.words import longest

_SINCE = ("apartir", "des", "depuis", "since", "starting", "beginning", "from")
UNTIL = ("jusqua", "jusquau", "jusquen", "until", "till", "through")
EXCEPT = ("sauf", "except", "excepte", "hormis")
_ITEM_LEADS = ("en", "in", "le", "les", "on", "the", "pendant", "during")
_AND = ("et", "and", "&", ",", "ou", "or", "ni")
_WEEKEND = (5, 6)


def since(line: CalendarLine, at: int) -> tuple[Spec, int] | None:
    """Return the day from which something holds; a month is taken from its first day."""
    if line.word(at) not in _SINCE:
        return None
    start = line.after(at + 1, "de", "du", "d", "on", "from")
    found = longest(day(line, start), day(line, at + 1))
    return (_edge(found[0], Stage.START, Stage.BEGINNING), found[1]) if found else None


def between(line: CalendarLine, at: int) -> tuple[tuple[Spec, Spec], int] | None:
    """Return the first and last day of `du 9 avril au 30 juin`, `from may to july`."""
    if line.word(at) not in ("du", "de", "from", "entre", "between"):
        return None
    first = longest(day(line, at), day(line, at + 1))
    if not first or line.word(first[1]) not in ("au", "a", "to", "et", "and", *UNTIL):
        return None
    last = longest(day(line, first[1]), day(line, first[1] + 1))
    whole = completed(first[0], last[0]) if last else None
    if not last or not whole:
        return None
    edges = _edge(whole, Stage.START, Stage.BEGINNING), _edge(last[0], Stage.LATE, Stage.ENDING)
    return edges, last[1]


def until(line: CalendarLine, at: int) -> tuple[Spec, int] | None:
    """Return the last day of something; a month or year is taken to its end."""
    if line.word(at) not in UNTIL:
        return None
    start = line.after(at + 1, "en", "a", "the")
    led = dated(line, at + 1, led=True) if line.word(at) == "jusquau" else None
    found = longest(led, day(line, start), day(line, at + 1), _whole_year(line, start))
    return (_edge(found[0], Stage.LATE, Stage.ENDING), found[1]) if found else None


def _whole_year(line: CalendarLine, at: int) -> tuple[Spec, int] | None:
    found = year(line, at)
    if not found:
        return None
    return Within(SaidPeriod(Unit.YEAR, year=found[0]), Stage.WHOLE), found[1]


def _edge(spec: Spec, loose: Stage, exact: Stage) -> Spec:
    """Return the exact edge of a period said whole, or only loosely at that edge."""
    if isinstance(spec, Within) and spec.stage in (Stage.WHOLE, loose):
        return replace(spec, stage=exact)
    return spec


def skips(line: CalendarLine, at: int) -> tuple[Skips, int] | None:
    """Return what a repetition leaves out."""
    if line.word(at) not in EXCEPT:
        return None
    said, place = Skips(), at + 1
    while found := _item(line, line.after(place, *_ITEM_LEADS)):
        said = _both(said, found[0])
        at, place = found[1], line.after(line.after(found[1], *_AND), *EXCEPT)
        if place == at and line.word(at) not in MONTHS:  # `sauf juillet-août`
            break
    return (said, at) if said != Skips() else None


def _item(line: CalendarLine, at: int) -> tuple[Skips, int] | None:
    one_day = dated(line, at) or dated(line, at - 1)
    readings = [(Skips(days=(one_day[0],)), one_day[1])] if one_day else []
    weekday = ANY_WEEKDAY.get(line.word(at))
    if weekday is not None:
        readings.append((Skips(weekdays=(weekday,)), at + 1))
    if line.word(at) in ("weekend", "weekends"):
        readings.append((Skips(weekdays=_WEEKEND), at + 1))
    if line.word(at) in MONTHS and not year(line, at + 1):
        readings.append((Skips(months=(MONTHS[line.word(at)],)), at + 1))
    return longest(*readings)


def _both(one: Skips, other: Skips) -> Skips:
    return Skips(
        tuple(sorted({*one.months, *other.months})),
        tuple(sorted({*one.weekdays, *other.weekdays})),
        one.days + tuple(day for day in other.days if day not in one.days),
    )


def times(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return how many times: `10 fois`, `6 times`."""
    found = number(line, at)
    known = found and found[0] > 0 and line.word(found[1]) in ("fois", "times")
    return (found[0], found[1] + 1) if found and known else None
