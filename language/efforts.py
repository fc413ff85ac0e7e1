"""Efforts: time that was spent, in minutes, said, added up, or from one hour to another."""

import re
from fractions import Fraction

from language.line import Line
from language.numbers import IN_WORDS, INTEGER, WORDS, goes_on, is_end_of_number
from language.spans import Question, Span, SpanKind

HOUR = 60
MOST_TERMS = 6
"""Values of one sum: no line has more, and a reader never looks further."""
MOST_MINUTES = HOUR * 24 * 366
"""A year without sleep: more is a slip of the finger."""
_NOON, _MIDNIGHT = 12 * HOUR, 24 * HOUR
_EARLIEST = 6 * HOUR
"""Hours before that are rather a number of hours: `2h-3h`."""

_UNIT = r"(?:h|heures?|hours?|hrs?|min|mn|minutes?|mins|m|j|jours?|jrs?|journees?|days?|d)"
_SAID = re.compile(
    rf"(?P<number>\d{{1,6}}(?:[.,]\d{{1,4}})?|\d ?/ ?\d|(?:\d )?1⁄[234]|\d⁄\d"
    rf"|{IN_WORDS}) ?(?P<unit>{_UNIT})"
    r"(?![a-z0-9])(?P<more> et demie?s?\b| et quart\b| and a half\b| 1⁄2(?!\d)| ½)?"
)
_CLOCK = re.compile(
    r"(?P<hours>\d{1,3}) ?(?:h|:) ?(?P<minutes>\d\d)(?![\d.,])(?: ?(?:min|mn|m)\b)?"
)
_APART = re.compile(r"(?P<hours>\d{1,2})h (?P<minutes>\d\d)(?!\d| ?(?:€|%|euro|eur\b|cts?\b|x\b))")
_TWO_DECIMALS = re.compile(r"(?P<hours>\d{1,2})[.,](?P<minutes>15|30|45) ?(?:h|heures?|hours?)\b")
_HALF = re.compile(
    r"(?:(?P<number>\d|deux|trois|quatre|two|three) (?!1[/⁄]))?(?:(?:une|un"
    r"|1(?! 1[/⁄])|a) )?"
    r"(?:(?:demie?s?|half|1/2|1⁄2)(?: an?)?[ -]?(?P<unit>journees?|jours?|j"
    r"|heures?|h|days?|hours?))\b"
    r"|half (?:an?) (?P<english>hour|day)\b"
)
_QUARTERS = re.compile(
    r"(?P<count>un quart|trois quarts|a quarter|three quarters)(?: d'"
    r"| of an )h(?:eure|our)\b"
)
_HOUR_OF_DAY = (
    r"(?:(?:\d{1,2}) ?(?:h ?(?:\d\d)?|heures?(?: \d\d)?|:\d\d|am\b|pm\b)(?![\da-z])"
    r"|midi\b|minuit\b|noon\b|midnight\b)"
)
_RANGE = re.compile(
    rf"(?:(?P<led>de|entre|from|between) )?(?P<first>{_HOUR_OF_DAY})"
    rf" ?(?P<tie>-|a|et|to|and|/|jusqua"
    rf"|until) ?(?P<last>{_HOUR_OF_DAY})"
)
_SHORT_RANGE = re.compile(
    r"(?:(?P<led>de|from) )?(?P<first>\d{1,2}) ?(?P<tie>-|a"
    r"|to) ?(?P<last>\d{1,2}) ?h(?:eures?|ours?)?\b"
)
_PER = re.compile(
    r"(?:/ ?|par |chaque |per |a "
    r"|each )"
    r"(?:jour|day|semaine|week|mois|month|an|year|soir|evening|personnes?|person"
    r"|pers|trimestre)\b"
)
_OVER = re.compile(
    r"(?:sur|en|pendant|over|in) (?:plusieurs|quelques|several|a few|\d{1,2}|deux"
    r"|trois|quatre|cinq|six|sept|huit|dix|two|three"
    r"|four|five) (?:jours?|days?|semaines?|weeks?)\b"
)
_ABOUT = re.compile(
    r"(?:environ|env\b\.?|a peu pres|presque|~|≈|pres de|about|around|nearly|almost)"
)
_TIMES = ("x", "×", "*", "fois", "times")
_JOINS = ("+", "et", "and", "&")
_WRITTEN_OUT = re.compile(r"(?P<minutes>15|20|30|40|45|50|10)(?![\d.,]| ?(?:€|%|euro|h\b|x\b))")
_MINUTES_AFTER = re.compile(r"(?:(?:et|and) )?(?P<minutes>\d{1,2}) ?(?:min|mn|minutes)\b")


