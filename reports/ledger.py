"""The table of the ledger: a line an entry, whatever it tells of."""

from collections.abc import Callable, Sequence
from typing import Final

from circle.entries import Entry, ItemEntry, Particulars, particulars
from circle.ledger import Postings
from circle.refs import Kind as RefKind
from reports.columns import Asked, Described, Read, instant, ref
from reports.sheets import Cell, CellKind


def _entry(read: Callable[[Entry, Asked], Cell]) -> Read:
    return read


def _line(read: Callable[[Particulars], Cell]) -> Read:
    """A cell of what the entry's event tells."""
    return lambda entry, _: read(particulars(entry.event))


def _of_item(kind: RefKind, read: Callable[[ItemEntry], int | None]) -> Read:
    """What an entry about an item names, as a reference."""
    return lambda entry, _: ref(kind, read(entry)) if isinstance(entry, ItemEntry) else None


def _moved(read: Callable[[Postings], int]) -> Read:
    return lambda entry, _: read(entry.postings)


LEDGER: Final[Sequence[Described]] = (
    ("line", CellKind.NUMBER, _entry(lambda e, _: e.id)),
    ("at", CellKind.INSTANT, _entry(lambda e, _: instant(e.at))),
    ("kind", CellKind.TEXT, _entry(lambda e, a: a.words.word(e.event.kind))),
    ("item", CellKind.TEXT, _of_item(RefKind.ENTRY, lambda e: e.item)),
    ("person", CellKind.TEXT, _entry(lambda e, a: a.name(a.person(particulars(e.event).person)))),
    ("amount", CellKind.MONEY, _line(lambda line: line.amount)),
    ("granted", CellKind.MONEY, _moved(lambda p: p.granted)),
    ("asked", CellKind.MONEY, _moved(lambda p: p.asked)),
    ("regulated", CellKind.MONEY, _moved(lambda p: p.regulated)),
    ("invoiced", CellKind.MONEY, _moved(lambda p: p.invoiced)),
    ("paid", CellKind.MONEY, _moved(lambda p: p.paid)),
    ("funder", CellKind.TEXT, _line(lambda line: line.funder)),
    ("period", CellKind.TEXT, _line(lambda line: line.period)),
    ("action", CellKind.TEXT, _of_item(RefKind.ACTION, lambda e: e.action)),
    ("vote", CellKind.TEXT, _of_item(RefKind.VOTE, lambda e: e.vote)),
    ("meeting", CellKind.TEXT, _of_item(RefKind.MEETING, lambda e: e.meeting)),
    ("invoice", CellKind.TEXT, _line(lambda line: line.number)),
    ("corrects", CellKind.NUMBER, _entry(lambda e, _: e.corrects)),
    ("by", CellKind.TEXT, _entry(lambda e, a: a.name(a.person(e.by)))),
    ("what", CellKind.TEXT, _entry(lambda e, _: e.what)),
)
