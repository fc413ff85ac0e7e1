"""A day of a month: `mardi 9 avril 2024`, `09/04`, `2024-04-09`, `April 9th`, `le 15`."""

from dataclasses import replace

from language.calendar.hours import hours
from language.calendar.line import CalendarLine
from language.calendar.names import (
    ANY_MONTH,
    MONTHS,
    NEXT,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    THIS,
    WEEKDAYS,
)
from language.calendar.numbers import begins, day_number, figures, ordinal
from language.calendar.periods import of_month, toward, year
from language.calendar.specs import Dated
from language.calendar.words import longest

_ARTICLES = ("le", "du", "au", "on", *THIS)
_FRENCH_ONLY = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout"),
    *("septembre", "octobre", "novembre", "decembre", "janv", "fevr", "fev", "avr", "juil"),
)
_CENTURY, _TWO_FIGURES = 2000, 100
_MONTHS_A_YEAR = 12


def dated(line: CalendarLine, at: int, *, led: bool = False) -> tuple[Dated, int] | None:
    """Return the day of a month said at a place; whether it exists is not asked here.

    `led`: an article was read before it, so that a number alone is a day (`jusqu'au 15`).
    """
    start = line.after(line.after(at, *_ARTICLES), "the")
    named = _weekday(line, start)
    if named is None:
        return _body(line, start, None, sure=led or start > at)
    weekday, after, short = named
    after = line.after(line.after(after, *NEXT), ",")
    start = line.after(after, "le", "the")
    paused = line.word(start - 1) == ","  # `lundi, 10 fois` says no day
    return _body(line, start, weekday, sure=not short and not paused)


def _weekday(line: CalendarLine, at: int) -> tuple[int, int, bool] | None:
    word = line.word(at)
    if word in WEEKDAYS:
        return WEEKDAYS[word], at + 1, False
    if word in SHORT_WEEKDAYS:
        return SHORT_WEEKDAYS[word], _after_dot(line, at + 1), True
    return None


def _after_dot(line: CalendarLine, at: int) -> int:
    return at + 1 if line.word(at) == "." and line.glued(at) else at


def _body(
    line: CalendarLine, at: int, weekday: int | None, *, sure: bool
) -> tuple[Dated, int] | None:
    """Read what follows the weekday; the day alone only after an article or a whole weekday."""
    if not (begins(line, at) or line.word(at) in ANY_MONTH):
        return None
    found = longest(
        _in_figures(line, at, weekday),
        _day_then_month(line, at, weekday),
        _month_then_day(line, at, weekday),
    )
    return found or _day_alone(line, at, weekday, sure=sure)


def _in_figures(line: CalendarLine, at: int, weekday: int | None) -> tuple[Dated, int] | None:
    first, second = _figures_before(line, at, ""), _figures_before(line, at + 2, line.word(at + 1))
    third = _figures_before(line, at + 4, line.word(at + 1))
    end = at + 3 if third is None else at + 5
    if first is None or second is None or second >= _TWO_FIGURES or _goes_on(line, end):
        return None
    if line.word(at + 1) != "/" and third is None:
        return None
    if len(line.word(at)) == len("2024"):
        return None if third is None else (Dated(third, second, first, weekday), end)
    said = Dated(first, second, _whole_year(third), weekday)
    doubtful = first != second and first <= _MONTHS_A_YEAR and line.english
    return (replace(said, swapped=doubtful and line.word(at + 1) == "/"), end)


def _figures_before(line: CalendarLine, at: int, sign: str) -> int | None:
    """Return the number at a place, where a sign (`/`, `-`, `.`) ties it to the one before."""
    tied = line.word(at - 1) == sign and line.glued(at - 1) and line.glued(at)
    if sign and not (sign in ("/", "-", ".") and tied):
        return None
    return figures(line, at)


def _goes_on(line: CalendarLine, end: int) -> bool:
    return line.glued(end) and (line.word(end) in ("/", "%", "€") or line.word(end).isdecimal())


def _whole_year(said: int | None) -> int | None:
    short = said is not None and said < _TWO_FIGURES
    return said + _CENTURY if said is not None and short else said


def _day_then_month(line: CalendarLine, at: int, weekday: int | None) -> tuple[Dated, int] | None:
    """`9 avril 2024`, `1er mai`, `9th of April`, `le 15 du mois prochain`."""
    found = day_number(line, at)
    if found is None:
        return None
    day, after = found
    place = line.after(after, "de", "d", "of")
    month = ANY_MONTH.get(line.word(place))
    if month is not None:
        return _with_year(line, Dated(day, month, None, weekday), place)
    return _of_a_month(line, Dated(day, None, None, weekday), after)


def _of_a_month(line: CalendarLine, said: Dated, at: int) -> tuple[Dated, int] | None:
    of = of_month(line, at)
    if of is None:
        return None
    period, after = of
    if period is None:
        return Dated(said.day, weekday=said.weekday, habitual=True), after
    placed = Dated(said.day, period.number, period.year, said.weekday, period.shift)
    return replace(placed, toward=period.toward), after


def _month_then_day(line: CalendarLine, at: int, weekday: int | None) -> tuple[Dated, int] | None:
    """`April 9`, `April the 9th, 2024`: English names only."""
    month = ANY_MONTH.get(line.word(at))
    if month is None or line.word(at) in _FRENCH_ONLY:
        return None
    place = line.after(_after_dot(line, at + 1), "the")
    found = ordinal(line, place) or (None if hours(line, place) else day_number(line, place))
    if found is None or (line.glued(found[1]) and line.word(found[1]).isalpha()):
        return None
    return _year_at(line, Dated(found[0], month, None, weekday), found[1])


def _with_year(line: CalendarLine, said: Dated, month_at: int) -> tuple[Dated, int]:
    after = month_at + 1
    if line.word(month_at) in SHORT_MONTHS and line.word(month_at) not in MONTHS:
        after = _after_dot(line, after)
    way = toward(line, after)
    return (replace(said, toward=way), after + 1) if way else _year_at(line, said, after)


def _year_at(line: CalendarLine, said: Dated, at: int) -> tuple[Dated, int]:
    found = year(line, line.after(at, ","))
    if found is None:
        return said, at
    return Dated(said.day, said.month, found[0], said.weekday), found[1]


def _day_alone(
    line: CalendarLine, at: int, weekday: int | None, *, sure: bool
) -> tuple[Dated, int] | None:
    """`le 15`, `mardi 9`, `the 15th`: never a number that is an hour."""
    ranked = ordinal(line, at)
    if not (ranked or sure) or figures(line, at) is None or hours(line, at):
        return None
    found = ranked or day_number(line, at)
    if not found or (line.glued(found[1]) and line.word(found[1]) not in (",", ".", ")", ";")):
        return None
    return Dated(found[0], weekday=weekday), line.after(found[1], "prochain")
