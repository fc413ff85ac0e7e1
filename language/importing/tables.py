"""CSV as spreadsheets and other programs write it: titles, then rows; what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from circle.spreadsheets import unguarded
from language.importing.decoding import UndecodedError, decoded
from language.importing.doubts import doubt_of, has_point, is_total, shifted
from language.importing.fields import fold
from language.importing.rows import Cell, Row, declared, rows

_DELIMITERS: Final = ";,\t|"
_TITLES_WITHIN: Final = 20


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
    """A file read: rows by line, cells by what their column means, and what it calls them.

    `remarks`: the lines that were not read because they begin with `#`; `computed`: the columns
    that were not, because they follow from others.
    """

    file: str
    encoding: str
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    called: Mapping[str, str]
    remarks: tuple[int, ...] = ()
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableForm:
    """The columns of a kind of table: the names each may have (the first is French, then English).

    `needed`: those that must be there; `numbers`: those of amounts and efforts. `computed`: titles
    of souci's own exports that follow from other tables, or from the circle: they are not read.
    """

    kind: str
    files: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    needed: frozenset[str]
    numbers: frozenset[str] = frozenset()
    computed: tuple[str, ...] = ()

    def meant(self, title: str) -> str | None:
        """Which column a title names."""
        said = fold(title)
        return next((one for one, names in self.columns.items() if said in map(fold, names)), None)

    def is_computed(self, title: str) -> bool:
        """Whether a title names what is computed."""
        return fold(title) in map(fold, self.computed)


def read_table(file: str, body: bytes, form: TableForm) -> tuple[Table, tuple[Fault, ...]]:
    """The table, and what is wrong with it. Lines that begin with # are left out, and noted."""
    try:
        text, encoding = decoded(body)
    except UndecodedError as error:
        return Table(file, "", (), {}), (Fault(file, 0, "", "", str(error)),)
    mark, text = declared(text)
    mark = mark or _delimiter(text, form)
    lines = [(line, cells) for line, cells in rows(text, mark) if any(map(_said, cells))]
    remarks = tuple(line for line, cells in lines if _is_remark(cells))
    lines = [(line, cells) for line, cells in lines if not _is_remark(cells)]
    if not lines:
        return Table(file, encoding, (), {}, remarks), (Fault(file, 0, "", "", "not-empty"),)
    commas = mark == "," and not any(has_point(cell) for _, cells in lines for cell in cells)
    reading = _Reading(file, form, lines[0], commas=commas)
    faults = (*reading.titles_faults(), *(f for row in lines[1:] for f in reading.faults(row)))
    read = tuple((line, reading.read(cells)) for line, cells in lines[1:])
    return Table(file, encoding, read, reading.called, remarks, reading.computed), faults


def _delimiter(text: str, form: TableForm) -> str:
    """What stands between cells: that under which most titles are known, then most there are."""

    def known(mark: str) -> tuple[int, int]:
        heads = (cells for _, cells in islice(rows(text, mark), _TITLES_WITHIN))
        titles = next((cells for cells in heads if any(map(_said, cells))), ())
        return sum(form.meant(one.text) is not None for one in titles), len(titles)

    return max(_DELIMITERS, key=known)


def _said(cell: Cell) -> str:
    """A cell without the apostrophe that keeps spreadsheets from changing it."""
    return unguarded(cell.text.strip())


def _is_remark(cells: Sequence[Cell]) -> bool:
    return cells[0].text.lstrip().startswith("#") and doubt_of(cells[0]) is None


class _Reading:
    """One table being read: its titles, then row by row."""

    def __init__(self, file: str, form: TableForm, first: Row, *, commas: bool) -> None:
        self._file = file
        self._form = form
        self._line, titles = first
        self._broken = [one for one in titles if one.broken]
        self._titles = [_said(title) for title in titles]
        self._meant = [form.meant(title) for title in self._titles]
        self._commas = commas
        pairs = zip(self._meant, self._titles, strict=True)
        self.called = {one: title for one, title in pairs if one}
        self.computed = tuple(title for title in self._titles if form.is_computed(title))

    def titles_faults(self) -> list[Fault]:
        """What is wrong with the titles."""
        file, line = self._file, self._line
        return [
            *(Fault(file, line, "", one.text, "quotes") for one in self._broken),
            *self._unknown(),
            *_missing(file, line, self._form, self.called),
        ]

    def _unknown(self) -> Iterator[Fault]:
        twice = {one for one in self._meant if one and self._meant.count(one) > 1}
        for title, one in zip(self._titles, self._meant, strict=True):
            known = not title or title in self.computed or (one and one not in twice)
            if not known:
                code = "column-twice" if one else "column"
                yield Fault(self._file, self._line, title, title, code)

    def read(self, cells: Sequence[Cell]) -> dict[str, str]:
        """The cells by what their column means."""
        pairs = zip(self._meant, cells, strict=False)
        return {one: _said(cell) for one, cell in pairs if one}

    def faults(self, row: Row) -> Iterator[Fault]:
        """What is wrong with a row as such, whatever its cells mean."""
        line, cells = row
        for place, cell in enumerate(cells):
            if code := doubt_of(cell):
                yield self._fault(line, place, cell.text.strip(), code)
        wrong = shifted(cells, self._numbers()) if self._commas else None
        if wrong is not None:
            said = ",".join(one.text.strip() for one in cells[wrong : wrong + 2])
            yield self._fault(line, wrong, said, "decimal-comma")
        elif stray := [one for one in map(_said, self._untitled(cells)) if one]:
            yield Fault(self._file, line, "", stray[-1], "columns")
        if total := self._total(cells):
            yield Fault(self._file, line, "", total, "total-line")

    def _fault(self, line: int, place: int, found: str, expected: str) -> Fault:
        field = self._titles[place] if place < len(self._titles) else ""
        return Fault(self._file, line, field, found, expected)

    def _numbers(self) -> list[bool]:
        return [one in self._form.numbers for one in self._meant]

    def _untitled(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells that stand under no title."""
        titled = [bool(title) for title in self._titles[: len(cells)]]
        titled += [False] * (len(cells) - len(titled))
        return [cell for cell, known in zip(cells, titled, strict=True) if not known]

    def _total(self, cells: Sequence[Cell]) -> str | None:
        """What says that a row is of sums: first in it, or where it lacks what all rows have."""
        read, said = self.read(cells), [one for one in map(_said, cells) if one]
        lacks = any(not read.get(one) for one in self._form.needed)
        return next(filter(is_total, said if lacks else said[:1]), None)


def _missing(file: str, line: int, form: TableForm, called: Mapping[str, str]) -> list[Fault]:
    return [
        Fault(file, line, form.columns[one][0], "", "column-missing")
        for one in form.columns
        if one in form.needed and one not in called
    ]
