"""A line as every reader sees it: the calendar's tokens, what is quoted, one folded string."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from language.calendar import line as calendar
from language.calendar.words import line_of as tokens_of

_QUOTED = re.compile(r"(?<![^\s(\[:|+'’])(?:\"[^\"]*\"|«[^»]*»|“[^”]*”|„[^”“]*[”“])")
_VULGAR = "½¼¾⅓⅔"
_APOSTROPHES = "'’‘ʼ`´′"
_LONE = {"a": "A", "d": "D"}
"""A capital that stands alone (`salle A`, `16 D`) is a letter, not the word `à` or `d'`."""


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens of a text in order; asking beyond the ends answers with nothing.

    `folded` holds the tokens in one string, apart as they stand in the text: `starts` is where
    each one begins there, `ends` which token follows an end. `quoted` tokens are opaque.
    """

    text: str
    tokens: calendar.CalendarLine
    folded: str
    starts: tuple[int, ...]
    ends: Mapping[int, int] = field(repr=False)
    quoted: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, at: int) -> str:
        """The folded word at a place, empty outside the line."""
        return self.tokens.word(at)

    def glued(self, at: int) -> bool:
        """Whether the token touches the one before."""
        return self.tokens.glued(at)

    def is_word(self, at: int) -> bool:
        return self.word(at).isalpha()

    def is_number(self, at: int) -> bool:
        return self.word(at).isdecimal()

    def raw(self, start: int, end: int) -> str:
        """The text of some tokens as typed, with what stands between them."""
        if start >= end:
            return ""
        return self.text[self.start(start) : self.end(end - 1)]

    def start(self, at: int) -> int:
        """Where a token begins in the text; the text's end beyond the last."""
        return self.tokens.tokens[at].start if at < len(self) else len(self.text)

    def end(self, at: int) -> int:
        """Where a token ends in the text."""
        if at >= len(self):
            return len(self.text)
        return self.tokens.tokens[at].end if at >= 0 else 0

    def goes_on(self, at: int) -> bool:
        """Whether a word goes on at a place: nothing at all stands before it there."""
        tight = 0 < at < len(self) and self.start(at) == self.end(at - 1)
        return tight and self.word(at).isalnum() and self.word(at - 1).isalnum()

    def capital(self, at: int) -> bool:
        """Whether a token is typed with a capital."""
        return 0 <= at < len(self) and self.text[self.start(at)].isupper()

    def match(self, pattern: re.Pattern[str], at: int) -> tuple[re.Match[str], int] | None:
        """A match from a token's start to a token's end, and the place after it."""
        if not 0 <= at < len(self):
            return None
        found = pattern.match(self.folded, self.starts[at])
        end = self.ends.get(found.end(), 0) if found else 0
        return (found, end) if found and end > at else None


def line_of(text: str) -> Line:
    """The tokens of a cleaned text, each knowing whether it is quoted."""
    tokens = _without_lone_letters(text, _fractions_apart(text, tokens_of(text)))
    folded, starts, ends = _joined(text, tokens)
    return Line(text, tokens, folded, starts, ends, _quoted(text, tokens))


def _fractions_apart(text: str, line: calendar.CalendarLine) -> calendar.CalendarLine:
    """`1½` is one and a half, not eleven halves."""
    if not any(char in text for char in _VULGAR):
        return line
    return calendar.CalendarLine(tuple(one for token in line.tokens for one in _apart(text, token)))


def _apart(text: str, token: calendar.CalendarToken) -> tuple[calendar.CalendarToken, ...]:
    raw = text[token.start : token.end]
    if len(raw) < len("1½") or raw[-1] not in _VULGAR or not raw[:-1].isdecimal():
        return (token,)
    whole = token._replace(text=raw[:-1], end=token.end - 1)
    part = token._replace(text=token.text[len(raw) - 1 :], start=token.end - 1, glued=False)
    return whole, part


def _without_lone_letters(text: str, line: calendar.CalendarLine) -> calendar.CalendarLine:
    if text.upper() == text:
        return line
    return calendar.CalendarLine(
        tuple(_lone(text, token, at) for at, token in enumerate(line.tokens))
    )


def _lone(text: str, token: calendar.CalendarToken, at: int) -> calendar.CalendarToken:
    letter = _LONE.get(token.text)
    following = text[token.end : token.end + 1]
    goes_on = following in tuple(_APOSTROPHES) or following.isalnum()
    if not letter or not at or goes_on or text[token.start] != letter:
        return token
    return token._replace(text=letter)


def _joined(text: str, line: calendar.CalendarLine) -> tuple[str, tuple[int, ...], dict[int, int]]:
    parts: list[str] = []
    starts: list[int] = []
    ends: dict[int, int] = {}
    place = before = 0
    for at, token in enumerate(line.tokens):
        gap = _gap(text[before : token.start], token) if at else ""
        place += len(gap)
        starts.append(place)
        parts += (gap, token.text)
        place += len(token.text)
        before = token.end
        ends[place] = at + 1
    return "".join(parts), tuple(starts), ends


def _gap(between: str, token: calendar.CalendarToken) -> str:
    if not between:
        return "" if token.glued else " "
    stripped = between.strip()
    return "'" if stripped and stripped in _APOSTROPHES else " "


def _quoted(text: str, line: calendar.CalendarLine) -> tuple[bool, ...]:
    quotes = [found.span() for found in _QUOTED.finditer(text)]
    inside, now = [], 0
    for token in line.tokens:
        while now < len(quotes) and quotes[now][1] <= token.start:
            now += 1
        inside.append(now < len(quotes) and quotes[now][0] <= token.start)
    return tuple(inside)
