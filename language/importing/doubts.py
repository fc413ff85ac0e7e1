"""What in a cell or a row of a CSV is no value, or may be read in two ways: never by guess."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from language.importing.fields import fold
from language.importing.rows import Cell

LONGEST_CELL: Final = 2000
_ERROR: Final = re.compile(r"#[A-ZÀ-Ý_]+\s?[!?]|#N/[AD]|#DIV/0\s?!|#{3,}|Err\s?:\s?\d{3}")
_LOST: Final = re.compile(
    "\N{REPLACEMENT CHARACTER}|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]"
    "|â€|[ÃÂ][\u0080-\u00bf\u2018-\u201e\u2020-\u20ac]"
)
_WHOLE: Final = re.compile(r"\d[\d\s]*")
_PART: Final = re.compile(r"\d{1,2}\s?€?")
_POINT: Final = re.compile(r"[\d\s]*\d\.\d{1,2}\s?€?")
_TOTAL: Final = re.compile(
    r"(?:sous |sub |grand )?(?:total|totaux|totals|subtotal)(?: general| \d{4})?"
)


def doubt_of(cell: Cell) -> str | None:
    """The code of what should stand there instead, where the cell cannot be meant."""
    said = cell.text.strip()
    if cell.broken:
        return "quotes"
    if _ERROR.fullmatch(said):
        return "formula"
    if _LOST.search(said):
        return "letters"
    return "shorter" if len(said) > LONGEST_CELL else None


def shifted(cells: Sequence[Cell], numbers: Sequence[bool]) -> int | None:
    """The place of a number whose decimals may stand in the cell after it.

    `numbers`: which columns are of numbers. Nobody can tell `24 975,00` without quotes from two
    cells, where commas stand between cells.
    """
    for place, (one, after) in enumerate(pairwise(cells)):
        bare = not (one.quoted or after.quoted)
        number = place < len(numbers) and numbers[place]
        parts = _WHOLE.fullmatch(one.text.strip()) and _PART.fullmatch(after.text.strip())
        if bare and number and parts:
            return place
    return None


def has_point(cell: Cell) -> bool:
    """Whether it is a number whose decimals come after a point."""
    return bool(_POINT.fullmatch(cell.text.strip()))


def is_total(text: str) -> bool:
    """Whether it says that a row sums others up."""
    return bool(_TOTAL.fullmatch(fold(text)))
