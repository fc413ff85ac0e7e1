"""The life of a declared item: what its entries make of it, and what each moves in the figures.

An entry moves the figures by what the item weighs after it, less what it weighed before: the sum
of an item's postings is always what the item now weighs, whatever was corrected
(docs/domain.md: The contributive budget).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from circle.ledger import WAITING, Entry, EntryKind, Item, ItemState, Postings
from circle.people import PersonKey

TELLING = frozenset({EntryKind.DECLARED, EntryKind.CORRECTED})
FINAL = frozenset({EntryKind.REGULATED, EntryKind.REFUSED, EntryKind.PRO_BONO, EntryKind.CANCELLED})
DECISIONS = frozenset(
    {EntryKind.REGULATED, EntryKind.REFUSED, EntryKind.PRO_BONO, EntryKind.POSTPONED}
)

_AFTER = {
    EntryKind.QUESTIONED: ItemState.QUESTIONED,
    EntryKind.ANSWERED: ItemState.DECLARED,
    EntryKind.POSTPONED: ItemState.POSTPONED,
    EntryKind.REGULATED: ItemState.REGULATED,
    EntryKind.REFUSED: ItemState.REFUSED,
    EntryKind.PRO_BONO: ItemState.PRO_BONO,
    EntryKind.CANCELLED: ItemState.CANCELLED,
}


def fold(entries: Iterable[Entry]) -> Item:
    """The item that these entries tell, oldest first; the first one declares it.

    Raises ValueError where it declares nothing, or an entry cannot come after another. A question
    stands until it is answered or the item decided: postponing answers nothing.
    """
    first, *rest = entries
    item = _declared(first)
    questions: set[int | None] = set()
    for entry in rest:
        item = after(item, entry)
        if entry.kind is EntryKind.QUESTIONED:
            questions.add(entry.id)
        if entry.kind is EntryKind.ANSWERED:
            questions.discard(entry.corrects)
        if questions and item.state in WAITING:
            item = replace(item, state=ItemState.QUESTIONED)
    return item


def after(item: Item, entry: Entry) -> Item:
    """The item once this entry is written. Raises ValueError where it cannot come then."""
    if not _can_come(item, entry):
        raise ValueError(f"C{item.number} is {item.state}: {entry.kind} cannot come then")
    match entry.kind:
        case EntryKind.CORRECTED:
            return _retold(item, entry)
        case EntryKind.INVOICED:
            changed = replace(item, invoice=entry.number)
        case EntryKind.PAID:
            changed = replace(item, paid=entry.amount is not None)
        case EntryKind.REGULATED:
            changed = replace(item, regulated=entry.amount, meeting=entry.meeting)
        case EntryKind.REFUSED | EntryKind.PRO_BONO | EntryKind.POSTPONED:
            changed = replace(item, regulated=None, meeting=entry.meeting)
        case _:
            changed = item
    return replace(changed, state=_state(changed, entry.kind), last_entry=entry.id)


def _can_come(item: Item, entry: Entry) -> bool:
    """Only what waits is questioned or cancelled, only a decided amount invoiced or paid."""
    settled = item.invoice is not None or item.paid
    match entry.kind:
        case EntryKind.GRANT | EntryKind.DECLARED:
            return False
        case EntryKind.QUESTIONED | EntryKind.ANSWERED | EntryKind.CANCELLED:
            return item.state in WAITING
        case EntryKind.INVOICED | EntryKind.PAID:
            return item.regulated is not None
        case EntryKind.REGULATED:
            return item.state is not ItemState.CANCELLED and entry.amount is not None
        case EntryKind.REFUSED | EntryKind.PRO_BONO | EntryKind.POSTPONED:
            return item.state is not ItemState.CANCELLED and not settled
        case EntryKind.CORRECTED:
            return item.state is not ItemState.CANCELLED


def _state(item: Item, kind: EntryKind) -> ItemState:
    if item.paid:
        return ItemState.PAID
    if item.invoice is not None:
        return ItemState.INVOICED
    return _AFTER.get(kind, ItemState.REGULATED)


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
        told_by=entry.id,
        last_entry=entry.id,
    )


def _retold(item: Item, entry: Entry) -> Item:
    """The item told anew: what was decided of it stays."""
    return replace(
        _declared(entry),
        declared_by=item.declared_by,
        declared_at=item.declared_at,
        state=item.state,
        regulated=item.regulated,
        meeting=item.meeting,
        invoice=item.invoice,
        paid=item.paid,
    )


def given_by(history: Iterable[Entry]) -> PersonKey | None:
    """Who said that the item is of the person whose it is now; its entries, oldest first."""
    by = person = None
    for entry in history:
        if entry.kind in TELLING and entry.person != person:
            by, person = entry.by, entry.person
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


def posted(before: Item | None, entry: Entry) -> Entry:
    """The entry with its postings; `before` is the item it tells of, None where it declares it."""
    if before is None:
        return replace(entry, postings=weigh(_declared(entry)))
    return replace(entry, postings=weigh(after(before, entry)) - weigh(before))


def is_balanced(entries: Collection[Entry]) -> bool:
    """Whether the postings of these entries of one item sum up to what the item weighs."""
    total = sum((entry.postings for entry in entries), Postings())
    return total == weigh(fold(entries))


def retelling(item: Item) -> Entry:
    """An entry that tells the item as it stands: to be corrected, dated and signed."""
    return Entry(
        kind=EntryKind.CORRECTED,
        at=item.declared_at,
        by=item.declared_by,
        item=item.number,
        nature=item.nature,
        person=item.person,
        payee=item.payee,
        day=item.day,
        minutes=item.minutes,
        amount=item.asked,
        pro_bono=item.pro_bono,
        action=item.action,
        vote=item.vote,
        what=item.what,
    )


def corrected_by(kind: EntryKind, history: Sequence[Entry]) -> int | None:
    """The id of the entry that one of this kind corrects: None for the first of its family.

    Something is told, decided, invoiced and paid once; whatever comes later corrects the last
    of these entries. Postponing decides nothing yet.
    """
    family = next((one for one in _FAMILIES if kind in one), frozenset())
    told = [entry for entry in history if entry.kind in family]
    decides = family is _DECIDING
    if decides and not any(entry.kind in FINAL for entry in told):
        return None
    return told[-1].id if told else None


_DECIDING = FINAL | DECISIONS
_FAMILIES = (
    TELLING,
    _DECIDING,
    frozenset({EntryKind.INVOICED}),
    frozenset({EntryKind.PAID}),
)
