"""A date inside a text: the longest readable beginning, or end, and what is left verbatim."""

from datetime import datetime
from functools import lru_cache

from circle.calendar.values import Looking, When
from circle.calendar.view import View
from language.calendar.line import CalendarLine
from language.calendar.meaning import Want
from language.calendar.reading import MOST_CHARACTERS, interpret, readable
from language.calendar.torn import torn_from_head, torn_from_rest
from language.calendar.words import MOST_WORDS, line_of


def longest_prefix(
    text: str,
    now: datetime,
    *,
    looking: Looking = Looking.FORWARD,
    want: Want = Want.MOMENT,
) -> tuple[When, str] | None:
    """Return the reading of the longest beginning that is a date, and the rest (QUAND TEXTE).

    None where the text does not begin with a date. A beginning that is a date but cannot be
    taken (`le 31 avril`) comes back refused: it is never shortened into another one.
    """
    view = View(now, looking)
    line = _beginning(text)
    tokens = line.tokens
    for end in range(min(len(line), MOST_WORDS), 0, -1):
        if not tokens[end - 1].closes:
            continue
        found = interpret(line.cut(0, end), view, want)
        if readable(found):
            rest = text[tokens[end - 1].end :].lstrip().lstrip(",:;.)").lstrip()
            return torn_from_rest(found, line, end), rest
    return None


def longest_suffix(
    text: str,
    now: datetime,
    *,
    looking: Looking = Looking.FORWARD,
    want: Want = Want.MOMENT,
) -> tuple[str, When] | None:
    """Return what precedes the longest end that is a date, and its reading (TITRE QUAND).

    None where the text does not end with a date. Where the head still holds a piece of a date
    (`mardi ou`, `chaque semaine paire`), the reading is refused, or asked, rather than cut.
    """
    cut = _end(text)
    found = _last(text[cut:], View(now, looking), want)
    return (_without_joiner(text[: cut + found[0]]), found[1]) if found else None


@lru_cache(maxsize=16)  # asked twice of one line: what stands before it, and what it is
def _last(text: str, view: View, want: Want) -> tuple[int, When] | None:
    """Return where the longest end that is a date begins, and its reading."""
    line = line_of(text)
    tokens = line.tokens
    for start in range(max(0, len(line) - MOST_WORDS), len(line)):
        if not tokens[start].opens:
            continue
        found = interpret(line.cut(start, len(line)), view, want)
        if readable(found):
            return tokens[start].start, torn_from_head(found, line, start)
    return None


def _beginning(text: str) -> CalendarLine:
    """Return the tokens of the first words of a text."""
    end, room = 0, MOST_CHARACTERS
    for word in text.split(None, MOST_WORDS)[:MOST_WORDS]:
        room -= len(word)
        if room < 0:
            break
        end = text.index(word, end) + len(word)
    return line_of(text[:end])


def _end(text: str) -> int:
    """Return where the last words of a text begin, beyond which no date is longer."""
    start, room = len(text), MOST_CHARACTERS
    for word in reversed(text.rsplit(None, MOST_WORDS)[-MOST_WORDS:]):
        room -= len(word)
        if room < 0:
            break
        start = text.rindex(word, 0, start)
    return start


def _without_joiner(head: str) -> str:
    """Return a head without the sign that tied it to its date: `Atelier :`, `Atelier –`."""
    bare = head.rstrip().rstrip("(").rstrip()
    tied = bare[-1:] in ("-", "–", "—") and bare[-2:-1].isspace()
    return bare[:-1].rstrip() if tied else bare.rstrip(",:;").rstrip()
