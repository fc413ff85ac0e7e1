"""Moments where they stand: a day and an hour, side by side or apart, or counted from a meeting."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from circle.calendar import Moment
from language.calendar.hours import hours
from language.calendar.limits import EXCEPT
from language.calendar.names import MONTHS
from language.calendar.specs import Later, Within
from language.dates import Dates, Run
from language.grammar import OR
from language.line import Line
from language.numbers import WORDS
from language.scene import Scene
from language.spans import Question, Span, SpanKind

_TIES = OR | {"et", "and", "au", "a", "to", "-", "puis", "then", "jusqua", "jusquau", "until"}
_EXCEPTED = 3
"""Tokens shown of an exception that is not read."""
_NOON = frozenset({"midi", "minuit", "noon", "midnight"})
_OFFSET = re.compile(
    r"(?P<count>\d{1,3}|une?|deux|trois|an?|one|two|three) ?(?P<unit>h|heures?"
    r"|hours?|min|mn|minutes?"
    r"|j|jours?|days?|semaines?|weeks?)(?P<more>\d\d)? (?P<side>avant|apres|before|after)"
    r" (?:la |le |l'|the )?#?m(?P<number>\d{1,6})\b"
)
_EVE = re.compile(
    r"(?:la )?veille de (?:la |l')?#?m(?P<number>\d{1,6})\b|the day before #?m(?P<before>\d{1,6})\b"
)
_VAGUE = re.compile(
    r"(?:\d{1,3}|une?|an?|deux|two) ?(?:h|heures?|hours?|min|minutes?|jours?|days?)(?:\d\d)?"
    r" (?:avant|apres|before|after) (?!#?m\d)\w+"
)
_FEASTS = re.compile(
    r"(?:a |le (?:jour|lundi|dimanche) de |a la |pour (?:la |les )?|pendant les )?"
    r"(?:paques|pentecote|ascension|mardi gras|carnaval|mi careme|la rentree|rentree|les vacances"
    r"|vacances|easter|holidays)\b(?: de \w+)?"
)
_MINUTES = {"h": 60, "m": 1, "j": 1440, "d": 1440, "s": 10080, "w": 10080}


def moments(line: Line, at: int, dates: Dates, scene: Scene) -> list[Span]:
    """What may be a moment, or half of one, that begins there.

    `how`: whole (a day and an hour), later, day, hours, month, vague, feast, bound, tied, part. A
    repetition with an exception that no calendar tells (`sauf vacances scolaires`) is vague.
    """
    fixed = _from_meeting(line, at, scene) or _feast(line, at)
    if fixed:
        return [fixed]
    run = dates.run(at)
    if run is None:
        return []
    if run.said.repeat is not None and line.word(run.end) in EXCEPT:
        end = min(run.end + _EXCEPTED, len(line))
        question = Question("date.vague")
        return [Span(SpanKind.MOMENT, run.start, end, how="vague", question=question)]
    tied = _tied(line, run, dates)
    alone = dates.day(at)
    found = [
        _span(line, run, tied, "tied") if tied else _span(line, run, run.end, _manner(line, run))
    ]
    if tied:
        found.append(_span(line, run, run.end, _manner(line, run)))
    if alone and alone.end < run.end:
        found.append(_span(line, alone, alone.end, _manner(line, alone)))
    return found


def _span(line: Line, run: Run, end: int, how: str) -> Span:
    return Span(SpanKind.MOMENT, run.start, end, run, how=how, lead=line.word(run.start))


def _tied(line: Line, run: Run, dates: Dates) -> int:
    """Where a second date ends that `ou`, `au`, `et` ties to the first; 0 without one."""
    if line.word(run.end) not in _TIES:
        return 0
    for start in (run.end + 1, run.end):
        other = dates.run(start)
        if other and other.end > run.end + 1 and (other.said.day or other.said.hours):
            return other.end
    return 0


def _manner(line: Line, run: Run) -> str:
    said = run.said
    if run.whole:
        return "whole"
    if isinstance(said.day, Later):
        return "later"
    if isinstance(said.day, Within):
        named = line.word(run.start) in MONTHS or line.word(run.start) == "mois"
        return "month" if named else "vague"
    if said.day is not None or said.repeat is not None:
        return "day"
    if said.hours is not None:
        return "noon" if line.word(run.start) in _NOON else "hours"
    bound = said.since or said.until or said.skips or said.times or said.length
    return "bound" if bound else "part"


def _from_meeting(line: Line, at: int, scene: Scene) -> Span | None:
    """`2h avant M1`, `la veille de M1`; without an id, asked."""
    found = line.match(_OFFSET, at)
    if found:
        minutes = _count(found[0]["count"]) * _MINUTES[found[0]["unit"][0]] + int(
            found[0]["more"] or 0
        )
        before = found[0]["side"] in ("avant", "before")
        return _counted(
            at, found[1], int(found[0]["number"]), -minutes if before else minutes, scene
        )
    eve = line.match(_EVE, at)
    if eve:
        number = int(eve[0]["number"] or eve[0]["before"])
        return _at_hour(line, _counted(at, eve[1], number, -_MINUTES["d"], scene))
    vague = line.match(_VAGUE, at)
    if vague:
        question = Question("date.vague")
        return Span(SpanKind.MOMENT, at, vague[1], how="vague", question=question)
    return None


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else WORDS[word]


def _counted(at: int, end: int, number: int, minutes: int, scene: Scene) -> Span:
    start = scene.meetings.get(number)
    if start is None:
        return Span(
            SpanKind.MOMENT, at, end, how="offset", question=Question("date.not-understood")
        )
    moment = Moment(_shifted(start, minutes))
    return Span(SpanKind.MOMENT, at, end, moment, how="offset")


def _at_hour(line: Line, span: Span) -> Span:
    """`la veille de M1 à 18h`: at that hour of the day."""
    said = hours(line.tokens, span.end)
    if said is None or not isinstance(span.value, Moment) or said[0].start.minutes < 0:
        return span
    start = span.value.start.replace(hour=0, minute=0) + timedelta(minutes=said[0].start.minutes)
    return replace(span, end=said[1], value=Moment(start))


def _shifted(start: datetime, minutes: int) -> datetime:
    """Whole days keep the local hour."""
    if minutes % _MINUTES["d"] == 0:
        return start + timedelta(minutes=minutes)
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def _feast(line: Line, at: int) -> Span | None:
    """A feast that moves, or holidays: which day is asked."""
    found = line.match(_FEASTS, at)
    if found is None:
        return None
    question = Question("date.vague")
    return Span(SpanKind.MOMENT, at, found[1], how="feast", lead=line.word(at), question=question)
