"""What a correction says: which entry, and what it should have been."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from circle.people import Person
from circle.refs import Kind, Ref
from commands.reading.readers import (
    AMOUNT,
    AS_PRO_BONO,
    ASKED,
    EFFORT,
    FOR_WHO,
    ON_DAY,
    TEXT,
    TO_STRUCTURE,
    Answer,
    Label,
    choice,
    either,
    option,
    reference,
    tagged,
)
from commands.reading.slots import Around, Value
from commands.reading.words import Piece

_MOST_CHARS = 60


class Now(StrEnum):
    """What can be said instead of an amount: another decision, or what did not happen."""

    REFUSED = "refused"
    PRO_BONO = "pro-bono"
    POSTPONED = "postponed"
    UNPAID = "unpaid"
    NOT_INVOICED = "not-invoiced"


def _amount(piece: Piece, around: Around) -> int | None:
    """An amount with its unit, or a bare number that ends the line."""
    bare = piece.plain.replace(" ", "").isdecimal()
    return AMOUNT.read(piece, around) if piece.reaches_end or not bare else None


def _effort(piece: Piece, around: Around) -> int | None:
    """An effort with its unit: a bare number is none."""
    return EFFORT.read(piece, around) if any(c.isalpha() for c in piece.plain) else None


def _entry(piece: Piece, around: Around) -> Ref | None:
    """`C12`, `12` or `E1`; in reply to an envelope, a bare number is its amount."""
    if piece.plain.lstrip("#").startswith("e"):
        return _ENVELOPE.read(piece, around)
    of_envelope = around.about is not None and around.about.kind is Kind.ENVELOPE
    return None if of_envelope and piece.plain.isdecimal() else _ITEM.read(piece, around)


def _number(piece: Piece, _around: Around) -> str | None:
    """The number of an invoice: one word with a figure in it."""
    said = piece.text
    return said if len(said) <= _MOST_CHARS and any(c.isdecimal() for c in said) else None


def _named(piece: Piece, around: Around) -> Ref | None:
    """`E2`: a bare number might be an amount."""
    return _ENVELOPE.read(piece, around) if piece.plain.lstrip("#").startswith("e") else None


_ITEM = reference(Kind.ENTRY)
_ENVELOPE = reference(Kind.ENVELOPE)
_WORDS = choice(
    Answer(Now.REFUSED, "refus", "refused", ("refusé", "refusée")),
    Answer(Now.PRO_BONO, "bénévole", "pro bono", ("bénévolat", "probono")),
    Answer(Now.POSTPONED, "report", "postponed", ("reporté", "reportée")),
    Answer(Now.UNPAID, "impayé", "unpaid", ("impayée",)),
    Answer(Now.NOT_INVOICED, "sans facture", "no invoice"),
)
TARGET: Value[Ref] = replace(reference(Kind.ENTRY, Kind.ENVELOPE), read=_entry)
NOW = either(replace(AMOUNT, read=_amount), _WORDS)
EFFORT_SAID: Value[int] = replace(EFFORT, read=_effort)
INVOICE_SAID = option(
    "facture",
    "invoice",
    read=Value(
        label=Label("NUMÉRO", "NUMBER"),
        read=_number,
        wrong="text.missing",
        missing="text.missing",
        width=1,
        free=True,
    ),
)

ON_ENVELOPE = option("enveloppe", "envelope", read=replace(_ENVELOPE, read=_named))


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectArgs:
    """A contribution, an expense or an envelope, and what it should have been. Cents, minutes.

    `what` is the new text; beside a new decision, its reason.
    """

    entry: Annotated[Ref, TARGET]
    now: Annotated[int | Now | None, NOW] = None
    minutes: Annotated[int | None, EFFORT_SAID] = None
    what: Annotated[str, TEXT] = ""
    about: Annotated[Ref | None, tagged(Kind.ACTION, Kind.VOTE)] = None
    day: Annotated[date | None, ON_DAY] = None
    asked: Annotated[int | None, ASKED] = None
    pro_bono: Annotated[bool, AS_PRO_BONO] = False
    person: Annotated[Person | None, FOR_WHO] = None
    payee: Annotated[Person | None, TO_STRUCTURE] = None
    invoice: Annotated[str | None, INVOICE_SAID] = None
    envelope: Annotated[Ref | None, ON_ENVELOPE] = None

    @property
    def amount(self) -> int | None:
        """The amount, wherever it was said."""
        return self.now if isinstance(self.now, int) else self.asked

    @property
    def outcome(self) -> Now | None:
        """The word that stands instead of an amount."""
        if self.pro_bono:
            return Now.PRO_BONO
        return None if isinstance(self.now, int) else self.now
