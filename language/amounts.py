"""Amounts of money, found where they stand, computed where they are products or sums (cents)."""

import re
from dataclasses import replace
from fractions import Fraction
from unicodedata import category

from circle.money import Money
from language.efforts import MOST_TERMS, counts_time
from language.grammar import ARTICLES, PREPOSITIONS, words
from language.line import Line
from language.numbers import (
    IN_WORDS,
    INTEGER,
    NUMBER,
    WORDS,
    goes_on,
    is_either,
    is_end_of_number,
    value,
)
from language.spans import Question, Span, SpanKind

MOST_CENTS = 100_000_000_000
"""A billion euros: more is a slip of the finger, and must fit every store."""

_MONEY = re.compile(
    rf"(?P<number>{NUMBER}|(?:{IN_WORDS})(?= (?:euros?|balles|centimes?|cents)\b)) ?"
    r"(?:(?P<kilo>k ?(?:€|euros?\b|e\b))|(?P<cents>cts?\b|centimes?\b|cents\b|c\b(?= d|$))"
    r"|(?P<euro>€|euros?\b|eur\b)(?:(?P<part>\d\d)(?![\d.,%h€/:x])"
    r"|(?: (?P<apart>\d\d)(?![\d.,%h€/:x]| (?!d[eu]?\b)[a-z%€/]| ?[h€%]))?)"
    r"|(?P<slang>balles\b|e\b(?!['-])))|(?:€|eur) ?(?P<after>" + NUMBER + ")"
)
ALONE = re.compile(rf"(?P<number>{NUMBER})")
_TIMES = ("x", "×", "*", "fois", "times")
_RATE = re.compile(
    r"(?:/ ?|par (?!l[ae]\b|les\b|l')|de l'|a l'|l'|la (?=\w)|chaque |per |a |an |each )"
    r"(?P<of>h|heure|hour|km|mois|month|an|annee|year|jour|day|semaine|week|soir|personne|person|pers"
    r"|tete|head|enfant|child|adulte|adult|famille|family|kg|l|litre|m2|m|unite|unit|piece|ticket"
    r"|place|seat|nuit|night|foyer|trimestre|quarter|adherent|participant|part|metre)s?\b"
    r"|(?P<each>chacune?|piece(?=$| [#,;.)])|pp|each|apiece|l'unite)\b"
)
_TAIL = re.compile(
    r"(?:ttc|ht|max|maxi|maximum|environ|env|en tout|au total|tout compris|net|demandee?s?"
    r"|a rembourser|remboursee?s?|in all|in total|altogether|all in|asked)\b\.?"
)
_ABOUT = re.compile(
    r"(?:environ|env\b\.?|a peu pres|~|≈|autour de|about|around|approx\b\.?|some)(?= |\d)"
)
_OTHERS = "".join(
    char for char in map(chr, range(0x20, 0x20D0)) if category(char) == "Sc" and char != "€"
)
_SIGNS = frozenset({"€", "eur", "usd", "gbp", "chf", *_OTHERS})
_FOREIGN = re.compile(
    rf"(?:{NUMBER} ?(?:[{_OTHERS}]|usd\b|gbp\b|chf\b|cad\b|dollars?\b|francs?\b|pounds?\b)"
    rf"|(?:[{_OTHERS}]|usd|gbp|chf) ?{NUMBER})"
)
_NOT_COUNTED = ARTICLES | PREPOSITIONS


COUNTABLE = words(
    "km kg g l litre litres m m2 cm ml cl h min mn j pers personnes fois balles pieces "
    "tickets miles people persons units"
)


def amount(line: Line, at: int) -> Span | None:
    """The amount that begins at a place: said, a product, a sum, a rate."""
    about = line.match(_ABOUT, at)
    if about:
        said = amount(line, about[1])
        return said and replace(said, start=at)
    known = line.is_number(at) or line.word(at) in WORDS or line.word(at) in _SIGNS
    if not known or goes_on(line, at):
        return None
    return _foreign(line, at) or _money(line, at) or _counted(line, at)


def _foreign(line: Line, at: int) -> Span | None:
    found = line.match(_FOREIGN, at)
    if found is None:
        return None
    question = Question("money.currency", values={"currency": "EUR"})
    return Span(SpanKind.AMOUNT, at, found[1], how="foreign", question=question)


def _money(line: Line, at: int) -> Span | None:
    said = _said(line, at)
    if said is None:
        return None
    cents, end, how, question = said
    if _is_end_of_another(line, at):
        return Span(SpanKind.AMOUNT, at, end, question=Question("money.unsure"))
    if is_negative(line, at):
        question = Question("money.negative")
        return Span(SpanKind.AMOUNT, at - 1, end, _whole(cents), question=question)
    cents, end, how = _summed(line, cents, end, how)
    cents, end, how = _multiplied(line, cents, end, how)
    rate = line.match(_RATE, end)
    if rate:
        return Span(
            SpanKind.AMOUNT, at, rate[1], _whole(cents), how=_rate(rate[0]), question=question
        )
    return _amount(at, after_tail(line, end), cents, how, question)


