"""What stands around a moment: the title before it, the place after it."""

from dataclasses import dataclass

from commands.reading.slots import Unreadable
from commands.reading.words import unquoted
from language.grammar import ARTICLES
from language.line import Line
from language.spans import Span, SpanKind
from language.text import remaining

_TO = frozenset({"a", "au", "aux", "at", "in", "@", "dans"})
_BY_ITSELF = frozenset(
    {
        "chez",
        "salle",
        "en",
        "sur",
        "local",
        "bureau",
        "visio",
        "visioconference",
        "online",
        "http",
        "https",
        "par",
    }
)
_MARKS = frozenset({",", ":", "-", ";", ".", ")", "("})
_MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class TitleAndPlace:
    """A line, what remains of it without kind words, its moments, what else was taken."""

    line: Line
    bounds: tuple[int, int]
    moments: tuple[Span, ...]
    taken: tuple[Span, ...]


def title_and_place(words: TitleAndPlace, *, placed: bool) -> tuple[str, str]:
    """The title and the place, "" where there is none. What is no place goes on with the title."""
    gaps = _gaps(words) if placed else ()
    place, gone = "", []
    for start, end in gaps:
        found = "" if place else _place(words.line, start, end)
        if found:
            place = found
            gone.append(Span(SpanKind.PLEASANTRY, start, end))
    taken = (*words.moments, *words.taken, *gone)
    title = unquoted(remaining(words.line, words.bounds, taken))
    if len(place) > _MOST_CHARS:
        raise Unreadable("text.too-long", length=len(place), limit=_MOST_CHARS)
    return title, place


def _gaps(words: TitleAndPlace) -> tuple[tuple[int, int], ...]:
    """The stretches after a moment: to the next one, to the end."""
    ends = [*(one.start for one in words.moments[1:]), words.bounds[1]]
    return tuple((one.end, end) for one, end in zip(words.moments, ends, strict=True))


def _place(line: Line, start: int, end: int) -> str:
    """A place that such a stretch is; "" where it goes on with the title."""
    while end > start and line.word(end - 1) in (".", "!", ",", ";", ")"):
        end -= 1
    at = start
    marked = at < end and line.word(at) in (",", "-")
    while at < end and line.word(at) in _MARKS:
        at += 1
    if at >= end:
        return ""
    led = line.word(at) in _TO
    named = marked and (line.capital(at) or line.word(at) in ARTICLES)
    if not (led or line.word(at) in _BY_ITSELF or named or (marked and line.word(start) == ",")):
        return ""
    first = at + 1 if led else at
    return unquoted(line.raw(first, end)).rstrip(" ,.;") if first < end else ""
