"""The bytes of a table as text: UTF-8, UTF-16, or whichever old encoding makes letters of them."""

import re
from typing import Final

UTF_8: Final = "UTF-8"
UTF_16: Final = "UTF-16"
_OLD: Final = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS (CP850)"))
_NOT_TEXT: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x1f\x8b")
_PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_USUAL: Final = frozenset("àâäéèêëîïôöùûüÿçœæñáíóúìòãõåøßÀÂÄÉÈÊËÎÏÔÖÙÛÜŸÇŒÆ’‘“”«»…–—·°€²\u00a0§")
_SAMPLE: Final = 200  # bytes that tell UTF-16 without its mark


class UndecodedError(ValueError):
    """No text can be made of it; its text is the code of what was expected."""


def decoded(body: bytes) -> tuple[str, str]:
    """The text, and what it was written in. Raises UndecodedError.

    What a damaged UTF-8 or UTF-16 file has lost is replaced (U+FFFD), for its cell to be refused.
    """
    if body.startswith(_NOT_TEXT) or _PAGE.match(body):
        raise UndecodedError("csv-file")
    if wide := _wide(body):
        return body.decode(wide, "replace").removeprefix("\ufeff"), UTF_16
    try:
        return body.decode("utf-8-sig"), UTF_8
    except UnicodeDecodeError:
        return _old(body)


def _wide(body: bytes) -> str | None:
    """Which UTF-16 it is: by its mark, or by the zeros beside each plain letter."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = body[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if 4 * max(odd, even) < len(sample) or not sample:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _old(body: bytes) -> tuple[str, str]:
    """The encoding under which most signs are those of French; Windows' where two are as likely."""
    damaged = body.decode("utf-8-sig", "replace")
    if _is_mostly_read(damaged):
        return damaged, UTF_8
    told = [(_likely(text), text, name) for code, name in _OLD if (text := _read(body, code))]
    likely, text, name = max(told, key=lambda one: one[0])
    if 2 * likely < sum(not char.isascii() for char in text):
        raise UndecodedError("encoding")
    return text, name


def _read(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_mostly_read(text: str) -> bool:
    """Whether more signs were read than lost: UTF-8 that was cut, or glued to something else."""
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(not char.isascii() for char in text) > 2 * lost


def _likely(text: str) -> int:
    """How many signs are as in French, less those that are not: `RÈgion`, `RŽgion`, `Îøèáêà`."""
    padded = f"  {text}"
    signs = [(padded[at : at + 2], char) for at, char in enumerate(text) if not char.isascii()]
    return sum(1 if _fits(before, char) else -1 for before, char in signs)


def _fits(before: str, char: str) -> bool:
    """Whether a sign is usual after these two: no capital in a word, no three accents in a row."""
    in_word = before[1:].islower() and char.isupper()
    in_row = char.isalpha() and all(one.isalpha() and not one.isascii() for one in before)
    return char in _USUAL and not in_word and not in_row
