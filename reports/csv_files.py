"""CSV as French spreadsheets read it, or plain and ISO for programs (docs/domain.md: Reports)."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from reports.sheets import Cell, CellKind, Sheet
from reports.unchanged import computed_no_more, unchanged

_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_HOUR: Final = 60
_CENTS: Final = 100


def french_csv(sheet: Sheet) -> bytes:
    """`;`, comma decimals, JJ/MM/AAAA, UTF-8 with BOM; titles for people."""
    titles = [unchanged(column.title) for column in sheet.columns]
    rows = (_row(sheet, row, french=True) for row in sheet.rows)
    return (_BOM + _written([titles, *rows], ";")).encode()


def iso_csv(sheet: Sheet) -> bytes:
    """`,`, dot decimals, ISO dates, UTF-8 without BOM; keys as titles."""
    keys = [column.key for column in sheet.columns]
    return _written([keys, *(_row(sheet, row, french=False) for row in sheet.rows)], ",").encode()


def _written(rows: Iterable[list[str]], delimiter: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def _row(sheet: Sheet, row: tuple[Cell, ...], *, french: bool) -> list[str]:
    columns = zip(sheet.columns, row, strict=True)
    return [_cell(column.kind, cell, french=french) for column, cell in columns]


def _cell(kind: CellKind, cell: Cell, *, french: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return _number(kind, cell, french=french)
    if french and kind in {CellKind.DAY, CellKind.INSTANT}:
        form = "%d/%m/%Y" if kind is CellKind.DAY else "%d/%m/%Y %H:%M"
        return datetime.fromisoformat(cell).strftime(form)
    if kind is not CellKind.TEXT:
        return cell
    return unchanged(cell) if french else computed_no_more(cell)


def _number(kind: CellKind, number: int, *, french: bool) -> str:
    if kind in {CellKind.MONEY, CellKind.HOURS}:
        return _decimal(number, french=french)
    if kind is CellKind.EFFORT:
        return _decimal((number * _CENTS + _HOUR // 2) // _HOUR, french=french)
    return str(number)


def _decimal(hundredths: int, *, french: bool) -> str:
    whole, rest = divmod(abs(hundredths), _CENTS)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}{',' if french else '.'}{rest:02}"
