"""Effort as people type it, to minutes (docs/words.md: Efforts)."""

import re
from fractions import Fraction

from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece

MOST_MINUTES = 60 * 24 * 366
"""A year without sleep: more is a slip of the finger."""

_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⁄": "/"}
_NUMBER = r"\d{1,3}/\d{1,3}|\d{1,6}(?:[.,]\d{1,4})?"
_TOKEN = re.compile(rf"\s*({_NUMBER}|[a-z]+|['+,])")
_HOURS_APART = re.compile(r"(\d{1,2})h (\d{1,2})")
_NUMBER_ALONE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_MOST_A_DAY = 10
"""Hours: a larger number without unit is rather one of minutes."""
_WORDS = {
    **dict.fromkeys(("un", "une", "a", "an", "one"), 1),
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_HALVES = ("demi", "demie", "demis", "demies", "half")
_HOURS = ("h", "hr", "hrs", "heure", "heures", "hour", "hours")
_MINUTES = ("min", "mins", "mn", "m", "'", "minute", "minutes")
_DAYS = ("j", "jr", "jrs", "jour", "jours", "journee", "journees", "d", "day", "days")
_AND = ("et", "and", "+", ",")
_HOUR = 60
_MOST_CHARS = 60


def effort(piece: Piece, around: Around) -> int | None:
    """An effort in minutes, to the nearest one; a day is as long as the circle's setting says.

    Raises Unread for nothing at all (`0h`), for more than a year, and for figures after an hour
    that may as well begin the text: `2h 30 affiches`.
    """
    apart = _HOURS_APART.fullmatch(piece.plain)
    if apart and int(apart[2]) < _HOUR and not piece.reaches_end:
        choices = (int(apart[1]) * _HOUR + int(apart[2]), int(apart[1]) * _HOUR)
        lines = (f"{apart[1]}h{apart[2]}", f"{apart[1]} heures, {apart[2]}")
        raise Unreadable("effort.ambiguous", piece, *lines, choices=choices)
    tokens = _tokens(piece.plain)
    total = _Sum(tokens, around.rules.minutes_per_day).total() if tokens else None
    if total is None:
        return None
    minutes = int(total + Fraction(1, 2))
    if not 0 < minutes <= MOST_MINUTES:
        raise Unreadable("effort.out-of-range", piece, minutes=minutes, limit=MOST_MINUTES)
    return minutes


def refuse(piece: Piece, unit: str = "h") -> None:
    """Raise Unread for a number without unit: hours, probably, unless another is said."""
    if _NUMBER_ALONE.fullmatch(piece.plain):
        many = Fraction(piece.plain.replace(",", ".")) > _MOST_A_DAY
        said = " min" if many else unit
        raise Unreadable("effort.unit-missing", piece, f"{piece.text}{said}")


def _tokens(text: str) -> list[str]:
    """The tokens of a text that may be an effort, or none where a sign has no place in one."""
    if len(text) > _MOST_CHARS or text.startswith("-"):
        return []
    for sign, written in _FRACTIONS.items():
        text = text.replace(sign, f" {written}" if sign != "⁄" else written)
    text = text.replace("-", " ")
    found = _TOKEN.findall(text)
    return found if "".join(found) == "".join(text.split()) else []


class _Sum:
    """Reads terms one after the other: `1 jour 2 h`, `2 h 30`, `1h et demie`."""

    def __init__(self, tokens: list[str], minutes_per_day: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._day = minutes_per_day

    def total(self) -> Fraction | None:
        """The minutes that all tokens say together, None where one of them does not fit."""
        total = Fraction(0)
        while self._at < len(self._tokens):
            term = self._term()
            if term is None:
                return None
            total += term
            if self._skip(_AND) and self._at == len(self._tokens):
                return None
        return total

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _skip(self, words: tuple[str, ...]) -> bool:
        found = self._peek() in words
        self._at += found
        return found

    def _term(self) -> Fraction | None:
        quantity = self._quantity()
        unit = self._unit() if quantity is not None else None
        if quantity is None or unit is None:
            return None
        return quantity * unit + self._tail(unit)

    def _quantity(self) -> Fraction | None:
        word = self._peek()
        if word in _HALVES:
            return self._half()
        number = _number(word)
        if number is None:
            return None
        self._at += 1
        if self._peek() in _HALVES:
            return number * (self._half() or 0)
        part = _number(self._peek()) if "/" in self._peek() else None
        self._at += part is not None
        return number + (part or 0)

    def _half(self) -> Fraction:
        """`demi`, `half`, `half a`, `half an`."""
        self._at += 1
        self._skip(("a", "an"))
        return Fraction(1, 2)

    def _unit(self) -> int | None:
        if self._skip(_HOURS):
            return _HOUR
        if self._skip(_DAYS):
            return self._day
        if self._skip(_MINUTES):
            return 1
        return None

    def _tail(self, unit: int) -> Fraction:
        """What may follow a unit: the minutes of `2h30`, the half of `1h et demie`."""
        word = self._peek()
        if unit == _HOUR and word.isdecimal() and int(word) < _HOUR and self._ends_as_minutes():
            self._at += 1
            self._skip(_MINUTES)
            return Fraction(int(word))
        halves = self._tokens[self._at : self._at + 2]
        if len(halves) == 2 and halves[0] in _AND and halves[1] in _HALVES:
            self._at += 2
            return Fraction(unit, 2)
        if halves == ["and", "a"] and self._tokens[self._at + 2 : self._at + 3] == ["half"]:
            self._at += 3
            return Fraction(unit, 2)
        return Fraction(0)

    def _ends_as_minutes(self) -> bool:
        following = self._tokens[self._at + 1 : self._at + 2]
        return not following or following[0] in _MINUTES


def _number(word: str) -> Fraction | None:
    if word in _WORDS:
        return Fraction(_WORDS[word])
    over, _, under = word.partition("/")
    if not word[:1].isdecimal() or (under and int(under) == 0):
        return None
    return Fraction(over.replace(",", ".")) / (int(under) if under else 1)
