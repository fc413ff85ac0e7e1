"""The contributive budget: entries are appended, balances computed (DOMAIN, LANGUAGE: figures).

Every entry carries its postings: by how many cents it moves each figure. A figure is the sum of
one column, so nothing is ever stored that could disagree with the entries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from circle.people import PersonKey


class EntryKind(StrEnum):
    """What an entry records."""

    GRANT = "grant"
    DECLARED = "declared"
    CORRECTED = "corrected"
    QUESTIONED = "questioned"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the ledger, never changed once written. Amounts in cents, effort in minutes.

    `id` is given by the store. `item` is the number of the contribution or expense (C12) the
    entry tells of. `what` is free text, kept apart from the entry so that it can be erased.
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
    what: str = ""
    source: str | None = None


class ItemState(StrEnum):
    """Where a declared item stands (DOMAIN: life of a declared item)."""

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
    """A contribution or an expense as its entries tell it. Cents and minutes."""

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
    last_entry: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The budget of a circle, in cents (LANGUAGE: the budget's figures)."""

    granted: int
    committed: int
    asked: int
    regulated: int
    invoiced: int
    paid: int

    @property
    def available(self) -> int:
        """Granted, less what was decided, less what adopted votes hold back."""
        return self.granted - self.regulated - self.committed


@dataclass(frozen=True, slots=True)
class Commitment:
    """An adopted vote with an amount that still holds money back. Cents."""

    vote: int
    amount: int
    action: int | None


def committed(
    commitments: Iterable[Commitment],
    regulated_by_vote: Mapping[int, int],
    regulated_by_action: Mapping[int, int],
) -> int:
    """What adopted votes hold back, in cents.

    For each vote, oldest first: max(0, amount - what was regulated on entries that name the
    vote, else its action). What was regulated on an action (entries that name no vote) serves
    its oldest vote first, and the rest goes to the next.
    """
    left = dict(regulated_by_action)
    total = 0
    for one in sorted(commitments, key=lambda c: c.vote):
        due = max(0, one.amount - regulated_by_vote.get(one.vote, 0))
        served = min(due, left.get(one.action, 0)) if one.action is not None else 0
        if one.action is not None and served:
            left[one.action] -= served
        total += due - served
    return total


_AFTER = {
    EntryKind.QUESTIONED: ItemState.QUESTIONED,
    EntryKind.POSTPONED: ItemState.POSTPONED,
    EntryKind.REGULATED: ItemState.REGULATED,
    EntryKind.REFUSED: ItemState.REFUSED,
    EntryKind.PRO_BONO: ItemState.PRO_BONO,
    EntryKind.INVOICED: ItemState.INVOICED,
    EntryKind.PAID: ItemState.PAID,
    EntryKind.CANCELLED: ItemState.CANCELLED,
}


def fold(entries: Iterable[Entry]) -> Item:
    """The item that these entries tell, oldest first; the first one declares it."""
    first, *rest = entries
    item = _declared(first)
    for entry in rest:
        item = _after(item, entry)
    return item


def _declared(entry: Entry) -> Item:
    if entry.item is None or entry.nature is None or entry.person is None or entry.day is None:
        raise ValueError(f"entry {entry.id} declares nothing")
    return Item(
        number=entry.item,
        nature=entry.nature,
        person=entry.person,
        payee=entry.payee,
        declared_by=entry.by,
        declared_at=entry.at,
        day=entry.day,
        minutes=entry.minutes,
        what=entry.what,
        asked=entry.amount,
        pro_bono=entry.pro_bono,
        action=entry.action,
        vote=entry.vote,
        state=ItemState.DECLARED,
        last_entry=entry.id,
    )


def _after(item: Item, entry: Entry) -> Item:
    if entry.kind is EntryKind.CORRECTED:
        told = _declared(entry)
        return replace(told, declared_by=item.declared_by, declared_at=item.declared_at)
    state = ItemState.PAID if item.paid else _AFTER[entry.kind]
    item = replace(item, state=state, last_entry=entry.id)
    if entry.kind is EntryKind.REGULATED:
        return replace(item, regulated=entry.amount, meeting=entry.meeting)
    if entry.kind is EntryKind.INVOICED:
        return replace(item, invoice=entry.number)
    if entry.kind is EntryKind.PAID:
        return replace(item, paid=True)
    return item
