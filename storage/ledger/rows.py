"""Entries and items: values to rows and back.

A row holds the columns of all events; its kind says which of them it is. What takes an invoice or a
payment back is of the kind of these, without the number or the amount.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any, Final, TypeVar, get_args

from sqlalchemy import Boolean, Row

from circle.circles import CircleId
from circle.entries import (
    Entry,
    EnvelopeEntry,
    EnvelopeEvent,
    InvoiceTakenBack,
    ItemEntry,
    ItemEvent,
    PaymentTakenBack,
)
from circle.ledger import EntryKind, Item, Postings
from circle.life import fold
from storage.mapping import Mapper
from storage.tables.ledger import entries, entry_periods, items
from storage.times import LocalTime

T = TypeVar("T")

FIGURES: Final = ("granted", "asked", "regulated", "invoiced", "paid")
"""The columns of an entry's postings."""

PERIOD: Final = (entry_periods.c.since, entry_periods.c.until)
"""The days of an envelope's period, which are read along with its entries."""

# The text of an entry, and that of the entry that tells an item, are read along.
_ENVELOPE_ENTRY: Final = Mapper(EnvelopeEntry, entries, joined=("what",))
_ITEM_ENTRY: Final = Mapper(ItemEntry, entries, joined=("what",))
_ITEM: Final = Mapper(Item, items, joined=("what",))
_EVENT: Final[Mapping[type, Mapper[Any]]] = {
    event: Mapper(event, entries) for event in (*get_args(EnvelopeEvent), *get_args(ItemEvent))
}
_NEEDED: Final = {
    event: tuple(one.name for one in fields(event) if one.default is MISSING) for event in _EVENT
}
_OF_ENVELOPE: Final[Mapping[EntryKind, type[EnvelopeEvent]]] = {
    event.kind: event for event in get_args(EnvelopeEvent)
}
_TAKEN_BACK: Final = (InvoiceTakenBack, PaymentTakenBack)
_OF_ITEM: Final[Mapping[EntryKind, type[ItemEvent]]] = {
    event.kind: event for event in get_args(ItemEvent) if event not in _TAKEN_BACK
}
# What a column of no event holds where an event has none of it.
_WITHOUT: Final[Mapping[str, Any]] = {
    one.name: False if isinstance(one.type, Boolean) else None
    for one in entries.c
    if one.name != "id"
}


def entry_row(circle: CircleId, entry: Entry) -> dict[str, Any]:
    """The columns of an entry, its text left out."""
    moved = {name: getattr(entry.postings, name) for name in FIGURES}
    event = _EVENT[type(entry.event)].row(entry.event, kind=entry.event.kind)
    more = {**event, **moved, "circle": circle}
    if isinstance(entry, ItemEntry):
        return {**_WITHOUT, **_ITEM_ENTRY.row(entry, **more)}
    return {**_WITHOUT, **_ENVELOPE_ENTRY.row(entry, **more)}


def period_row(entry: EnvelopeEntry) -> dict[str, Any]:
    """The days of the period that a written entry tells."""
    return {"entry": entry.id, "since": entry.event.since, "until": entry.event.until}


def read_entry(row: Row[Any], times: LocalTime) -> Entry:
    """An entry from its columns and its text.

    Raises ValueError where it lacks what its kind needs, LookupError where nothing is of that kind.
    """
    return read_envelope_entry(row, times) if row.item is None else read_item_entry(row, times)


def read_envelope_entry(row: Row[Any], times: LocalTime) -> EnvelopeEntry:
    """The same of an entry about an envelope."""
    event = _event(row, _OF_ENVELOPE[row.kind], since=row.since, until=row.until)
    return _ENVELOPE_ENTRY.read(row, times, postings=read_postings(row), event=event)


def read_item_entry(row: Row[Any], times: LocalTime) -> ItemEntry:
    """The same of an entry about an item."""
    event = _event(row, _kind_of(row))
    return _ITEM_ENTRY.read(row, times, postings=read_postings(row), event=event)


def _kind_of(row: Row[Any]) -> type[ItemEvent]:
    if row.kind is EntryKind.INVOICED and row.number is None:
        return InvoiceTakenBack
    if row.kind is EntryKind.PAID and row.amount is None:
        return PaymentTakenBack
    return _OF_ITEM[row.kind]


def _event(row: Row[Any], kind: type[T], **beside: object) -> T:
    for name in _NEEDED[kind]:
        if getattr(row, name) is None:
            raise ValueError(f"entry {row.id}, {row.kind}, has no {name}")
    read: T = _EVENT[kind].read(row, None, **beside)
    return read


def read_postings(row: Row[Any]) -> Postings:
    """The five figures of a row; PostgreSQL sums them as decimals."""
    return Postings(*(int(getattr(row, name)) for name in FIGURES))


def item_row(circle: CircleId, told: Sequence[ItemEntry]) -> dict[str, Any]:
    """The columns of the item that these entries tell, oldest first (circle.life.fold)."""
    return _ITEM.row(fold(told), circle=circle)


def read_item(row: Row[Any], times: LocalTime) -> Item:
    """An item from its columns and the text of the entry that tells it."""
    return _ITEM.read(row, times)
