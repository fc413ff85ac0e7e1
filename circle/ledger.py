"""Entries are appended, balances computed (docs/domain.md: The contributive budget).

Every entry carries its postings: by how many cents it moves each figure. A figure is the sum of
one column, so nothing is ever stored that could disagree with the entries.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from circle.people import PersonKey


class EntryKind(StrEnum):
    """What an entry records."""

    GRANT = "grant"
    DECLARED = "declared"
    CORRECTED = "corrected"
    QUESTIONED = "questioned"
    ANSWERED = "answered"
    REGULATED = "regulated"
    REFUSED = "refused"
    PRO_BONO = "pro-bono"
    POSTPONED = "postponed"
    INVOICED = "invoiced"
    PAID = "paid"
    CANCELLED = "cancelled"


class Nature(StrEnum):
    """What is declared: work or an expense."""

    CONTRIBUTION = "contribution"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Postings:
    """By how many cents an entry moves each figure of the budget."""

    granted: int = 0
    asked: int = 0
    regulated: int = 0
    invoiced: int = 0
    paid: int = 0

    def __add__(self, other: "Postings") -> "Postings":
        """Both together, figure by figure."""
        return Postings(*(a + b for a, b in zip(self._all(), other._all(), strict=True)))

    def __sub__(self, other: "Postings") -> "Postings":
        """What is left of these once the others are taken off."""
        return Postings(*(a - b for a, b in zip(self._all(), other._all(), strict=True)))

    def _all(self) -> tuple[int, ...]:
        return (self.granted, self.asked, self.regulated, self.invoiced, self.paid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the ledger, never changed once written. Amounts in cents, effort in minutes.

    `id` is given by the store. `item` is the number of the contribution or expense (C12) the
    entry tells of. `what` is free text (what was done, a question, a reason), kept apart from the
    entry so that it can be erased. `corrects` is the id of the entry that this one corrects;
    `session` that of the regulation session in which it was decided. `alone`: about one's own item,
    with nobody else there.
    """

    kind: EntryKind
    at: datetime
    by: PersonKey
    postings: Postings = Postings()
    id: int | None = None
    item: int | None = None
    nature: Nature | None = None
    person: PersonKey | None = None
    payee: PersonKey | None = None
    day: date | None = None
    minutes: int | None = None
    amount: int | None = None
    pro_bono: bool = False
    action: int | None = None
    vote: int | None = None
    meeting: int | None = None
    workstream: int | None = None
    funder: str | None = None
    period: str | None = None
    number: str | None = None
    corrects: int | None = None
    session: int | None = None
    what: str = ""
    source: str | None = None
    alone: bool = False


class ItemState(StrEnum):
    """Where a declared item stands (docs/domain.md: Life of a declared item)."""

    DECLARED = "declared"
    QUESTIONED = "questioned"
    POSTPONED = "postponed"
    REGULATED = "regulated"
    REFUSED = "refused"
    PRO_BONO = "pro-bono"
    INVOICED = "invoiced"
    PAID = "paid"
    CANCELLED = "cancelled"


WAITING = frozenset({ItemState.DECLARED, ItemState.QUESTIONED, ItemState.POSTPONED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A contribution or an expense as its entries tell it. Cents and minutes.

    `told_by` is the id of the entry that tells it, `last_entry` that of the last one about it.
    """

    number: int
    nature: Nature
    person: PersonKey
    payee: PersonKey | None
    declared_by: PersonKey
    declared_at: datetime
    day: date
    minutes: int | None
    what: str
    asked: int | None
    pro_bono: bool
    action: int | None
    vote: int | None
    state: ItemState
    regulated: int | None = None
    meeting: int | None = None
    invoice: str | None = None
    paid: bool = False
    told_by: int | None = None
    last_entry: int | None = None
