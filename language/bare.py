"""Numbers without unit where an amount may be meant: first in an expense, after `budget`."""

import re
from fractions import Fraction

from circle.money import Money
from language.amounts import (
    ALONE,
    COUNTABLE,
    MOST_CENTS,
    after_tail,
    amount,
    is_negative,
    two_ways,
)
from language.grammar import OF, words
from language.line import Line
from language.numbers import goes_on, is_either, value
from language.spans import Question, Span, SpanKind

_MASS = words(
    "courses fournitures frais bois gaz repas transports bus tapis prix travaux mas taxis "
    "supplies groceries gas bus press glass tools"
)
_GROUPED = re.compile(r"(\d{1,3}) (\d{3})")
_DECIMAL = re.compile(r"[.,]\d{1,2}$")


def bare(line: Line, at: int) -> Span | None:
    """A number without unit, where one may be an amount: `45 peinture`, `3 pizzas`, `1 200`.

    `how`: bare (followed by no countable word), countable, alone (nothing follows), grouped.
    """
    found = line.match(ALONE, at)
    if found is None or goes_on(line, at):
        return None
    written, end = found[0]["number"], found[1]
    cents, end = _in_thousands(line, value(written) * 100, end)
    how = _manner(line, written, end)
    if is_negative(line, at):
        question = Question("money.negative")
        return Span(SpanKind.BARE, at - 1, end, int(cents), question=question)
    if cents.denominator != 1 and not is_either(written):
        return None
    return Span(SpanKind.BARE, at, end, int(cents), how, question=_doubt(line, at, written, cents))


def _in_thousands(line: Line, cents: Fraction, end: int) -> tuple[Fraction, int]:
    """`10k`."""
    tight = line.word(end) == "k" and line.glued(end)
    return (cents * 1000, end + 1) if tight else (cents, end)


def _doubt(line: Line, at: int, written: str, cents: Fraction) -> Question | None:
    if is_either(written):
        return two_ways(written, 100)
    if cents > MOST_CENTS:
        return Question("money.too-large", values={"limit": Money(MOST_CENTS)})
    apart = _GROUPED.fullmatch(written)
    if apart is None or not line.word(at + 2):
        return None
    first = int(apart[1]) * 100
    spans = tuple(
        Span(SpanKind.BARE, at, end, worth)
        for end, worth in ((at + 2, int(cents)), (at + 1, first))
    )
    return Question("money.ambiguous", (Money(int(cents)), Money(first)), spans)


def _manner(line: Line, written: str, end: int) -> str:
    if is_either(written) or _GROUPED.fullmatch(written):
        return "ambiguous"
    following = line.word(end)
    if not following:
        return "alone"
    if _DECIMAL.search(written) and following not in COUNTABLE:
        return "bare"
    plural = following.endswith(("s", "x")) and following not in _MASS
    return "countable" if plural or following in COUNTABLE or _goes_on(line, end) else "bare"


def _goes_on(line: Line, end: int) -> bool:
    """Whether what follows a number is no text to name what it paid for."""
    return not line.is_word(end) and line.word(end) not in (",", "-", ":", '"', "(")


def led(line: Line, at: int) -> tuple[int | None, int, str, Question | None] | None:
    """An amount after a word that introduces one: cents, the place after, how, the question."""
    at = at + 1 if line.word(at) in OF else at
    said = amount(line, at)
    if said:
        return said.value, said.end, said.how, said.question
    found = line.match(ALONE, at)
    if line.word(at) == "-" and line.is_number(at + 1):
        return None, at + 2, "negative", Question("money.negative")
    if found is None:
        return None
    written, end = found[0]["number"], found[1]
    cents = value(written) * 100
    if is_either(written):
        return None, end, "ambiguous", two_ways(written, 100)
    if cents.denominator != 1:
        return None
    cents, end = _in_thousands(line, cents, end)
    return int(cents), after_tail(line, end), _year_or_bare(written), None


def _year_or_bare(written: str) -> str:
    years = range(1900, 2100)
    return "year" if written.isdecimal() and int(written) in years else "bare"