def effort(line: Line, at: int, minutes_per_day: int = 7 * HOUR) -> Span | None:
    """The effort that begins at a place: `2h30`, `3 x 2h`, `2h + 30 min`, `14h-17h`.

    `how`: computed, range, rate, days. A question where figures can be read two ways.
    """
    if goes_on(line, at):
        return None
    about = line.match(_ABOUT, at)
    start = about[1] if about else at
    return _range(line, at, start) or _amount_of_time(line, at, start, minutes_per_day)


def counts_time(line: Line, at: int) -> bool:
    """Whether the number there counts hours, minutes or days."""
    return line.match(_SAID, at) is not None or line.match(_CLOCK, at) is not None


def _amount_of_time(line: Line, at: int, start: int, a_day: int) -> Span | None:
    times = line.match(INTEGER, start)
    if times and line.word(times[1]) in _TIMES and (one := _one(line, times[1] + 1, a_day)):
        how = one.how or "computed"
        return _effort(at, one.end, one.value * int(times[0].group()), how, one.question)
    one = _one(line, start, a_day)
    if one is None:
        return None
    if is_end_of_number(line, start):
        return _effort(at, one.end, one.value, "", Question("effort.not-understood"))
    minutes, end, how, question = one.value, one.end, one.how, one.question
    if line.word(at - 1) == "-" and line.glued(at) and not line.glued(at - 1):
        at, question = at - 1, Question("effort.not-understood")
    if how == "days" and (more := _one(line, end, a_day)) and more.how != "days":
        minutes, end = minutes + more.value, more.end
    for _ in range(MOST_TERMS):
        more = _one(line, end + 1, a_day) if line.word(end) in _JOINS else None
        if more is None or more.question:
            break
        how = "days" if "days" in (how, more.how) else "computed"
        minutes, end = minutes + more.value, more.end
    return _whole(line, at, Span(SpanKind.EFFORT, at, end, minutes, how=how, question=question))


def _whole(line: Line, at: int, said: Span) -> Span | None:
    rate = line.match(_PER, said.end)
    if rate:
        return Span(SpanKind.EFFORT, at, rate[1], said.value, how="rate")
    over = line.match(_OVER, said.end)
    if over:
        return _effort(at, over[1], said.value, "days", said.question)
    times = line.match(INTEGER, said.end + 1) if line.word(said.end) in _TIMES else None
    if times and line.word(times[1]) not in ("€", "euros", "euro"):
        minutes = said.value * int(times[0].group())
        return _effort(at, times[1], minutes, "computed", said.question)
    return _effort(at, said.end, said.value, said.how, said.question)


def _effort(
    at: int, end: int, minutes: Fraction | int, how: str, question: Question | None
) -> Span:
    whole = int(minutes + Fraction(1, 2))
    if question is None and not 0 < whole <= MOST_MINUTES:
        values = {"minutes": whole, "limit": MOST_MINUTES}
        question = Question("effort.out-of-range", values=values)
    return Span(SpanKind.EFFORT, at, end, whole, how=how, question=question)


def _one(line: Line, at: int, a_day: int) -> Span | None:
    """One effort, nothing added to it."""
    return (
        _doubtful(line, at)
        or _with_minutes(line, at)
        or _quarters(line, at)
        or _half(line, at, a_day)
        or _with_unit(line, at, a_day)
        or _primes(line, at)
    )


def _doubtful(line: Line, at: int) -> Span | None:
    """`2.30h` is two hours and a half to some, 2.3 hours to others; `2h 30` may begin a text."""
    decimal = line.match(_TWO_DECIMALS, at)
    if decimal:
        hours, part = int(decimal[0]["hours"]), int(decimal[0]["minutes"])
        both = (hours * HOUR + part, int(hours * HOUR + Fraction(part * HOUR, 100)))
        return Span(SpanKind.EFFORT, at, decimal[1], both[0], question=_asked(*both))
    apart = line.match(_APART, at)
    if not apart or int(apart[0]["minutes"]) >= HOUR:
        return None
    minutes = int(apart[0]["hours"]) * HOUR + int(apart[0]["minutes"])
    alone = apart[1] >= len(line) or line.word(apart[1]) in (
        "min",
        "mn",
        "minutes",
        "de",
        "d",
        "of",
    )
    question = None if alone else _asked(minutes, int(apart[0]["hours"]) * HOUR)
    return Span(SpanKind.EFFORT, at, line_after_minutes(line, apart[1]), minutes, question=question)


def line_after_minutes(line: Line, at: int) -> int:
    """The place after a unit of minutes, if one stands there."""
    return at + 1 if line.word(at) in ("min", "mn", "minutes") else at


def _asked(*minutes: int) -> Question:
    return Question("effort.ambiguous", minutes)


