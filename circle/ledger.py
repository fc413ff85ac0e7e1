"""What the ledger is made of, and the items its entries tell (docs/domain.md).

Entries are appended, balances computed. Every entry (`circle.entries`) carries its postings: by how
many cents it moves each figure. A figure is the sum of one column, so nothing is ever stored that
could disagree with the entries.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from circle.money import Cents
from circle.people import PersonKey
from circle.time import Minutes


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
    PLACED = "placed"


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


NOTHING: Final = Postings()
"""What moves no figure."""


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
    minutes: Minutes | None
    what: str
    asked: Cents | None
    pro_bono: bool
    action: int | None
    vote: int | None
    state: ItemState
    regulated: Cents | None = None
    meeting: int | None = None
    invoice: str | None = None
    paid: bool = False
    told_by: int | None = None
    last_entry: int | None = None
