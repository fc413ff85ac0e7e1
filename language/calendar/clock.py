"""One hour as people say it: `14h30`, `9 h 30`, `2pm`, `6.30 pm`, `midi et demi`, `minuit`."""

from dataclasses import dataclass, replace
from enum import Enum

from circle.calendar.parts import DAY, HOUR, NOON, Part, placed
from language.calendar.line import CalendarLine, Phrases
from language.calendar.names import ANY_MONTH
from language.calendar.numbers import figures, number

IMPOSSIBLE = -1

_HOUR_WORDS = ("h", "heure", "heures")
_WRITTEN_OUT = ("heure", "heures", "midi", "minuit")
_LAST_SAFE_ENGLISH = 7


class ClockForm(Enum):
    """How sure an hour is."""

    PLAIN = "plain"
    HALF_SAID = "half-said"
    HALF_UNSAID = "half-unsaid"
    """English, on twelve hours, without am or pm."""
    MIDNIGHT = "midnight"
    """`mardi minuit`: Tuesday may begin or end then."""


@dataclass(frozen=True, slots=True)
class ClockHour:
    """Minutes since the local midnight, 0 to 1440, or IMPOSSIBLE.

    `fold` is which of the two, for a time the clocks go through twice (`heure d'été`: 0,
    `heure d'hiver`: 1); None when it was not said.
    """

    minutes: int
    form: ClockForm = ClockForm.PLAIN
    fold: int | None = None


_PARTS = Phrases(
    {
        **dict.fromkeys(("am", "a . m .", "a . m"), Part.AM),
        **dict.fromkeys(("pm", "p . m .", "p . m"), Part.PM),
        **dict.fromkeys(("du matin", "in the morning"), Part.MORNING),
        **dict.fromkeys(("de l apresmidi", "in the afternoon"), Part.AFTERNOON),
        **dict.fromkeys(("du soir", "in the evening"), Part.EVENING),
    }
)
_SEASONS = Phrases({"heure d ete": 0, "heure d hiver": 1})
_MINUTES = Phrases({"et demie": 30, "et demi": 30, "et quart": 15, "moins le quart": -15})


def candidates(clock: ClockHour, part: Part | None) -> tuple[int, ...]:
    """Return the minutes an hour can mean; none where it contradicts the part of the day."""
    if clock.minutes == IMPOSSIBLE:
        return ()
    if clock.form is ClockForm.MIDNIGHT:
        nights = {Part.EVENING: (DAY,), Part.MORNING: (0,), None: (0, DAY)}
        return tuple(night + clock.minutes for night in nights.get(part, ()))
    if part is not None:
        found = placed(clock.minutes, part)
        return () if found is None else (found,)
    if clock.form is ClockForm.HALF_UNSAID:
        return tuple(sorted((clock.minutes, (clock.minutes + NOON) % DAY)))
    return (clock.minutes,)


def clock(line: CalendarLine, at: int) -> tuple[ClockHour, int] | None:
    """Return the hour said at a place and the place after it."""
    found = _named(line, at) or _counted(line, at)
    if found is None:
        return None
    season = _SEASONS.at(line, line.after(found[1], "("))
    if season is None:
        return found
    return replace(found[0], fold=season[0]), line.after(season[1], ")")


def _named(line: CalendarLine, at: int) -> tuple[ClockHour, int] | None:
    if line.word(at) in ("midi", "noon"):
        minutes, after = _minutes(line, at + 1)
        return ClockHour(NOON + minutes), after
    if line.word(at) in ("minuit", "midnight"):
        minutes, after = _minutes(line, at + 1)
        if minutes < 0:  # `minuit moins le quart` belongs to the day that ends
            return ClockHour(DAY + minutes), after
        return ClockHour(minutes, ClockForm.MIDNIGHT), after
    return None


def _counted(line: CalendarLine, at: int) -> tuple[ClockHour, int] | None:
    found = number(line, at)
    if found is None:
        return None
    hour, after = found
    if line.word(after) in _HOUR_WORDS:
        minutes, end = _minutes(line, after + 1)
        return _halved(line, hour, minutes, end)
    if _two_figures(line, after) is not None:
        return _with_sign(line, at, after)
    if line.word(after) == "oclock":
        return _half_unsaid(line, hour, after + 1)
    return _halved(line, hour, 0, after) if part_after(line, after) else None


