"""Words without what people vary: case, accents, hyphens, quotes, kinds of space, middle dots."""

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
_DROPPED = ("Mn", "Me", "Cf")
_BLANK = ("Zs", "Zl", "Zp", "Cc")
_NOT_KEPT = re.compile(r"[\s'·.\-]+")
_SHORT = 100
_INCLUSIVE = re.compile(r"[\s·.\-/()]+")


@lru_cache(maxsize=16_384)  # no line holds more different characters
def _plain(char: str) -> str:
    kind = category(char)
    if kind in _BLANK:
        return " "
    if kind == "Nd":
        return str(decimal(char))
    if char == normalize("NFD", char.casefold()) and kind not in _DROPPED:
        return _ALIKE.get(char, char)
    bare = "".join(c for c in normalize("NFD", char.casefold()) if category(c) not in _DROPPED)
    return "".join(_ALIKE.get(c, c) for c in bare)


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


def alike(one: str, other: str) -> float:
    """How alike two folded texts are, from 0 to 100."""
    from rapidfuzz.fuzz import ratio  # 3 MiB, for the first word that names nothing

    return float(ratio(one, other))
