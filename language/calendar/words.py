"""A text as the calendar sees it: tokens without case, accents, hyphens or kinds of space.

Every token remembers where it stands in the original, so that what is not a date can be
handed back untouched.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from circle.text import letters
from language.calendar.line import CalendarLine, CalendarToken

_T = TypeVar("_T")

_ALIKE = {
    **dict.fromkeys("'’‘ʼ`´′", "'"),
    **dict.fromkeys("-‐‑‒–—−→", "-"),
    **dict.fromkeys('"«»“”„', '"'),
    "º": "o",
    "°": "o",
}
_AFTER_FIGURES = re.compile(r"[0-9] ?[a-z]+$")
_REACH = 10

MOST_WORDS = 48
"""Tokens: no date is longer."""
_PIECE = re.compile(r"[0-9]+|[a-z]+|[^\s']")

_COMPOUNDS = {
    ("aujourd", "hui"): "aujourdhui",
    ("apres", "demain"): "apresdemain",
    ("avant", "hier"): "avanthier",
    ("apres", "midi"): "apresmidi",
    ("week", "end"): "weekend",
    ("week", "ends"): "weekends",
    ("jusqu", "a"): "jusqua",
    ("jusqu", "au"): "jusquau",
    ("jusqu", "en"): "jusquen",
    ("a", "partir"): "apartir",
    ("d", "ici"): "dici",
    ("o", "clock"): "oclock",
}


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isspace():
        return " "
    return "".join(_ALIKE.get(c, c) for c in letters(char))


def fold(text: str) -> str:
    """Return a text without case, accents, kinds of quotes, dashes and spaces."""
    return "".join(map(_plain, text))


def _traced(text: str) -> tuple[str, Sequence[int]]:
    """Return the folded text and, for each of its characters, its place in the original."""
    folded = [_plain(char) for char in text]
    whole = "".join(folded)
    if len(whole) == len(text) and "" not in folded:
        return whole, range(len(text))
    return whole, [place for place, plain in enumerate(folded) for _ in plain]


def _is_hyphen(folded: str, at: int) -> bool:
    """Tell a hyphen inside words (`après-demain`) from a dash after an hour (`20h-minuit`)."""
    inside = 0 < at < len(folded) - 1
    if not (inside and folded[at] == "-" and folded[at - 1].isalpha() and folded[at + 1].isalpha()):
        return False
    return _AFTER_FIGURES.search(folded, max(0, at - _REACH), at) is None


def _may_open(folded: str, at: int) -> bool:
    return at == 0 or folded[at - 1] in " ("


def _may_close(folded: str, at: int) -> bool:
    following = folded[at : at + 2]
    if following[:1] in ("", " ", ")"):
        return True
    return following[0] in ",;:.!?" and following[1:] in ("", " ")


def _pieces(text: str) -> Iterator[CalendarToken]:
    folded, places = _traced(text)
    for found in _PIECE.finditer(folded):
        start, end = found.span()
        if _is_hyphen(folded, start):
            continue
        glued = start > 0 and folded[start - 1] != " "
        closes = _may_close(folded, end)
        edges = (places[start], places[end - 1] + 1)
        yield CalendarToken(found.group(), *edges, glued, _may_open(folded, start), closes)


def _joined(first: CalendarToken, second: CalendarToken, text: str) -> CalendarToken:
    return CalendarToken(text, first.start, second.end, first.glued, first.opens, second.closes)


def line_of(text: str) -> CalendarLine:
    """Return the tokens of a text, words such as `aujourd'hui` made one."""
    tokens: list[CalendarToken] = []
    for token in _pieces(text):
        compound = _COMPOUNDS.get((tokens[-1].text, token.text)) if tokens else None
        if compound:
            token = _joined(tokens.pop(), token, compound)  # noqa: PLW2901 - it grows
        tokens.append(token)
    return CalendarLine(tuple(tokens))


def longest(*found: tuple[_T, int] | None) -> tuple[_T, int] | None:
    """Return, of several readings with the place after them, the one that goes furthest."""
    return max((one for one in found if one), key=lambda one: one[1], default=None)