def _with_sign(line: CalendarLine, at: int, sign: int) -> tuple[ClockHour, int] | None:
    """Read `14:30`, `14:30:00` and `6.30 pm`."""
    hour, minutes, after = int(line.word(at)), _two_figures(line, sign) or 0, sign + 2
    halved = part_after(line, after) is not None
    if line.word(sign) == ".":
        return _halved(line, hour, minutes, after) if halved else None
    if _two_figures(line, after) == 0:  # 14:30:00
        after += 2
    doubtful = len(line.word(at)) == 1 and 0 < hour <= _LAST_SAFE_ENGLISH
    if doubtful and line.english and not halved:
        return ClockHour(hour * HOUR + minutes, ClockForm.HALF_UNSAID), after
    return _halved(line, hour, minutes, after)


def _two_figures(line: CalendarLine, sign: int) -> int | None:
    """Return the two figures that stand right after a `:` or `.` that touches both sides."""
    joined = line.word(sign) in (":", ".") and line.glued(sign) and line.glued(sign + 1)
    whole = joined and line.word(sign - 1).isdecimal() and len(line.word(sign + 1)) == len("30")
    return figures(line, sign + 1) if whole else None


def _minutes(line: CalendarLine, at: int) -> tuple[int, int]:
    """Return the minutes said after an hour (none: 0) and the place after them."""
    in_words = _MINUTES.at(line, at)
    if in_words:
        return in_words
    if line.word(at) == "moins":
        return _minutes_before(line, at)
    in_figures = figures(line, at)
    if in_figures is not None:
        return _minutes_in_figures(line, at, in_figures)
    return _minutes_in_words(line, at)


def _minutes_before(line: CalendarLine, at: int) -> tuple[int, int]:
    """`neuf heures moins dix`: fives and tens only, so that other words stay a text."""
    found = number(line, at + 1)
    if found and found[0] in (5, 10, 20, 25):
        return -found[0], found[1]
    return 0, at


def _minutes_in_figures(line: CalendarLine, at: int, value: int) -> tuple[int, int]:
    said = len(line.word(at)) == len("30") and (value < HOUR or line.glued(at))
    colon = line.word(at + 1) == ":" and line.glued(at + 1) and line.glued(at + 2)
    if not said or colon or line.word(at + 1) in (*ANY_MONTH, "h", "heures", "/"):
        return 0, at
    return value, line.after(at + 1, "min", "mn", "minutes")


def _minutes_in_words(line: CalendarLine, at: int) -> tuple[int, int]:
    """`quatorze heures trente`: only fives, so that `neuf heures deux amis` stays what it is."""
    found = number(line, at)
    five = 5
    if found and line.word(at - 1) in _WRITTEN_OUT and found[0] % five == 0 and found[0] < HOUR:
        return found
    return 0, at


def part_after(line: CalendarLine, at: int) -> tuple[Part, int] | None:
    """Return the part of the day that follows an hour: `pm`, `du soir`, `in the morning`."""
    return _PARTS.at(line, at)


def _checked(hour: int, minutes: int) -> int:
    total = hour * HOUR + minutes
    return total if 0 <= total <= DAY and minutes < HOUR else IMPOSSIBLE


def _halved(line: CalendarLine, hour: int, minutes: int, at: int) -> tuple[ClockHour, int]:
    """Apply `am`, `pm`, `du soir`… where one follows."""
    total = _checked(hour, minutes)
    found = part_after(line, at)
    if found is None:
        return ClockHour(total), line.after(at, "precise", "precises", "pile", "sharp")
    part, after = found
    english_beyond_twelve = part in (Part.AM, Part.PM) and total >= NOON + HOUR
    if total == IMPOSSIBLE or english_beyond_twelve:
        return ClockHour(IMPOSSIBLE), after
    inside = placed(total, part)
    return ClockHour(IMPOSSIBLE if inside is None else inside, ClockForm.HALF_SAID), after


def _half_unsaid(line: CalendarLine, hour: int, at: int) -> tuple[ClockHour, int] | None:
    """Read `9 o'clock`, with what may place it."""
    if not 0 < hour <= NOON // HOUR:
        return None
    if part_after(line, at):
        return _halved(line, hour, 0, at)
    return ClockHour(hour * HOUR, ClockForm.HALF_UNSAID), at


def bare_hour(line: CalendarLine, at: int) -> tuple[ClockHour, int] | None:
    """Read the number after `at` in English: `at 9`, `at 9 in the evening`."""
    found = number(line, at)
    return _half_unsaid(line, *found) if found else None
