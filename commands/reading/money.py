"""Amounts as people type them, to integer cents (docs/words.md: Amounts)."""

import re
from fractions import Fraction
from unicodedata import category

from circle.money import Money
from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece

MOST_CENTS = 100_000_000_000
"""A billion: more is a slip of the finger, and must fit every store."""

_UNITS = {
    **dict.fromkeys(("€", "eur", "euro", "euros"), 1),
    **dict.fromkeys(("k€", "k", "ke", "keuro", "keuros", "k euro", "k euros"), 1000),
    "m€": 1_000_000,
}
_ONLY_AFTER_WORD = ("k", "ke")
_CODES = "usd|gbp|chf|cad|jpy|dollars?|francs?"
_FOREIGN = re.compile(rf"(?:{_CODES}) ?[-\d].*|-? ?[\d][\d .,]*(?:{_CODES})")
_AMOUNT = re.compile(
    r"(?P<sign>[-+]?) ?(?P<before>€|eur)? ?(?P<number>\d[\d .,']*?)"
    r" ?(?P<unit>€|[km] ?€|[a-z][a-z ]*)?"
)
_WITH_CENTS = re.compile(r"(\d+) ?€ ?(\d\d)")
_LONGEST = 24

_WHOLE = re.compile(r"\d{1,18}")
_DECIMAL = re.compile(r"(\d{1,13})[.,](\d{1,2}|\d{4,5})")
_SPACED = re.compile(r"(\d{1,3}(?:[ ']\d{3})+)(?:[.,](\d{1,2}))?")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d{1,2})|(\d{1,3}(?:,\d{3})+)\.(\d{1,2})")
_MANY = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})")
_EITHER = re.compile(r"(\d{1,3})[.,](\d{3})")
_GROUPED = re.compile(r"(\d{1,3}) (\d{3})(?: \d{3})*")
_YEARS = range(1900, 2100)


def with_unit(piece: Piece, around: Around) -> int | None:
    """An amount that says its unit (`80 €`, `1,5 k€`), in cents."""
    return _amount(piece, around, bare=False)


def first(piece: Piece, around: Around) -> int | None:
    """An amount as first argument, where a bare number is one, in cents.

    Raises Unread where spaces may be of thousands or not: `1 200 peinture`.
    """
    grouped = _GROUPED.fullmatch(piece.plain)
    if grouped and around.has_text and not piece.reaches_end:
        _ask_grouped(piece, grouped)
    return _amount(piece, around, bare=True)


def after_word(piece: Piece, around: Around) -> int | None:
    """An amount after `budget` or `enveloppe`, in cents; a bare year asks."""
    said = piece[1:] if len(piece) > 1 and piece.words[0].plain in ("de", "d'", "of") else piece
    if _WHOLE.fullmatch(said.plain) and int(said.plain) in _YEARS:
        amount = Money(int(said.plain) * 100)
        raise Unreadable("money.year", said, f"{said.plain} €", or_text=True, amount=amount)
    return _amount(said, around, bare=True)


def _ask_grouped(piece: Piece, grouped: re.Match[str]) -> None:
    apart = f"{grouped[1]} € {piece.plain[len(grouped[1]) + 1 :]}"
    joined = f"{piece.plain.replace(' ', '')} €"
    choices = (Money(int(piece.plain.replace(" ", "")) * 100), Money(int(grouped[1]) * 100))
    raise Unreadable("money.ambiguous", piece, joined, apart, choices=choices)


def _amount(piece: Piece, around: Around, *, bare: bool) -> int | None:
    text = piece.plain
    if len(text) > _LONGEST or not any(c.isdecimal() for c in text):
        return None
    if _is_foreign(text):
        raise Unreadable("money.currency", piece, currency="EUR")
    glued = _WITH_CENTS.fullmatch(text)
    found = _AMOUNT.fullmatch(f"{glued[1]},{glued[2]} €" if glued else text)
    factor = _factor(found, bare=bare) if found else None
    if found is None or factor is None:
        return None
    readings = _readings(found["number"].strip())
    if not readings:
        return None
    if found["sign"] == "-" and not bare and piece.words[0].plain == "-":
        return None  # a dash that stands apart in a text is a dash
    if found["sign"] == "-":
        raise Unreadable("money.negative", piece, piece.text.lstrip("-‐‑‒–—−").lstrip())
    return _chosen(piece, around, tuple(number * factor * 100 for number in readings))


def _is_foreign(text: str) -> bool:
    signs = [c for c in text if category(c) == "Sc"]
    if any(c != "€" for c in signs):
        return all(not c.isalpha() for c in text)
    return _FOREIGN.fullmatch(text) is not None


def _factor(found: re.Match[str], *, bare: bool) -> int | None:
    unit = (found["unit"] or "").strip()
    if found["before"]:
        return None if unit else 1
    if not unit:
        return 1 if bare else None
    if unit in _ONLY_AFTER_WORD and not bare:
        return None
    return _UNITS.get(unit) or _UNITS.get(unit.replace(" ", ""))


def _readings(number: str) -> tuple[Fraction, ...]:
    """What a number can be: nothing, one reading, or two (`1.200`)."""
    if _WHOLE.fullmatch(number):
        return (Fraction(number),)
    either = _EITHER.fullmatch(number)
    if either and not either[1].startswith("0"):
        whole = Fraction(either[1] + either[2])
        return (whole, whole / 1000)
    return tuple(Fraction(text) for text in _single(number))


def _single(number: str) -> tuple[str, ...]:
    spaced = _SPACED.fullmatch(number)
    if spaced:
        return (f"{re.sub('[^0-9]', '', spaced[1])}.{spaced[2] or 0}",)
    dotted = _DOTTED.fullmatch(number)
    if dotted:
        whole, part = (dotted[1] or dotted[3]), (dotted[2] or dotted[4])
        return (f"{re.sub('[^0-9]', '', whole)}.{part}",)
    if _MANY.fullmatch(number):
        return (re.sub("[^0-9]", "", number),)
    decimal = _DECIMAL.fullmatch(number) or _EITHER.fullmatch(number)
    return (f"{decimal[1]}.{decimal[2]}",) if decimal else ()


def _chosen(piece: Piece, around: Around, cents: tuple[Fraction, ...]) -> int | None:
    if len(cents) > 1:
        choices = tuple(Money(int(one + Fraction(1, 2))) for one in cents)
        lines = tuple(typed(one, around.rules.language) for one in choices)
        raise Unreadable("money.ambiguous", piece, *lines, choices=choices)
    if cents[0].denominator != 1:
        return None
    if cents[0] > MOST_CENTS:
        raise Unreadable("money.too-large", piece, limit=Money(MOST_CENTS))
    return int(cents[0])


def typed(money: Money, language: str) -> str:
    """An amount as one can type it without being asked: `1200 €`, `1,20 €`, in English `1.20 €`."""
    euros, cents = divmod(money.cents, 100)
    mark = "," if language == "fr" else "."
    return f"{euros}{mark}{cents:02} €" if cents else f"{euros} €"
