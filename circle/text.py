"""Texts as they are compared: the one place where letters are taken apart.

What people vary says nothing: case, accents, hyphens, quotes, kinds of space, middle dots,
letters that nothing shows.
"""

import re
from functools import lru_cache
from unicodedata import category, decimal, normalize

_ALIKE = {
    **dict.fromkeys("'’‘ʼ`´′＇‛", "'"),
    **dict.fromkeys("-‐‑‒–—−➖", "-"),
    **dict.fromkeys('"«»“”„‟＂', '"'),
    **dict.fromkeys("·⋅‧•∙・", "·"),
    "œ": "oe",
    "æ": "ae",
}
_UNSEEN = ("Mn", "Me", "Cf")
_BLANK = ("Zs", "Zl", "Zp", "Cc")
_NOT_KEPT = re.compile(r"[\s'·.\-]+")
_SHORT = 100
_INCLUSIVE = re.compile(r"[\s·.\-/()]+")


def letters(text: str) -> str:
    """The letters of a text, without case, accents, ligatures, nor what nothing shows."""
    return apart(apart(text).casefold())


def apart(text: str) -> str:
    """The letters of a text in their case, without accents, ligatures, nor what nothing shows."""
    return "".join(char for char in normalize("NFKD", text) if category(char) not in _UNSEEN)


def composed(text: str) -> str:
    """The text with each accent on its letter, as keyboards send it."""
    return normalize("NFC", text)


def name_key(name: str) -> str:
    """What two names share that are one name: letters and figures, one space between words.

    A name that holds none of them (signs only) is itself.
    """
    bare = letters(name)
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split()) or bare


@lru_cache(maxsize=16_384)  # no line holds more different characters
def _plain(char: str) -> str:
    kind = category(char)
    if kind in _BLANK:
        return " "
    if kind == "Nd":
        return str(decimal(char))
    return "".join(_ALIKE.get(c, c) for c in letters(char))


def plain(text: str) -> str:
    """The text without case, accents, kinds of quotes, dashes, dots, digits and spaces."""
    return " ".join("".join(map(_plain, text)).split())


def fold(text: str) -> str:
    """The text as `plain` gives it, hyphens read as spaces."""
    return " ".join(plain(text).replace("-", " ").split())


def squash(text: str) -> str:
    """What two spellings of one name share: nothing of spaces, hyphens, apostrophes and dots.

    `À voter`, `a-voter` and `AVOTER` give the same text; it is empty where nothing is left.
    """
    return _remembered(text) if len(text) <= _SHORT else _squashed(text)


def _squashed(text: str) -> str:
    return _NOT_KEPT.sub("", plain(text))


_remembered = lru_cache(maxsize=2048)(_squashed)


def inclusive(text: str) -> str:
    """A word with its inclusive form run together: `soucieux·se`, `soucieux.se`, `soucieux(se)`."""
    return _INCLUSIVE.sub("", plain(text))
