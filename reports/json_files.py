"""Tables as JSON, for programs: keys that never change, exact values."""

import json
from collections.abc import Sequence

from reports.sheets import Cell, CellKind, Sheet


def json_file(sheets: Sequence[Sheet]) -> bytes:
    """`{table: [{column: value}]}`: money `{"cents", "currency"}`, efforts in minutes, ISO days."""
    told = {sheet.key: [_row(sheet, row) for row in sheet.rows] for sheet in sheets}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _row(sheet: Sheet, row: tuple[Cell, ...]) -> dict[str, object]:
    cells = zip(sheet.columns, row, strict=True)
    return {column.key: _value(column.kind, cell, sheet.currency) for column, cell in cells}


def _value(kind: CellKind, cell: Cell, currency: str) -> object:
    if kind is CellKind.MONEY and isinstance(cell, int):
        return {"cents": cell, "currency": currency}
    return cell
