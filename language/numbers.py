"""Numbers as people type them, in figures or in words."""

import re
from fractions import Fraction

from language.line import Line

NUMBER = (
    r"(?:\d{1,3}(?:[ ']\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?:\.\d{3})+,\d{1,2}"
    r"|\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})"
    r"|\d{1,18}(?:[.,]\d{1,5})?)(?!\d|[.,]\d)"
)
WORDS = {
    **dict.fromkeys(("un", "une", "a", "an", "one"), 1),
    **dict.fromkeys(("deux", "two"), 2),
    **dict.fromkeys(("trois", "three"), 3),
    **dict.fromkeys(("quatre", "four"), 4),
    **dict.fromkeys(("cinq", "five"), 5),
    "six": 6,
    **dict.fromkeys(("sept", "seven"), 7),
    **dict.fromkeys(("huit", "eight"), 8),
    **dict.fromkeys(("neuf", "nine"), 9),
    **dict.fromkeys(("dix", "ten"), 10),
    **dict.fromkeys(("onze", "eleven"), 11),
    **dict.fromkeys(("douze", "twelve"), 12),
    "treize": 13,
    "quatorze": 14,
    **dict.fromkeys(("quinze", "fifteen"), 15),
    "seize": 16,
    **dict.fromkeys(("vingt", "twenty"), 20),
    **dict.fromkeys(("trente", "thirty"), 30),
    **dict.fromkeys(("quarante", "forty"), 40),
    **dict.fromkeys(("cinquante", "fifty"), 50),
    **dict.fromkeys(("soixante", "sixty"), 60),
    **dict.fromkeys(("cent", "hundred"), 100),
}
_TENS = (
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "twenty",
    "thirty",
    "forty",
    "fifty",
)
_ONES = (*range(1, 17),)


def _compounds() -> dict[str, int]:
    """`vingt-cinq`, `vingt et un`, `soixante-douze`, `twenty-five`."""
    ones = [(word, worth) for word, worth in WORDS.items() if worth in _ONES]
    tied = {
        f"{ten}{tie}{one}": WORDS[ten] + worth
        for ten in _TENS
        for tie in ("-", " ", " et ", "-et-")
        for one, worth in ones
        if len(one) > 1
    }
    eighty = {"quatre-vingt": 80, "quatre-vingts": 80, "quatre vingt": 80, "quatre vingts": 80}
    beyond = {
        f"{said}{tie}{one}": 80 + worth
        for said in ("quatre-vingt", "quatre vingt")
        for tie in ("-", " ")
        for one, worth in ones
        if len(one) > 1
    }
    return tied | eighty | beyond


_AFTER_TEN = "|".join(word for word, worth in WORDS.items() if worth in _ONES and len(word) > 1)
_SIMPLE = "|".join(sorted(WORDS, key=len, reverse=True))
WORDS |= _compounds()
IN_WORDS = (
    rf"(?:{'|'.join(_TENS)})(?: |-| et |-et-)(?:{_AFTER_TEN})\b"
    rf"|quatre[- ]vingt(?:s|[- ](?:{_AFTER_TEN}))?\b|{_SIMPLE}"
)
_LARGE = frozenset({"mille", "cent", "cents", "thousand", "hundred"})
_ALONE = frozenset({"un", "une", "a", "an", "one"})
INTEGER = re.compile(r"\d{1,3}(?![\d.,]\d)")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
_MANY = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}")


def is_either(written: str) -> bool:
    """Whether a number may be read two ways: `1.200`."""
    return _EITHER.fullmatch(written) is not None


def value(written: str) -> Fraction:
    """What a number matched by NUMBER, or one in words, is worth."""
    if written in WORDS:
        return Fraction(WORDS[written])
    plain = written.replace(" ", "").replace("'", "")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "")
    if _MANY.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", "")
    if _ENGLISH.fullmatch(plain):
        plain = plain.replace(",", "")
    return Fraction(plain.replace(",", "."))


def goes_on(line: Line, at: int) -> bool:
    """Whether the figures there go on with those before: `3456` in `12,3456`."""
    if not line.glued(at):
        return False
    before = line.word(at - 1)
    tied = before in (".", ",", "/", ":", "⁄") and line.glued(at - 1)
    return before.isdecimal() or (tied and line.is_number(at - 2))


def is_end_of_number(line: Line, at: int) -> bool:
    """Whether the number there ends one in words that is not read whole: `mille deux cents`."""
    dash = line.word(at - 1) == "-" and line.glued(at) and line.glued(at - 1)
    before = line.word(at - 2 if dash else at - 1)
    return before in _LARGE or (before in WORDS and before not in _ALONE and line.word(at) in WORDS)
