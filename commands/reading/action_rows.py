"""What actions make of the values in their lines (docs/words.md: Reading a line)."""

import re

from commands.reading.rows import reads, rest
from commands.reading.settling import together
from language.grammar import PREPOSITIONS
from language.spans import SpanKind
from language.standing import Candidates, Stood
from language.tables import ENDS, FREE, HEAD, INSIDE, TAIL, ask, none, read, text

_CURRENCY = frozenset({"€", "euros", "euro", "eur", "cts"})
_UNIT = 2.0
_INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")
_FOR, _NOT = "pour for", "pas jamais plus not never"
_ON = "de d par du des of by"


def _after_infinitive(stood: Stood, _among: Candidates) -> bool:
    """`Trouver 500 €`: what is to be done, no budget."""
    return bool(_INFINITIVE.search(stood.governor))


def _goes_on(stood: Stood, among: Candidates) -> bool:
    """`500 € de dons`, `12 € par mois`."""
    return among.line.word(stood.span.end) in _ON.split()


def _is_followed(stood: Stood, among: Candidates) -> bool:
    """Words follow it that are no mark and no option: `budget 3 salles`."""
    return not among.is_tail(stood.span.end)


def _has_article(stood: Stood, among: Candidates) -> bool:
    """`pour la Toussaint`: what it is for, no deadline."""
    return among.line.word(stood.span.start + 1) in ("la", "l", "les", "the")


def _beside_other(stood: Stood, among: Candidates) -> bool:
    return among.line.word(stood.span.end) in ("avec", "-", ":", "with")


def _is_stranger(stood: Stood, among: Candidates) -> bool:
    """`60 € pour Karim`: a capitalised name nobody has, after an amount."""
    line, end = among.line, stood.span.end
    return line.word(end) in _FOR.split() and line.capital(end + 1) and stood.noun


BUDGET = (
    text(lead="article", how="year bare followed"),
    text(lead="article", standing=INSIDE),
    ask("money.budget", lead="article"),
    text(how="followed", given=_is_followed),
    ask("money.year", how="year"),
    ask("money.budget", how="rate hourly"),
    read(),
)
DUE = (
    ask("date.unsure", governor=_NOT),
    none(lead=_FOR, how="hour"),
    text(lead=_FOR, how="within"),
    text(lead=_FOR, given=_has_article),
    text(lead=_FOR, given=_is_followed),
    ask("date.unsure", how="hour", standing=ENDS),
    text(how="hour"),
    read(),
)
HOLDER = (
    text(how="open"),
    ask("who.unsure", how="longer"),
    read(standing=(*ENDS, FREE), given=lambda stood, among: among.is_tail(stood.span.end)),
    read(standing=HEAD),
    read(lead="@"),
    read(given=_beside_other),
    ask("who.unsure"),
)
AMOUNT = (
    text(how="hourly rate priced foreign"),
    ask("who.stranger", given=_is_stranger),
    text(given=_goes_on),
    text(governor=" ".join(PREPOSITIONS)),
    text(given=_is_followed),
    text(given=_after_infinitive),
    none(how="slang"),
    ask("money.budget"),
)
WORKSTREAM = (
    ask("workstream.unknown", how="unknown"),
    read(how="named"),
    read(how="for", standing=ENDS, given=lambda stood, among: among.at_end(stood.span.end)),
    none(),
)
CLEARED = (read(standing=ENDS), read(standing=FREE), text())
SLIP = (
    ask("date.slip", given=lambda stood, among: not among.line.is_number(stood.span.start)),
    ask("date.slip", standing=TAIL),
    none(),
)


def _weigh(among: Candidates, at: int) -> float:
    return _UNIT if among.line.word(at) in _CURRENCY else 0.0


def _is_alone(stood: Stood, among: Candidates) -> bool:
    return stood.span.start == among.first and among.at_end(stood.span.end)


ID = (ask("reading.id-alone", given=_is_alone), text())
_HELD = (
    (SpanKind.AMOUNT, AMOUNT),
    (SpanKind.SLIP, SLIP),
    (SpanKind.LABEL, (text(),)),
)
TITLE = rest(*_HELD, (SpanKind.ID, ID), weigh=_weigh)
CHANGED_TITLE = rest(*_HELD, (SpanKind.RENAMING, (read(standing=HEAD), text())), weigh=_weigh)
HOLDERS = reads((SpanKind.PERSON, HOLDER), settle=together)
DUE_DAY = reads((SpanKind.DUE, DUE))
BUDGET_OF = reads((SpanKind.BUDGET, BUDGET))
STREAM = reads((SpanKind.WORKSTREAM, WORKSTREAM))
CLEARS = reads((SpanKind.CLEARED, CLEARED), settle=together)
