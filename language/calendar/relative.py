"""Days counted from now: `demain`, `après-demain`, `dans 3 jours`, `il y a une semaine`."""

from language.calendar.hours import duration
from language.calendar.line import CalendarLine, Phrases
from language.calendar.names import DAY_WORDS, MONTH_WORDS, PARTS, THIS, WEEK_WORDS, YEAR_WORDS
from language.calendar.numbers import number
from language.calendar.specs import Later, Shifted

_NAMED = Phrases(
    {
        "the day before yesterday": -2,
        "day before yesterday": -2,
        "the day after tomorrow": 2,
        "day after tomorrow": 2,
        "avanthier": -2,
        "hier": -1,
        "yesterday": -1,
        "aujourdhui": 0,
        "ce jour": 0,
        "today": 0,
        "demain": 1,
        "tomorrow": 1,
        "apresdemain": 2,
    }
)
_WEEKS_ON = Phrases({"en huit": 7, "en 8": 7, "en quinze": 14, "en 15": 14})
_WEEK = 7
_YEAR_IN_MONTHS = 12
_ROUND = (8, 15)  # huit jours, quinze jours: a week, two weeks

Relative = Shifted | Later


def relative(line: CalendarLine, at: int) -> tuple[Relative, int] | None:
    """Return the day, or the instant, counted from now."""
    return _named(line, at) or _ahead(line, at) or _ago(line, at) or _this_part(line, at)


def _named(line: CalendarLine, at: int) -> tuple[Relative, int] | None:
    start = line.after(at, "d")
    found = _NAMED.at(line, start)
    if found is None:
        return None
    more, end = weeks_on(line, found[1])
    return Shifted(days=found[0] + more), end


def weeks_on(line: CalendarLine, at: int) -> tuple[int, int]:
    """Return the days that `en huit` or `en quinze` add, and the place after."""
    return _WEEKS_ON.at(line, at) or (0, at)


def _this_part(line: CalendarLine, at: int) -> tuple[Relative, int] | None:
    """`ce soir`, `ce midi`: today; the part of the day is left to be read."""
    here = line.word(at) in THIS and (line.word(at + 1) in PARTS or line.word(at + 1) == "midi")
    return (Shifted(), at + 1) if here else None


def _ahead(line: CalendarLine, at: int) -> tuple[Relative, int] | None:
    if line.word(at) not in ("dans", "in", "dici", "sous"):
        return None
    return _amount(line, at + 1, 1)


def _ago(line: CalendarLine, at: int) -> tuple[Relative, int] | None:
    if after := line.follows(at, "il y a"):
        return _amount(line, after, -1)
    found = _amount(line, at, -1)
    return (found[0], found[1] + 1) if found and line.word(found[1]) == "ago" else None


def _amount(line: CalendarLine, at: int, sign: int) -> tuple[Relative, int] | None:
    minutes = duration(line, at)
    if minutes:
        return Later(sign * minutes[0]), minutes[1]
    found = (1, at + 1) if line.word(at) in ("a", "an") else number(line, at)
    if found is None:
        return None
    shifted = _shifted(sign * found[0], line.word(found[1]))
    return (shifted, found[1] + 1) if shifted else None


def _shifted(count: int, unit: str) -> Shifted | None:
    if unit in DAY_WORDS or unit == "j":
        rounded = abs(count) in _ROUND and unit in ("jours", "j")
        return Shifted(days=count, round_days=rounded)
    if unit in WEEK_WORDS:
        return Shifted(days=count * _WEEK)
    if unit == "fortnight":
        return Shifted(days=count * 2 * _WEEK)
    if unit in MONTH_WORDS:
        return Shifted(months=count)
    return Shifted(months=count * _YEAR_IN_MONTHS) if unit in YEAR_WORDS else None
