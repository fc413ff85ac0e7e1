"""A text as the calendar sees it: tokens without case, accents, hyphens or kinds of space.

Every token remembers where it stands in the original, so that what is not a date can be
handed back untouched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from unicodedata import category, normalize

_T = TypeVar("_T")

_ALIKE = {
    **dict.fromkeys("'’‘ʼ`´′", "'"),
    **dict.fromkeys("-‐‑‒–—−→", "-"),
    **dict.fromkeys('"«»“”„', '"'),
    "º": "o",
    "°": "o",
}
_INVISIBLE = ("Mn", "Me", "Cf")
_AFTER_FIGURES = re.compile(r"[0-9] ?[a-z]+$")
_REACH = 10
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


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign, folded; `start` and `end` count in the original text."""

    text: str
    start: int
    end: int
    glued: bool
    """It touches what stands before it."""
    opens: bool
    """A text may be cut before it."""
    closes: bool
    """A text may be cut after it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens in order; asking beyond the ends answers with nothing."""

    tokens: tuple[Token, ...]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.tokens)

    @property
    def words(self) -> frozenset[str]:
        """Return all the folded words."""
        return frozenset(token.text for token in self.tokens)

    def word(self, at: int) -> str:
        """Return the folded text at a place, empty outside the line."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Tell whether the token at a place touches the one before."""
        return 0 <= at < len(self.tokens) and self.tokens[at].glued

    def after(self, at: int, *words: str) -> int:
        """Return the place after an optional word: one of these, or nothing."""
        return at + 1 if self.word(at) in words else at

    def follows(self, at: int, phrase: str) -> int:
        """Return the place after these words, or 0 where they do not stand."""
        words = phrase.split()
        stands = all(self.word(at + index) == word for index, word in enumerate(words))
        return at + len(words) if stands else 0

    def cut(self, start: int, end: int) -> "Line":
        """Return the tokens from one place to another."""
        return Line(self.tokens[start:end])


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    if char.isspace():
        return " "
    folded = normalize("NFKD", normalize("NFKD", char).casefold())
    return "".join(_ALIKE.get(c, c) for c in folded if category(c) not in _INVISIBLE)


def fold(text: str) -> str:
    """Return a text without case, accents, kinds of quotes, dashes and spaces."""
    return "".join(map(_plain, text))


def _traced(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, its place in the original."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = _plain(char)
        folded.append(plain)
        places.extend([place] * len(plain))
    return "".join(folded), places


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
    return re.fullmatch(r"|[ )].?|[,;:.!?]\s?", following) is not None


def _pieces(text: str) -> Iterator[Token]:
    folded, places = _traced(text)
    for found in _PIECE.finditer(folded):
        start, end = found.span()
        if _is_hyphen(folded, start):
            continue
        glued = start > 0 and folded[start - 1] != " "
        closes = _may_close(folded, end)
        edges = (places[start], places[end - 1] + 1)
        yield Token(found.group(), *edges, glued, _may_open(folded, start), closes)


def _joined(first: Token, second: Token, text: str) -> Token:
    return Token(text, first.start, second.end, first.glued, first.opens, second.closes)


def line_of(text: str) -> Line:
    """Return the tokens of a text, words such as `aujourd'hui` made one."""
    tokens: list[Token] = []
    for token in _pieces(text):
        compound = _COMPOUNDS.get((tokens[-1].text, token.text)) if tokens else None
        if compound:
            token = _joined(tokens.pop(), token, compound)  # noqa: PLW2901
        tokens.append(token)
    return Line(tuple(tokens))


def longest(*found: tuple[_T, int] | None) -> tuple[_T, int] | None:
    """Return, of several readings with the place after them, the one that goes furthest."""
    return max((one for one in found if one), key=lambda one: one[1], default=None)
