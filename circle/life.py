"""The life of a declared item: what its entries make of it, and what each moves in the figures.

An entry moves the figures by what the item weighs after it, less what it weighed before: the sum
of an item's postings is always what the item now weighs, whatever was corrected
(docs/domain.md: The contributive budget).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from circle.entries import (
    Cancelled,
    Corrected,
    Decided,
    Declaration,
    Declared,
    Invoiced,
    InvoiceTakenBack,
    ItemEntry,
    ItemEvent,
    ItemRefused,
    Paid,
    PaymentTakenBack,
    Placed,
    Postponed,
    ProBono,
    Questioned,
    QuestionTakenBack,
    Regulated,
    Settled,
)
from circle.ledger import WAITING, EntryKind, Item, ItemState, Postings
from circle.people import PersonKey

TELLING = frozenset({EntryKind.DECLARED, EntryKind.CORRECTED})
FINAL = frozenset({EntryKind.REGULATED, EntryKind.REFUSED, EntryKind.PRO_BONO, EntryKind.CANCELLED})
DECISIONS = frozenset(
    {EntryKind.REGULATED, EntryKind.REFUSED, EntryKind.PRO_BONO, EntryKind.POSTPONED}
)


def fold(entries: Iterable[ItemEntry]) -> Item:
    """The item that these entries tell, oldest first; the first one declares it.

    Raises ValueError where it declares nothing, or an entry cannot come after another. A question
    stands until it is answered or the item decided: postponing answers nothing.
    """
    first, *rest = entries
    item = _declared(first)
    questions: set[int | None] = set()
    for entry in rest:
        item = after(item, entry)
        if isinstance(entry.event, Questioned):
            questions.add(entry.id)
        if isinstance(entry.event, QuestionTakenBack):
            questions.discard(entry.corrects)
        if questions and item.state in WAITING:
            item = replace(item, state=ItemState.QUESTIONED)
    return item


def after(item: Item, entry: ItemEntry) -> Item:
    """The item once this entry is written. Raises ValueError where it cannot come then."""
    if not _can_come(item, entry.event):
        raise ValueError(f"C{item.number} is {item.state}: {entry.event.kind} cannot come then")
    return replace(_changed(item, entry), last_entry=entry.id)


def _can_come(item: Item, event: ItemEvent) -> bool:
    """Only what waits is questioned or cancelled, only a decided amount invoiced or paid."""
    match event:
        case Declared():
            return False
        case Questioned() | QuestionTakenBack() | Cancelled():
            return item.state in WAITING
        case Invoiced() | InvoiceTakenBack() | Paid() | PaymentTakenBack() | Placed():
            return item.regulated is not None
        case ItemRefused() | ProBono() | Postponed():
            settled = item.invoice is not None or item.paid
            return item.state is not ItemState.CANCELLED and not settled
        case Regulated() | Corrected():
            return item.state is not ItemState.CANCELLED
        case _:
            assert_never(event)


def _changed(item: Item, entry: ItemEntry) -> Item:
    match entry.event:
        case Declared() | Corrected():
            return _retold(item, entry, entry.event)
        case Questioned():
            return replace(item, state=ItemState.QUESTIONED)
        case QuestionTakenBack():
            return replace(item, state=ItemState.DECLARED)
        case Cancelled():
            return replace(item, state=ItemState.CANCELLED)
        case Regulated() | ItemRefused() | ProBono() | Postponed():
            return _decided(replace(item, meeting=entry.meeting), entry.event)
        case Invoiced() | InvoiceTakenBack() | Paid() | PaymentTakenBack() | Placed():
            return _placed(_settled(item, entry.event))
        case _:
            assert_never(entry.event)


def _decided(item: Item, decision: Decided) -> Item:
    if isinstance(decision, Regulated):
        return _placed(replace(item, regulated=decision.amount))
    return replace(item, regulated=None, state=outcome(decision))


def _settled(item: Item, event: Settled | Placed) -> Item:
    match event:
        case Placed():
            return item
        case Invoiced(number=number):
            return replace(item, invoice=number)
        case InvoiceTakenBack():
            return replace(item, invoice=None)
        case Paid():
            return replace(item, paid=True)
        case PaymentTakenBack():
            return replace(item, paid=False)
        case _:
            assert_never(event)


def _placed(item: Item) -> Item:
    """A regulated item in the state where its invoice and its payment put it."""
    if item.paid:
        return replace(item, state=ItemState.PAID)
    invoiced = item.invoice is not None
    return replace(item, state=ItemState.INVOICED if invoiced else ItemState.REGULATED)


def outcome(decision: Decided) -> ItemState:
    """Where a decision leaves an item that is neither invoiced nor paid."""
    match decision:
        case Regulated():
            return ItemState.REGULATED
        case ItemRefused():
            return ItemState.REFUSED
        case ProBono():
            return ItemState.PRO_BONO
        case Postponed():
            return ItemState.POSTPONED
        case _:
            assert_never(decision)


def _declared(entry: ItemEntry) -> Item:
    if not isinstance(entry.event, Declared):
        raise ValueError(f"entry {entry.id} declares nothing")  # noqa: TRY004
    return _told(entry, entry.event)


def _told(entry: ItemEntry, told: Declaration) -> Item:
    return Item(
        number=entry.item,
        nature=told.nature,
        person=told.person,
        payee=told.payee,
        declared_by=entry.by,
        declared_at=entry.at,
        day=told.day,
        minutes=told.minutes,
        what=entry.what,
        asked=told.amount,
        pro_bono=told.pro_bono,
        action=entry.action,
        vote=entry.vote,
        state=ItemState.DECLARED,
        told_by=entry.id,
        last_entry=entry.id,
    )


def _retold(item: Item, entry: ItemEntry, told: Declaration) -> Item:
    """The item told anew: what was decided of it stays."""
    return replace(
        _told(entry, told),
        declared_by=item.declared_by,
        declared_at=item.declared_at,
        state=item.state,
        regulated=item.regulated,
        meeting=item.meeting,
        invoice=item.invoice,
        paid=item.paid,
    )


def given_by(history: Iterable[ItemEntry]) -> PersonKey | None:
    """Who said that the item is of the person whose it is now; its entries, oldest first."""
    by = person = None
    for entry in history:
        if isinstance(entry.event, Declaration) and entry.event.person != person:
            by, person = entry.by, entry.event.person
    return by


def weigh(item: Item) -> Postings:
    """What an item adds to each figure of the budget (docs/words.md: The budget's figures)."""
    regulated = item.regulated or 0
    return Postings(
        asked=(item.asked or 0) if item.state in WAITING else 0,
        regulated=regulated,
        invoiced=regulated if item.invoice is not None else 0,
        paid=regulated if item.paid else 0,
    )


def posted(before: Item | None, entry: ItemEntry) -> ItemEntry:
    """The entry with its postings; `before` is the item it tells of, None where it declares it."""
    if before is None:
        return replace(entry, postings=weigh(_declared(entry)))
    return replace(entry, postings=weigh(after(before, entry)) - weigh(before))


def is_balanced(entries: Collection[ItemEntry]) -> bool:
    """Whether the postings of these entries of one item sum up to what the item weighs."""
    total = sum((entry.postings for entry in entries), Postings())
    return total == weigh(fold(entries))


def retelling(item: Item) -> Corrected:
    """The event that tells the item as it stands."""
    return Corrected(
        nature=item.nature,
        person=item.person,
        payee=item.payee,
        day=item.day,
        minutes=item.minutes,
        amount=item.asked,
        pro_bono=item.pro_bono,
    )


def corrected_by(kind: EntryKind, history: Sequence[ItemEntry]) -> int | None:
    """The id of the entry that one of this kind corrects: None for the first of its family.

    Something is told, decided, invoiced and paid once; whatever comes later corrects the last
    of these entries. Postponing decides nothing yet.
    """
    family = next((one for one in _FAMILIES if kind in one), frozenset())
    told = [entry for entry in history if entry.event.kind in family]
    decides = family is _DECIDING
    if decides and not any(entry.event.kind in FINAL for entry in told):
        return None
    return told[-1].id if told else None


_DECIDING = FINAL | DECISIONS
_FAMILIES = (
    TELLING,
    _DECIDING,
    frozenset({EntryKind.INVOICED}),
    frozenset({EntryKind.PAID}),
)
