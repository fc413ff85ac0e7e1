"""Texts that a spreadsheet takes for something else when it opens a CSV (decision 40).

Invoice `00042` becomes 42, `2026-03` a day, `1E5` a number, `3/4` the third of April.
"""

import re
from functools import cache
from typing import Final

from babel.dates import get_month_names

from circle.spreadsheets import MARK, unguarded
from circle.text import letters
from reports.sheets import formula, holdable

_AS_IT_IS: Final = re.compile(r"0|[1-9]\d{0,10}")  # a number that is shown as it was typed
_SIGNS: Final = r"\s\d.,:;/+\-−–%€$£¥()’'#"
_SHORTEST: Final = 3
_WIDTHS: Final = ("wide", "abbreviated")


def unchanged(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would change or compute it.

    `unguarded` gives the text again, also of one that begins with an apostrophe.
    """
    plain = holdable(text)
    mark = formula(plain) or _is_value(plain) or unguarded(plain) != plain
    return MARK + plain if mark else plain


def computed_no_more(text: str) -> str:
    """The same, where programs read it: guarded is what is computed, or not read (after `#`)."""
    plain = holdable(text)
    mark = formula(plain) or plain.startswith("#") or unguarded(plain) != plain
    return MARK + plain if mark else plain


def _is_value(text: str) -> bool:
    """Whether it reads as a number, a day, an hour, an amount, or an error of a formula."""
    if _AS_IT_IS.fullmatch(text):
        return False
    bare = letters(text)
    figures = any(char.isdigit() for char in bare)
    return bare.startswith("#") or (figures and bool(_values().fullmatch(bare)))


@cache
def _values() -> re.Pattern[str]:
    words = "|".join(sorted({*_months(), "am", "pm", "eur"}, key=len, reverse=True))
    inside = r"(?<=[\d\s])[et](?=[\s+\-]*\d)|(?<=\d)z"
    return re.compile(rf"(?:[{_SIGNS}]|{inside}|(?<![a-z])(?:{words})(?![a-z]))+")


def _months() -> set[str]:
    """The names of months, and how people and spreadsheets cut them: `sept`, `janv`."""
    names = {
        letters(name).rstrip(".")
        for language in ("fr", "en")
        for width in _WIDTHS
        for name in get_month_names(width, locale=language).values()
    }
    return {name[:end] for name in names for end in range(_SHORTEST, len(name) + 1)}
