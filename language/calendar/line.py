"""The tokens of a text, any stretch of them, and what was already read at each place.

A reader looks ahead of its place, a few words mostly. What it found is kept with the farthest
place that it looked at: it holds for every stretch that ends beyond. So a text is read once,
however many beginnings and ends are tried on it (`jusqu'à du jusqu'à du …`).
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache, wraps
from itertools import accumulate
from typing import Any, Generic, NamedTuple, TypeVar

from language.calendar.names import ENGLISH

_T = TypeVar("_T")
Found = tuple[_T, int] | None
_BEHIND = 2
"""Words: no reader looks farther back from its place."""
_NOWHERE = -1


class CalendarToken(NamedTuple):
    """A word, a number or a sign, folded; `start` and `end` count in the original text.

    `glued`: it touches what stands before it. A text may be cut before it (`opens`), or after
    it (`closes`).
    """

    text: str
    start: int
    end: int
    glued: bool
    opens: bool
    closes: bool


class _Text:
    """All the tokens, and what was read in them. `farthest`: the last place looked at."""

    __slots__ = ("english", "farthest", "read", "tokens", "words")

    def __init__(self, tokens: tuple[CalendarToken, ...]) -> None:
        self.tokens = tokens
        self.words = [token.text for token in tokens]
        self.english = [0, *accumulate(word in ENGLISH for word in self.words)]
        self.farthest = _NOWHERE
        self.read: dict[Hashable, list[tuple[int, int, Any]]] = {}


class CalendarLine:
    """Tokens in order, perhaps cut out of a longer text; asking beyond the ends gives nothing.

    `english`: a word of it is English only (`mai` and `may` differ, `six` does not).
    """

    __slots__ = ("_end", "_start", "_text", "english")

    def __init__(
        self,
        tokens: tuple[CalendarToken, ...] = (),
        *,
        within: tuple[_Text, int, int] | None = None,
    ) -> None:
        self._text, self._start, self._end = within or (_Text(tokens), 0, len(tokens))
        counted = self._text.english
        self.english = counted[self._end] > counted[self._start]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return self._end - self._start

    @property
    def tokens(self) -> tuple[CalendarToken, ...]:
        """Return the tokens themselves."""
        return self._text.tokens[self._start : self._end]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the folded words."""
        return tuple(self._text.words[self._start : self._end])

    def word(self, at: int) -> str:
        """Return the folded text at a place, empty outside the line."""
        place = self._start + at
        text = self._text
        if place > text.farthest:  # noqa: PLR1730 - asked ten thousand times a line
            text.farthest = place
        return text.words[place] if self._start <= place < self._end else ""

    def glued(self, at: int) -> bool:
        """Tell whether the token at a place touches the one before."""
        return bool(self.word(at)) and self._text.tokens[self._start + at].glued

    def after(self, at: int, *words: str) -> int:
        """Return the place after an optional word: one of these, or nothing."""
        return at + 1 if self.word(at) in words else at

    def follows(self, at: int, phrase: str) -> int:
        """Return the place after these words, or 0 where they do not stand."""
        for word in _cut(phrase):
            if self.word(at) != word:
                return 0
            at += 1
        return at

    def cut(self, start: int, end: int) -> "CalendarLine":
        """Return the tokens from one place to another."""
        first = self._start + min(start, len(self))
        last = self._start + min(end, len(self))
        return CalendarLine(within=(self._text, first, max(first, last)))

    def uncut(self) -> "CalendarLine":
        """Return the line as far as the text goes on."""
        return CalendarLine(within=(self._text, self._start, len(self._text.words)))

    def recall(self, reader: Callable[["CalendarLine", int], Found[_T]], at: int) -> Found[_T]:
        """Return what a reader finds at a place, without reading twice what it looks at."""
        text = self._text
        key = (reader, self._start + at, min(at, _BEHIND), self.english)
        known = text.read.setdefault(key, [])
        for end, farthest, found in known:
            if end == self._end or farthest < min(end, self._end):
                text.farthest = max(text.farthest, farthest)
                return found and (found[0], at + found[1])
        before, text.farthest = text.farthest, _NOWHERE
        new = reader(self, at)
        known.append((self._end, text.farthest, new and (new[0], new[1] - at)))
        text.farthest = max(before, text.farthest)
        return new


def read_once(
    reader: Callable[[CalendarLine, int], Found[_T]],
) -> Callable[[CalendarLine, int], Found[_T]]:
    """Make a reader that reads no place of a text twice."""

    @wraps(reader)
    def recalling(line: CalendarLine, at: int) -> Found[_T]:
        return line.recall(reader, at)

    return recalling


class Phrases(Generic[_T]):
    """What some words, several at a time, mean: found by the first of them."""

    def __init__(self, meanings: Mapping[str, _T]) -> None:
        self._by_first: dict[str, list[tuple[str, _T]]] = {}
        for phrase, meaning in meanings.items():
            self._by_first.setdefault(phrase.split()[0], []).append((phrase, meaning))

    def all_at(self, line: CalendarLine, at: int) -> Iterator[tuple[_T, int]]:
        """Return every meaning at a place, with the place after, in the order of declaration."""
        for phrase, meaning in self._by_first.get(line.word(at), ()):
            if after := line.follows(at, phrase):
                yield meaning, after

    def at(self, line: CalendarLine, at: int) -> tuple[_T, int] | None:
        """Return the first of them."""
        return next(self.all_at(line, at), None)


@lru_cache(maxsize=1024)
def _cut(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())
