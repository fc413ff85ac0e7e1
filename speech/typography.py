"""Characters: what values may bring into a sentence, and the spaces French sentences want."""

import re
import unicodedata
from typing import Final

NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
FIXED: Final = "\N{NO-BREAK SPACE}"
LONGEST_VALUE: Final = 500
_LONGEST_READ: Final = 8 * LONGEST_VALUE  # what is dropped takes room too

_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
_END_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"
_JOINERS: Final = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_NONCHARACTER: Final = 0xFFFE
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})

# A space before a sign ends its sentence part; a sign glued to a word begins a command (!aide).
_FRENCH: Final = (
    (re.compile(r" (?=[;!?]+(?!\w))"), NARROW),
    (re.compile(r" (?=[:»€%](?!\w))"), FIXED),
    (re.compile(r"(?<=«) "), FIXED),
    (re.compile(r"(?<=\bn°) "), FIXED),
    (re.compile(r"(?<=\d) (?=(?:h|min)\b)"), FIXED),
)


def clean(value: str) -> str:
    """A value as it may stand in a sentence: one line, no control, private or bidi character.

    Text written from right to left is isolated, so that it cannot turn its neighbours around.
    Longer than `LONGEST_VALUE` characters, it is cut and ends with an ellipsis.
    """
    kept = "".join(map(_kept, value[:_LONGEST_READ])).strip()
    if len(kept) > LONGEST_VALUE or len(value) > _LONGEST_READ:
        kept = f"{kept[: LONGEST_VALUE - 1]}…"
    turned = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in kept)
    return f"{_ISOLATE}{kept}{_END_ISOLATE}" if turned else kept


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    if char in _JOINERS:
        return char
    unsaid = ord(char) & _NONCHARACTER == _NONCHARACTER or category in {"Cf", "Co", "Cs"}
    return "" if unsaid else char


def french(text: str) -> str:
    """Words of the catalogue with the no-break spaces that French typography wants."""
    for pattern, space in _FRENCH:
        text = pattern.sub(space, text)
    return text
