"""Repetitions as people say them: `tous les mardis`, `le 15 de chaque mois`, `every quarter`."""

from dataclasses import replace

from language.calendar.hours import hours
from language.calendar.line import CalendarLine, Phrases, read_once
from language.calendar.names import (
    ANY_WEEKDAY,
    DAY_WORDS,
    EACH,
    MONTH_WORDS,
    PARTS,
    QUARTER_WORDS,
    WEEK_WORDS,
    WEEKDAYS,
    WEEKDAYS_PLURAL,
    YEAR_WORDS,
)
from language.calendar.numbers import number
from language.calendar.positions import (
    READERS,
    articles,
    in_month,
    in_week,
    in_year,
    lacking,
    placed,
)
from language.calendar.repeats import Freq, Repeat, RepeatDoubt
from language.calendar.words import longest

_WORKING = (0, 1, 2, 3, 4)
_WORKING_DAYS = Phrases(
    dict.fromkeys(
        ("jours ouvres", "jour ouvre", "jours de semaine", "weekday", "weekdays"),
        Repeat(Freq.WEEKLY, weekdays=_WORKING),
    )
)
_UNITS = {
    **dict.fromkeys(DAY_WORDS, Repeat(Freq.DAILY)),
    **dict.fromkeys(WEEK_WORDS, Repeat(Freq.WEEKLY)),
    **dict.fromkeys(MONTH_WORDS, Repeat(Freq.MONTHLY)),
    **dict.fromkeys(QUARTER_WORDS, Repeat(Freq.MONTHLY, 3)),
    **dict.fromkeys(("semestre", "semestres"), Repeat(Freq.MONTHLY, 6)),
    **dict.fromkeys(YEAR_WORDS, Repeat(Freq.YEARLY)),
}
_ADVERBS = {
    "daily": Repeat(Freq.DAILY),
    "weekly": Repeat(Freq.WEEKLY),
    "monthly": Repeat(Freq.MONTHLY),
    "quarterly": Repeat(Freq.MONTHLY, 3),
    "yearly": Repeat(Freq.YEARLY),
}
REPEATING = frozenset(
    {*EACH, "tous", "toutes", "sur", "weekdays", *MONTH_WORDS, *ANY_WEEKDAY, *_ADVERBS}
)
"""Every repetition holds one of these words: a line without is not searched for one."""
_FORTNIGHT_IN_DAYS, _WEEK_IN_DAYS, _MOST = 15, 8, 99


