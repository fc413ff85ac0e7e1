"""CSV as spreadsheets write it: `;`, `,` or tabs, with or without BOM, UTF-8 or Windows-1252."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from circle.spreadsheets import unguarded
from language.importing.fields import fold

UTF_8: Final = "UTF-8"
WINDOWS: Final = "Windows-1252"
_DELIMITERS: Final = ";,\t"
LONGEST_CELL: Final = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is refused: where, what stands there, and the code of what was expected.

    `line` as a spreadsheet numbers it, 0 for a whole file; `field` as the file calls it.
    """

    file: str
    line: int
    field: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Table:
    """A file read: rows by line, cells by what their column means, and what it calls them."""

    file: str
    encoding: str
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    called: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableForm:
    """The columns of a kind of table: the names each may have (the first is French, then English).

    `needed`: those that must be there.
    """

    kind: str
    files: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    needed: frozenset[str]

    def meant(self, title: str) -> str | None:
        """Which column a title names."""
        said = fold(title)
        return next((one for one, names in self.columns.items() if said in map(fold, names)), None)


def read_table(file: str, body: bytes, form: TableForm) -> tuple[Table, tuple[Fault, ...]]:
    """The table, and what is wrong with its columns. Lines that begin with # are left out."""
    text, encoding = _decoded(body)
    lines = _lines(text)
    if not lines:
        return Table(file, encoding, (), {}), (Fault(file, 0, "", "", "not-empty"),)
    (first, titles), *others = lines
    meant = [form.meant(title) for title in titles]
    called = {one: title for one, title in zip(meant, titles, strict=True) if one}
    faults = [*_unknown(file, first, titles, meant), *_missing(file, first, form, called)]
    rows: list[tuple[int, Mapping[str, str]]] = []
    for line, cells in others:
        if [cell for cell in cells[len(titles) :] if cell]:
            faults.append(Fault(file, line, "", cells[-1], "columns"))
        rows.append((line, {one: cell for one, cell in zip(meant, cells, strict=False) if one}))
    return Table(file, encoding, tuple(rows), called), tuple(faults)


def _decoded(body: bytes) -> tuple[str, str]:
    try:
        return body.decode("utf-8-sig"), UTF_8
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace"), WINDOWS


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, by their number."""
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[tuple[int, list[str]]] = []
    following = 1
    for cells in reader:
        line, following = following, reader.line_num + 1
        plain = [_plain(cell) for cell in cells]
        if any(plain) and not plain[0].startswith("#"):
            lines.append((line, plain))
    return lines


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from changing it."""
    return unguarded(cell.strip())[:LONGEST_CELL]


def _unknown(
    file: str, line: int, titles: Sequence[str], meant: Sequence[str | None]
) -> list[Fault]:
    twice = {one for one in meant if one and meant.count(one) > 1}
    return [
        Fault(file, line, title, title, "column-twice" if one else "column")
        for title, one in zip(titles, meant, strict=True)
        if title and (one is None or one in twice)
    ]


def _missing(file: str, line: int, form: TableForm, called: Mapping[str, str]) -> list[Fault]:
    return [
        Fault(file, line, form.columns[one][0], "", "column-missing")
        for one in form.columns
        if one in form.needed and one not in called
    ]
