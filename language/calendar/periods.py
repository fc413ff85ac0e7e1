"""Periods and what lies in them: `mi-avril`, `fin du mois`, `le premier mardi de mai`."""

from circle.calendar.values import Looking
from language.calendar.line import CalendarLine, Phrases
from language.calendar.names import (
    DAY_WORDS,
    LAST,
    MONTH_WORDS,
    MONTHS,
    NEXT,
    QUARTER_WORDS,
    THIS,
    WEEK_WORDS,
    WEEKDAYS,
    YEAR_WORDS,
)
from language.calendar.numbers import figures, rank
from language.calendar.specs import Ranked, SaidPeriod, Stage, Unit, Within
from language.calendar.words import longest

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_UNITS = {
    **dict.fromkeys(MONTH_WORDS, Unit.MONTH),
    **dict.fromkeys(WEEK_WORDS, Unit.WEEK),
    **dict.fromkeys(QUARTER_WORDS, Unit.QUARTER),
    **dict.fromkeys(YEAR_WORDS, Unit.YEAR),
    "semestre": Unit.HALF,
    "weekend": Unit.WEEKEND,
}
_STAGES = Phrases(
    {
        "la fin de l": Stage.ENDING,
        "la fin de la": Stage.ENDING,
        "la fin de": Stage.ENDING,
        "la fin d": Stage.ENDING,
        "la fin du": Stage.ENDING,
        "the end of the": Stage.ENDING,
        "the end of": Stage.ENDING,
        "fin de l": Stage.LATE,
        "fin de la": Stage.LATE,
        "fin de": Stage.LATE,
        "fin du": Stage.LATE,
        "fin d": Stage.LATE,
        "fin": Stage.LATE,
        "end of the": Stage.LATE,
        "end of": Stage.LATE,
        "late": Stage.LATE,
        "le debut de": Stage.START,
        "le debut du": Stage.START,
        "debut de": Stage.START,
        "debut d": Stage.START,
        "debut du": Stage.START,
        "debut": Stage.START,
        "the beginning of": Stage.START,
        "beginning of": Stage.START,
        "early": Stage.START,
        "mi": Stage.MIDDLE,
        "mid": Stage.MIDDLE,
        "courant": Stage.WHOLE,
        "en": Stage.WHOLE,
        "in": Stage.WHOLE,
    }
)


def year(line: CalendarLine, at: int) -> tuple[int, int] | None:
    """Return a year in four figures that no hour follows."""
    value = figures(line, at) or 0
    standing = not line.glued(at + 1) or line.word(at + 1) in (",", ".", ")")
    return (value, at + 1) if standing and _FIRST_YEAR <= value <= _LAST_YEAR else None


def named_month(line: CalendarLine, at: int) -> tuple[SaidPeriod, int] | None:
    """Return a month by its name, with or without its year, `prochain` or `dernier`."""
    start = line.follows(at, "mois de") or line.follows(at, "mois d") or at
    month = MONTHS.get(line.word(start))
    if month is None:
        return None
    said = year(line, line.after(start + 1, "de", "of"))
    if said:
        return SaidPeriod(Unit.MONTH, month, said[0]), said[1]
    way = toward(line, start + 1)
    return SaidPeriod(Unit.MONTH, month, toward=way), start + 2 if way else start + 1


def toward(line: CalendarLine, at: int) -> Looking | None:
    """Return the way that `prochain` or `dernier` says."""
    if line.word(at) in NEXT:
        return Looking.FORWARD
    return Looking.BACK if line.word(at) in LAST else None


def counted_period(line: CalendarLine, at: int) -> tuple[SaidPeriod, int] | None:
    """Return a period counted from now's: `ce mois-ci`, `la semaine prochaine`, `last year`."""
    start = line.after(at, "le", "la", "l", "the", "du", "au")
    lead = line.word(start)
    if lead in (*THIS, "next", "last"):
        unit = _UNITS.get(line.word(start + 1))
        shift = 0 if lead in THIS else (1 if lead == "next" else -1)
        return (SaidPeriod(unit, shift=shift), line.after(start + 2, "ci")) if unit else None
    unit = _UNITS.get(lead)
    shifted = _shift(line, start + 1) if unit else None
    return (SaidPeriod(unit, shift=shifted[0]), shifted[1]) if unit and shifted else None


def _shift(line: CalendarLine, at: int) -> tuple[int, int] | None:
    if line.word(at) in NEXT:
        return 1, at + 1
    if line.word(at) in LAST:
        return -1, at + 1
    after = line.follows(at, "qui vient") or line.follows(at, "a venir")
    if after:
        return 1, after
    after = line.follows(at, "en cours") or line.follows(at, "courante")
    return (0, after) if after else None


def current_period(line: CalendarLine, at: int) -> tuple[SaidPeriod, int] | None:
    """Return the period of now, by its unit alone: `fin du mois`, `trimestre`."""
    unit = _UNITS.get(line.word(at))
    return (SaidPeriod(unit, shift=0), at + 1) if unit else None


def within(line: CalendarLine, at: int) -> tuple[Within, int] | None:
    """Return a stage of a period, or the whole of it."""
    staged = (_staged(line, after, stage) for stage, after in _STAGES.all_at(line, at))
    plain = longest(named_month(line, at), counted_period(line, at))
    whole = (Within(plain[0], Stage.WHOLE), plain[1]) if plain else None
    return longest(*staged, whole)


def _staged(line: CalendarLine, at: int, stage: Stage) -> tuple[Within, int] | None:
    bare = None if stage is Stage.WHOLE else current_period(line, at)
    found = longest(named_month(line, at), counted_period(line, at), bare)
    return (Within(found[0], stage), found[1]) if found else None


def of_month(line: CalendarLine, at: int) -> tuple[SaidPeriod | None, int] | None:
    """Return the month after `de`: None for `du mois`, which may mean each month."""
    if line.word(at) not in ("de", "d", "of", "en", "in", "du"):
        return None
    found = longest(named_month(line, at + 1), counted_period(line, at + 1))
    if found and found[0].unit is Unit.MONTH:
        return found
    after = line.follows(at, "du mois") or line.follows(at, "of the month")
    return (None, after) if after else None


def ranked(line: CalendarLine, at: int) -> tuple[Ranked, int] | None:
    """Return the nth weekday, or first or last day, of a month."""
    start = line.after(line.after(at, "le", "du", "on"), "the")
    found = rank(line, start)
    if found is None:
        return None
    place, after = found
    weekday = WEEKDAYS.get(line.word(after))
    if weekday is None and (line.word(after) not in DAY_WORDS or place not in (1, -1)):
        return None
    of = of_month(line, after + 1)
    if of:
        return Ranked(place, weekday, of[0]), of[1]
    lone = weekday is not None and line.word(start) != "last"
    return (Ranked(place, weekday), after + 1) if lone else None