@read_once
def repeat(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """Return the repetition said at a place, and the place after it."""
    readers = (_each, _of_each, _one_in, _plural_weekdays, _all_week, _adverb)
    return longest(*(reader(line, at) for reader in readers))


def _led(line: CalendarLine, at: int) -> int:
    """Return the place after `chaque`, `tous les`, `every`; 0 where none stands."""
    if line.word(at) in EACH:
        return at + 1
    return line.follows(at, "tous les") or line.follows(at, "toutes les")


def _each(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    after = _led(line, at)
    if not after:
        return None
    readers = (_weekdays, _ranked, _working_days, _parts, _interval, _month_days, _year_day)
    return longest(*(reader(line, after) for reader in readers))


def _weekdays(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`mardis et jeudis`; `deux mardis` and `other tuesday` are every other one."""
    interval, start = _interval_count(line, at)
    found = in_week(line, start)
    if line.word(start) not in ANY_WEEKDAY or not found:
        return None
    return placed(Repeat(Freq.WEEKLY, interval), found[0]), found[1]


def _interval_count(line: CalendarLine, at: int) -> tuple[int, int]:
    if line.word(at) == "other":
        return 2, at + 1
    found = number(line, at)
    return found if found and 0 < found[0] <= _MOST else (1, at)


def _ranked(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    found = in_month(line, at)
    if not found or not found[0].ranked:
        return None
    said = placed(Repeat(Freq.MONTHLY), found[0])
    after = _of_the_month(line, found[1])
    if after == found[1] and line.word(at) in ("second", "2") and line.word(at - 1) == "every":
        said = replace(said, doubt=RepeatDoubt.SECOND)
    return said, after


def _of_the_month(line: CalendarLine, at: int) -> int:
    return _of_each_month(line, at) or line.follows(at, "du mois") or at


def _of_each_month(line: CalendarLine, at: int) -> int:
    if after := line.follows(at, "of the month"):
        return after
    led = _led(line, at + 1) if line.word(at) in ("de", "of") else 0
    return led + 1 if led and line.word(led) in MONTH_WORDS else 0


def _working_days(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    if working := _WORKING_DAYS.at(line, at):
        return working
    found = _span_of_week(line, line.after(at, *DAY_WORDS))
    return (Repeat(Freq.WEEKLY, weekdays=found[0]), found[1]) if found else None


def _parts(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`tous les matins`: each day; the part is left to be read."""
    return (Repeat(Freq.DAILY), at) if line.word(at) in PARTS else None


def _interval(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    count, after = _interval_count(line, at)
    unit = _UNITS.get(line.word(after))
    if unit is None or (unit.freq is Freq.DAILY and count == _WEEK_IN_DAYS):
        return None
    if unit.freq is Freq.DAILY and count == _FORTNIGHT_IN_DAYS:
        unit, count = Repeat(Freq.WEEKLY), 2
    return _with_position(line, replace(unit, interval=unit.interval * count), after + 1)


def _with_position(line: CalendarLine, said: Repeat, at: int) -> tuple[Repeat, int]:
    """Read on: `toutes les semaines`, `le mardi`; `tous les mois`, `le 15`."""
    start = line.after(at, ",")
    reader = READERS.get(said.freq)
    found = None if reader is None or hours(line, start) else reader(line, start)
    numbered = found is not None and bool(found[0].monthdays)
    if not found or (numbered and articles(line, start) == start):
        return said, at
    missing, after = lacking(line, found[1])
    quarter = said.interval == _UNITS["trimestre"].interval and bool(found[0].ranked)
    doubt = (
        RepeatDoubt.QUARTER
        if quarter and line.word(at - 1) in (*QUARTER_WORDS, "quarterly")
        else said.doubt
    )
    return placed(replace(said, doubt=doubt), replace(found[0], lacking=missing)), after


def _month_days(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`tous les 15 du mois`, `chaque dernier jour du mois`, `every 15th`."""
    found = in_month(line, at)
    if not found or found[0].ranked:
        return None
    after = _of_the_month(line, found[1])
    if after == found[1] and line.word(after - 1) not in ("st", "nd", "rd", "th"):
        return None
    missing, end = lacking(line, after)
    return placed(Repeat(Freq.MONTHLY), replace(found[0], lacking=missing)), end


def _year_day(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`chaque 21 juin`."""
    found = in_year(line, at)
    if not found:
        return None
    missing, after = lacking(line, found[1])
    return placed(Repeat(Freq.YEARLY), replace(found[0], lacking=missing)), after


def _of_each(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`le 1er et le 15 de chaque mois`, `the last friday of every quarter`."""
    found = longest(in_month(line, at), in_week(line, at))
    if not found:
        return None
    plural = line.word(at) == "les" and bool(found[0].ranked)
    after = line.follows(found[1], "du mois") if plural else 0
    unit = Repeat(Freq.MONTHLY) if after else _UNITS["semaine"]
    if not after:
        led = _led(line, found[1] + 1) if line.word(found[1]) in ("de", "of", "d") else 0
        unit, after = _UNITS.get(line.word(led), unit), led + 1 if led else 0
    return _of_unit(line, placed(unit, found[0]), after)


def _of_unit(line: CalendarLine, said: Repeat, after: int) -> tuple[Repeat, int] | None:
    weekly = said.freq is Freq.WEEKLY
    if not after or bool(said.weekdays) != weekly or said.freq in (Freq.DAILY, Freq.YEARLY):
        return None
    if line.word(after - 1) in QUARTER_WORDS:
        return (replace(said, quarterly=True), after) if said.ranked else None
    missing, end = lacking(line, after)
    return replace(said, lacking=missing), end


def _one_in(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`un jeudi sur deux`, `une semaine sur deux le mardi`."""
    if line.word(at) not in ("un", "une", "1") or line.word(at + 2) != "sur":
        return None
    count = number(line, at + 3)
    if not count or not 1 < count[0] <= _MOST:
        return None
    weekday = WEEKDAYS.get(line.word(at + 1))
    if weekday is not None:
        return Repeat(Freq.WEEKLY, count[0], (weekday,)), count[1]
    unit = _UNITS.get(line.word(at + 1))
    if unit is None:
        return None
    return _with_position(line, replace(unit, interval=unit.interval * count[0]), count[1])


def _plural_weekdays(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`les mardis et jeudis`, `on tuesdays`."""
    if line.word(articles(line, at)) == "weekdays":
        return Repeat(Freq.WEEKLY, weekdays=_WORKING), articles(line, at) + 1
    found = in_week(line, at)
    plural = line.word(articles(line, at)) in WEEKDAYS_PLURAL
    return (placed(Repeat(Freq.WEEKLY), found[0]), found[1]) if found and plural else None


def _all_week(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    """`du lundi au vendredi`: perhaps this week only."""
    found = _span_of_week(line, at)
    if not found:
        return None
    return Repeat(Freq.WEEKLY, weekdays=found[0], doubt=RepeatDoubt.HABIT), found[1]


def _span_of_week(line: CalendarLine, at: int) -> tuple[tuple[int, ...], int] | None:
    start = line.after(at, "du", "from")
    first, last = WEEKDAYS.get(line.word(start)), WEEKDAYS.get(line.word(start + 2))
    joined = line.word(start + 1) in ("au", "to")
    if first is None or last is None or not joined or first >= last:
        return None
    return tuple(range(first, last + 1)), start + 3


def _adverb(line: CalendarLine, at: int) -> tuple[Repeat, int] | None:
    said = _ADVERBS.get(line.word(at))
    return _with_position(line, said, at + 1) if said else None