def _with_minutes(line: Line, at: int) -> Span | None:
    found = line.match(_CLOCK, at)
    if found is None or int(found[0]["minutes"]) >= HOUR or ":" in found[0].group():
        return None
    minutes = int(found[0]["hours"]) * HOUR + int(found[0]["minutes"])
    return Span(SpanKind.EFFORT, at, found[1], minutes)


def _quarters(line: Line, at: int) -> Span | None:
    found = line.match(_QUARTERS, at)
    if found is None:
        return None
    three = found[0]["count"].startswith(("trois", "three"))
    return Span(SpanKind.EFFORT, at, found[1], 45 if three else 15)


def _half(line: Line, at: int, a_day: int) -> Span | None:
    found = line.match(_HALF, at)
    if found is None:
        return None
    unit = found[0]["unit"] or found[0]["english"]
    count = found[0]["number"] or "1"
    number = int(count) if count.isdecimal() else WORDS[count]
    minutes = Fraction(number * (HOUR if unit[0] == "h" else a_day), 2)
    return Span(SpanKind.EFFORT, at, found[1], minutes, how="" if unit[0] == "h" else "days")


def _with_unit(line: Line, at: int, a_day: int) -> Span | None:
    found = line.match(_SAID, at)
    if found is None or _is_no_effort(found[0]):
        return None
    match, end = found
    unit = HOUR if match["unit"][0] == "h" else 1 if match["unit"][0] == "m" else a_day
    minutes = _quantity(match["number"]) * unit + _and_part(match["more"], unit)
    more = line.match(_MINUTES_AFTER, end) if unit == HOUR else None
    more = more or (line.match(_WRITTEN_OUT, end) if match["unit"][1:] else None)
    if more:
        minutes, end = minutes + int(more[0]["minutes"]), more[1]
    return Span(SpanKind.EFFORT, at, end, minutes, how="days" if unit == a_day else "")


def _primes(line: Line, at: int) -> Span | None:
    """`90'`: minutes."""
    if not line.is_number(at):
        return None
    after = line.text[line.end(at) : line.end(at) + 2]
    if after[:1] not in ("'", "′", "’") or after[1:].isalnum():
        return None
    return Span(SpanKind.EFFORT, at, at + 1, int(line.word(at)[:4]))


def _is_no_effort(match: re.Match[str]) -> bool:
    """A single letter after a word (`un h`), a metre (`2 m`)."""
    if re.search(r"[/⁄] ?0", match["number"]):
        return True
    letter = match["unit"] in ("j", "h", "d", "m")
    apart = match.group().replace(match["number"], "", 1).startswith(" ")
    return letter and (not match["number"][0].isdecimal() or (match["unit"] in "md" and apart))


def _quantity(number: str) -> Fraction:
    if number in WORDS:
        return Fraction(WORDS[number])
    whole, _, part = number.replace("⁄", "/").rpartition(" ") if "⁄" in number else ("", "", number)
    over, _, under = part.replace(" ", "").partition("/")
    if under:
        fraction = Fraction(int(over), int(under)) if int(under) else Fraction(0)
        return int(whole or 0) + fraction
    return Fraction(over.replace(",", "."))


def _and_part(more: str | None, unit: int) -> Fraction:
    if not more:
        return Fraction(0)
    return Fraction(unit, 4) if "quart" in more else Fraction(unit, 2)


def _range(line: Line, at: int, start: int) -> Span | None:
    """From one hour of the day to another: what lies between, past midnight if need be."""
    found = line.match(_RANGE, start) or line.match(_SHORT_RANGE, start)
    if found is None:
        return None
    match, end = found
    first, last = _of_day(match["first"]), _of_day(match["last"])
    if first is None or last is None or (match["tie"] in ("et", "and") and not match["led"]):
        return None
    early = first < _EARLIEST and last <= _NOON and not match["led"]
    minutes = last - first if last > first else last + _MIDNIGHT - first
    question = _asked(minutes, last) if early else None
    return Span(SpanKind.EFFORT, at, end, minutes, how="range", question=question)


def _of_day(said: str) -> int | None:
    """Minutes since midnight of an hour of the day; None for one that does not exist."""
    if said[0] == "n" or said.startswith("midi"):
        return _NOON
    if said.startswith(("minuit", "midnight")):
        return _MIDNIGHT
    found = re.match(r"(\d{1,2}) ?(?:h|:|heures?|am|pm)? ?(\d\d)?", said)
    if found is None:
        return None
    minutes = int(found[1]) * HOUR + int(found[2] or 0)
    late = "pm" in said and minutes < _NOON
    return minutes + _NOON if late else minutes if minutes <= _MIDNIGHT else None
