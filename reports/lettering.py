"""Text on pictures, measured as it is drawn: shrunk, wrapped, cut where nothing else is left.

Sizes and widths are CSS pixels, as everywhere on pictures.
"""

from bisect import bisect
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

_INCH: Final = 100
_POINTS: Final = 72
_CUT: Final = "…"
_SEEN_AS_SPACES: Final = "\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"


def drawable(text: str) -> str:
    """The text without the signs that the font does not have: emoji, mostly."""
    return _kept(text) or (_CUT if text else "")


@lru_cache(maxsize=2048)
def _kept(text: str) -> str:
    kept = "".join(char for char in text if _has(char))
    while "  " in kept:
        kept = kept.replace("  ", " ")
    return kept.strip()


@lru_cache(maxsize=2048)
def _has(char: str) -> bool:
    from matplotlib.font_manager import findfont, get_font

    if char in _SEEN_AS_SPACES:
        return True
    return bool(get_font(findfont(_font(1.0, bold=False))).get_char_index(ord(char)))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is drawn."""
    from matplotlib.textpath import text_to_path

    wide, _, _ = text_to_path.get_text_width_height_descent(
        drawable(text), _font(size, bold=bold), ismath=False
    )
    return float(wide) * _INCH / _POINTS


def _font(size: float, *, bold: bool) -> "FontProperties":
    from matplotlib.font_manager import FontProperties

    return FontProperties(size=size * _POINTS / _INCH, weight="bold" if bold else "normal")


def fitted(
    text: str, room: float, size: float, *, smallest: float, bold: bool = False
) -> tuple[str, float]:
    """The text and the size it takes: smaller where that is enough, else cut at the smallest."""
    wide = width(text, size, bold=bold)
    if wide <= room:
        return text, size
    smaller = size * room / wide
    if smaller >= smallest:
        return text, smaller
    return cut(text, room, smallest, bold=bold), smallest


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text as far as there is room, an ellipsis after it."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = bisect(range(len(text)), room, key=lambda end: width(text[:end] + _CUT, size, bold=bold))
    return text[: max(kept - 1, 0)].rstrip(" ,;:·-") + _CUT


def wrapped(
    text: str, room: float, size: float, *, most: int = 2, bold: bool = False
) -> tuple[str, ...]:
    """The text on at most so many lines, broken between words; the last one is cut."""
    lines: list[str] = []
    words = drawable(text).split(" ")
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(cut(line, room, size, bold=bold))
    if words:
        lines.append(cut(" ".join(words), room, size, bold=bold))
    return tuple(lines)
