"""The entries of the ledger: what happened, when, said by whom (docs/domain.md).

An entry is of an envelope or of a declared item, and holds one event: a class for each thing that
may happen, with what that thing needs and nothing else. Entries are never changed once written.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, TypeAlias, assert_never

from circle.ledger import NOTHING, EntryKind, Nature, Postings
from circle.money import Cents
from circle.people import PersonKey
from circle.time import Minutes

# Of envelopes


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeTerms:
    """An envelope as an entry tells it: cents, who gives them, for which workstream and period.

    `period` are the words that were typed, `since` and `until` the days that they tell, both
    included: read once, when the entry is written. Without these days any day is its own.
    """

    amount: Cents
    funder: str | None = None
    workstream: int | None = None
    period: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(EnvelopeTerms):
    """Money was granted to the circle."""

    kind: ClassVar = EntryKind.GRANT


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantCorrected(EnvelopeTerms):
    """An envelope told anew; zero cents take it back."""

    kind: ClassVar = EntryKind.CORRECTED


EnvelopeEvent: TypeAlias = Granted | GrantCorrected


# Of declared items


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Work or an expense as an entry tells it: whose, to be paid to whom, of which day.

    `amount`: the cents asked for. The text of what was done is the entry's (`what`).
    """

    nature: Nature
    person: PersonKey
    day: date
    payee: PersonKey | None = None
    minutes: Minutes | None = None
    amount: Cents | None = None
    pro_bono: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Declaration):
    """An item was declared."""

    kind: ClassVar = EntryKind.DECLARED


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Declaration):
    """The item told anew; what was decided of it stays."""

    kind: ClassVar = EntryKind.CORRECTED


@dataclass(frozen=True, slots=True)
class Questioned:
    """Somebody asks about it; the question is the entry's text."""

    kind: ClassVar = EntryKind.QUESTIONED


@dataclass(frozen=True, slots=True)
class QuestionTakenBack:
    """A question was taken back: the one that the entry corrects."""

    kind: ClassVar = EntryKind.ANSWERED


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Whoever declared it asks nothing any more."""

    kind: ClassVar = EntryKind.CANCELLED


@dataclass(frozen=True, slots=True)
class Regulated:
    """So many cents were decided."""

    kind: ClassVar = EntryKind.REGULATED
    amount: Cents


@dataclass(frozen=True, slots=True)
class ItemRefused:
    """Nothing will be given for it."""

    kind: ClassVar = EntryKind.REFUSED


@dataclass(frozen=True, slots=True)
class ProBono:
    """It was decided that the work is a gift."""

    kind: ClassVar = EntryKind.PRO_BONO


@dataclass(frozen=True, slots=True)
class Postponed:
    """Another session will decide of it."""

    kind: ClassVar = EntryKind.POSTPONED


@dataclass(frozen=True, slots=True)
class Invoiced:
    """What was decided (cents) is on the invoice of that number."""

    kind: ClassVar = EntryKind.INVOICED
    number: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class InvoiceTakenBack:
    """There is no invoice after all."""

    kind: ClassVar = EntryKind.INVOICED


@dataclass(frozen=True, slots=True)
class Paid:
    """What was decided (cents) was paid."""

    kind: ClassVar = EntryKind.PAID
    amount: Cents


@dataclass(frozen=True, slots=True)
class PaymentTakenBack:
    """It was not paid after all."""

    kind: ClassVar = EntryKind.PAID


@dataclass(frozen=True, slots=True)
class Placed:
    """A steward said which envelope, by its number, holds what none held of it."""

    kind: ClassVar = EntryKind.PLACED
    envelope: int


Decided: TypeAlias = Regulated | ItemRefused | ProBono | Postponed
Settled: TypeAlias = Invoiced | InvoiceTakenBack | Paid | PaymentTakenBack
ItemEvent: TypeAlias = (
    Declared | Corrected | Questioned | QuestionTakenBack | Cancelled | Decided | Settled | Placed
)


# The entries


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What every entry has: when and by whom it was written, and what it moves.

    `id` is given by the store. `corrects` is the id of the entry that this one corrects, `source`
    that of the message it comes from. `what` is free text (what was done, a question, a reason),
    kept apart from the entry so that it can be erased.
    """

    at: datetime
    by: PersonKey
    postings: Postings = NOTHING
    id: int | None = None
    corrects: int | None = None
    what: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeEntry(LedgerEntry):
    """An entry about an envelope."""

    event: EnvelopeEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntry(LedgerEntry):
    """An entry about a declared item, by its number (C12), and the action or vote it names.

    `meeting` and `session`: those in which it was decided. `alone`: about one's own item, with
    nobody else there.
    """

    item: int
    event: ItemEvent
    action: int | None = None
    vote: int | None = None
    meeting: int | None = None
    session: int | None = None
    alone: bool = False


Entry: TypeAlias = EnvelopeEntry | ItemEntry


# An entry as a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What a line of the ledger tells of an event beside its entry, where it tells any of it.

    Cents and minutes; `number` of an invoice.
    """

    person: PersonKey | None = None
    amount: Cents | None = None
    minutes: Minutes | None = None
    funder: str | None = None
    period: str | None = None
    number: str | None = None


def particulars(event: EnvelopeEvent | ItemEvent) -> Particulars:
    """The line of an event, whatever it is."""
    match event:
        case Granted() | GrantCorrected():
            return Particulars(amount=event.amount, funder=event.funder, period=event.period)
        case Declared() | Corrected():
            return Particulars(person=event.person, amount=event.amount, minutes=event.minutes)
        case Regulated() | Paid():
            return Particulars(amount=event.amount)
        case Invoiced():
            return Particulars(amount=event.amount, number=event.number)
        case Questioned() | QuestionTakenBack() | InvoiceTakenBack() | PaymentTakenBack():
            return Particulars()
        case Cancelled() | ItemRefused() | ProBono() | Postponed() | Placed():
            return Particulars()
        case _:
            assert_never(event)
