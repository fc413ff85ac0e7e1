"""Where in its week, month or year a repetition falls: `mardi et jeudi`, `le 15`, `1er mardi`."""

from dataclasses import dataclass

from language.calendar.dated import dated
from language.calendar.line import CalendarLine, Phrases
from language.calendar.names import ANY_WEEKDAY, DAY_WORDS
from language.calendar.numbers import day_number, rank
from language.calendar.periods import ranked
from language.calendar.repeats import Freq, Lacking, Repeat
from language.calendar.words import longest

_AND = ("et", "and", "&", ",")
_ARTICLES = ("le", "les", "on", "the")
_LACKING = Phrases(
    {
        **dict.fromkeys(("quand il existe", "when it exists"), Lacking.SKIP),
        **dict.fromkeys(("ou le dernier jour", "or the last day"), Lacking.LAST),
    }
)


@dataclass(frozen=True, slots=True)
class Position:
    """Days within the repeated unit."""

    weekdays: tuple[int, ...] = ()
    ranked: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    month: int | None = None
    lacking: Lacking = Lacking.ASK


def articles(line: CalendarLine, at: int) -> int:
    """Return the place after `le`, `les`, `on the`."""
    return line.after(line.after(at, *_ARTICLES), "the")


def in_week(line: CalendarLine, at: int) -> tuple[Position, int] | None:
    """Return weekdays, plural or not: `mardi`, `mardis et jeudis`."""
    days: list[int] = []
    end = place = at
    while (day := ANY_WEEKDAY.get(line.word(articles(line, place)))) is not None:
        days.append(day)
        end = articles(line, place) + 1
        place = line.after(line.after(end, ","), *_AND)
        if place == end:
            break
    return (Position(weekdays=tuple(sorted(set(days)))), end) if days else None


def in_month(line: CalendarLine, at: int) -> tuple[Position, int] | None:
    """Return days of a month: ranked weekdays, numbers, the first or last day."""
    return longest(_ranked(line, at), _edge(line, at), _numbered(line, at))


def in_year(line: CalendarLine, at: int) -> tuple[Position, int] | None:
    """Return a day of the year: `21 juin`, `premier mardi de mai`."""
    found = dated(line, at)
    if found and found[0].month and not found[0].year and found[0].weekday is None:
        return Position(monthdays=(found[0].day,), month=found[0].month), found[1]
    return _ranked_in_year(line, at)


def _ranked_in_year(line: CalendarLine, at: int) -> tuple[Position, int] | None:
    found = ranked(line, at)
    month = found[0].month.number if found and found[0].month else None
    if found is None or month is None:
        return None
    place, weekday = found[0].rank, found[0].weekday
    if weekday is None:
        return Position(monthdays=(place,), month=month), found[1]
    return Position(ranked=((place, weekday),), month=month), found[1]


def _edge(line: CalendarLine, at: int) -> tuple[Position, int] | None:
    found = rank(line, articles(line, at))
    known = found and found[0] in (1, -1) and line.word(found[1]) in DAY_WORDS
    return (Position(monthdays=(found[0],)), found[1] + 1) if found and known else None


def _ranked(line: CalendarLine, at: int) -> tuple[Position, int] | None:
    """Read `premier mardi`, `premier et troisième mardis`, `1er mardi et 3e jeudi`."""
    every: list[tuple[int, int]] = []
    end = place = at
    while found := _ranks_of_one(line, place):
        every.extend(found[0])
        end = found[1]
        place = line.after(end, *_AND)
        if place == end:
            break
    return (Position(ranked=tuple(every)), end) if every else None


def _ranks_of_one(line: CalendarLine, at: int) -> tuple[list[tuple[int, int]], int] | None:
    ranks: list[int] = []
    place = articles(line, at)
    while found := rank(line, place):
        ranks.append(found[0])
        place = articles(line, line.after(found[1], *_AND))
    weekday = ANY_WEEKDAY.get(line.word(place))
    if not ranks or weekday is None:
        return None
    return [(one, weekday) for one in ranks], place + 1


def _numbered(line: CalendarLine, at: int) -> tuple[Position, int] | None:
    """Read `15`, `1er et 15`, `15th`."""
    days: list[int] = []
    end = place = at
    while found := day_number(line, articles(line, place)):
        days.append(found[0])
        end = found[1]
        place = line.after(end, *_AND)
        if place == end:
            break
    return (Position(monthdays=tuple(days)), end) if days else None


def lacking(line: CalendarLine, at: int) -> tuple[Lacking, int]:
    """Return what is said of the months that lack the day, and the place after."""
    return _LACKING.at(line, at) or (Lacking.ASK, at)


def placed(repeat: Repeat, position: Position) -> Repeat:
    """Return a repetition put at a position."""
    return Repeat(
        repeat.freq,
        repeat.interval,
        position.weekdays,
        position.ranked,
        position.monthdays,
        position.month,
        position.lacking,
        repeat.quarterly,
        repeat.doubt,
    )


READERS = {
    Freq.WEEKLY: in_week,
    Freq.MONTHLY: in_month,
    Freq.YEARLY: in_year,
}
