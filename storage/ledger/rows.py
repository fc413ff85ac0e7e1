"""Entries and items: values to rows and back."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row

from circle.circles import CircleId
from circle.ledger import Entry, Item, Postings
from circle.life import fold
from storage.mapping import Mapper
from storage.tables.ledger import entries, items
from storage.times import LocalTime

FIGURES: Final = ("granted", "asked", "regulated", "invoiced", "paid")
"""The columns of an entry's postings."""

# The text of an entry, and that of the entry that tells an item, are read along.
_ENTRY: Final = Mapper(Entry, entries, joined=("what",))
_ITEM: Final = Mapper(Item, items, joined=("what",))


def entry_row(circle: CircleId, entry: Entry) -> dict[str, Any]:
    """The columns of an entry, its text left out."""
    moved = {name: getattr(entry.postings, name) for name in FIGURES}
    return _ENTRY.row(entry, circle=circle, **moved)


def read_entry(row: Row[Any], times: LocalTime) -> Entry:
    """An entry from its columns and its text."""
    return _ENTRY.read(row, times, postings=read_postings(row))


def read_postings(row: Row[Any]) -> Postings:
    """The five figures of a row; PostgreSQL sums them as decimals."""
    return Postings(*(int(getattr(row, name)) for name in FIGURES))


def item_row(circle: CircleId, told: Sequence[Entry]) -> dict[str, Any]:
    """The columns of the item that these entries tell, oldest first (circle.life.fold)."""
    return _ITEM.row(fold(told), circle=circle)


def read_item(row: Row[Any], times: LocalTime) -> Item:
    """An item from its columns and the text of the entry that tells it."""
    return _ITEM.read(row, times)
