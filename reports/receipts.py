"""The receipts of a circle as files: safe and stable names, and the table that lists them."""

import re
from collections.abc import Iterable, Iterator

from circle.extracts import Extract
from circle.receipts import Kept
from circle.refs import Kind as RefKind
from circle.refs import Ref
from circle.text import letters
from reports.columns import Asked, Described, Words, day, table
from reports.sheets import CellKind, Sheet

_LONGEST = 60
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")


def slug(text: str, *, otherwise: str = "x") -> str:
    """A name for a file, from any text: letters and figures without accents, and hyphens."""
    return _NOT_PLAIN.sub("-", letters(text)).strip("-")[:_LONGEST].strip("-") or otherwise


def file_names(receipts: Iterable[Kept]) -> Iterator[tuple[Kept, str]]:
    """Each receipt with its name: the entry it proves, its place among its files, its own name.

    The same receipts always get the same names, two never get the same one.
    """
    counts: dict[int, int] = {}
    for kept in receipts:
        counts[kept.item] = counts.get(kept.item, 0) + 1
        ending = _ENDING.search(kept.name)
        base = slug(kept.name[: ending.start()] if ending else kept.name, otherwise="recu")
        suffix = f".{ending[1].lower()}" if ending else ""
        yield kept, f"{Ref(RefKind.ENTRY, kept.item)}-{counts[kept.item]}-{base}{suffix}"


def index(extract: Extract, words: Words) -> Sheet:
    """The table of the receipts: which entry each proves, its file; none where it is lost."""
    items = {item.number: item for item in extract.items}
    rows = [(kept, name, items[kept.item]) for kept, name in file_names(extract.receipts)]
    return table("receipts", _INDEX, rows, Asked(extract, words))


_INDEX: tuple[Described, ...] = (
    ("item", CellKind.TEXT, lambda row, _: str(Ref(RefKind.ENTRY, row[0].item))),
    ("day", CellKind.DAY, lambda row, _: day(row[2].day)),
    ("what", CellKind.TEXT, lambda row, _: row[2].what),
    ("amount", CellKind.MONEY, lambda row, _: row[2].asked),
    ("regulated", CellKind.MONEY, lambda row, _: row[2].regulated),
    ("receipt", CellKind.TEXT, lambda row, _: row[1] if row[0].sha256 else None),
    ("sent-as", CellKind.TEXT, lambda row, _: row[0].name),
    ("size", CellKind.NUMBER, lambda row, _: row[0].size),
    ("sha256", CellKind.TEXT, lambda row, _: row[0].sha256),
)