def _is_end_of_another(line: Line, at: int) -> bool:
    """`20-25 €`, `mille deux cents euros`: only the end of what was said."""
    dash = line.word(at - 1) == "-" and line.glued(at) and line.glued(at - 1)
    return is_end_of_number(line, at) or (dash and line.is_number(at - 2))


def is_negative(line: Line, at: int) -> bool:
    """`-5 €`; a dash that stands apart is one only where nothing is before it."""
    if line.word(at - 1) != "-":
        return False
    return at == 1 or (line.glued(at) and not line.glued(at - 1))


def _amount(
    at: int, end: int, cents: Fraction, how: str, question: Question | None = None
) -> Span | None:
    if cents.denominator != 1 and question is None:
        return None
    if cents > MOST_CENTS:
        question = Question("money.too-large", values={"limit": Money(MOST_CENTS)})
    return Span(SpanKind.AMOUNT, at, end, _whole(cents), how=how, question=question)


def _whole(cents: Fraction) -> int:
    return int(cents + Fraction(1, 2))


def _said(line: Line, at: int) -> tuple[Fraction, int, str, Question | None] | None:
    """One amount with its unit: its cents, the place after it, how, and what must be asked."""
    found = line.match(_MONEY, at)
    if found is None:
        return None
    match, end = found
    written = match["number"] or match["after"]
    factor = 1 if match["cents"] else 100_000 if match["kilo"] else 100
    cents = value(written) * factor + int(match["part"] or match["apart"] or 0)
    if match["euro"] and not match["part"] and not match["apart"] and (more := _cents(line, end)):
        cents, end = cents + more, end + 1
    question = two_ways(written, factor) if is_either(written) else None
    return cents, end, "slang" if match["slang"] else "", question


def _cents(line: Line, at: int) -> int:
    """`18 euros 50 pain`: cents, unless they count what follows (`12 euros 50 pommes`)."""
    two = line.is_number(at) and len(line.word(at)) == len("50")
    counted = line.word(at + 1).endswith(("s", "x")) or line.word(at + 1) in COUNTABLE
    return int(line.word(at)) if two and line.is_word(at + 1) and not counted else 0


def two_ways(written: str, factor: int) -> Question:
    """`1.200`: thousands, or a decimal number."""
    thousands = value(written.replace(".", "").replace(",", "")) * factor
    choices = (Money(_whole(thousands)), Money(_whole(value(written) * factor)))
    return Question("money.ambiguous", choices)


def _summed(line: Line, cents: Fraction, end: int, how: str) -> tuple[Fraction, int, str]:
    for _ in range(MOST_TERMS):
        more = _said(line, end + 1) if line.word(end) in ("+", "&") else None
        if more is None or more[3]:
            break
        cents, end, how = cents + more[0], more[1], "computed"
    return cents, end, how


def _multiplied(line: Line, cents: Fraction, end: int, how: str) -> tuple[Fraction, int, str]:
    """`15 € x 2`."""
    times = line.match(INTEGER, end + 1) if line.word(end) in _TIMES else None
    if times is None or _said(line, end + 1):
        return cents, end, how
    return cents * int(times[0].group()), times[1], "computed"


def _rate(match: re.Match[str]) -> str:
    return "hourly" if (match["of"] or "") in ("h", "heure", "hour") else "rate"


def after_tail(line: Line, end: int) -> int:
    found = line.match(_TAIL, end)
    return found[1] if found else end


def _counted(line: Line, at: int) -> Span | None:
    """`2 x 15 €`, `12 + 3 €`, `3 tickets à 2 €`."""
    found = line.match(ALONE, at)
    if found is None:
        return None
    count, after = value(found[0]["number"]), found[1]
    if line.word(after) in _TIMES and (one := _said(line, after + 1)):
        return _computed(line, at, one, count)
    if line.word(after) == "+":
        more = _money(line, after + 1)
        if more and more.how in ("", "computed") and not more.question:
            return _amount(at, more.end, count * 100 + more.value, "computed")
    return _priced(line, at, after, count)


def _computed(
    line: Line, at: int, one: tuple[Fraction, int, str, Question | None], count: Fraction
) -> Span | None:
    return _amount(at, after_tail(line, one[1]), one[0] * count, "computed", one[3])


def _priced(line: Line, at: int, after: int, count: Fraction) -> Span | None:
    """A count, its thing in one to three words, and what one of them costs; the words stay text."""
    if counts_time(line, at) or not line.is_word(after) or line.word(after) in _NOT_COUNTED:
        return None
    for width in (1, 2, 3):
        end = after + width
        if not line.is_word(end - 1):
            return None
        if line.word(end) not in ("a", "de", "at") or not (one := _said(line, end + 1)):
            continue
        rate = line.match(_RATE, one[1])
        span = _amount(at, rate[1] if rate else one[1], count * one[0], "priced", one[3])
        return span and replace(span, keep=True)
    return None
