"""Whether rows can be read back: looked at before what might hurt them is kept, and at start."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Row, Select, Table, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.coded import CODED, UNREADABLE, Read
from storage.session import Statements
from storage.tables import metadata
from storage.tables.kinds import stored

_AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True, order=True)
class Damage:
    """A value that does not decode: where it is, by table, column and key; of which circle."""

    table: str
    column: str
    key: tuple[str, ...]
    circle: int | None = None


class UnsoundError(Exception):
    """What was about to be kept holds rows that nobody could read back."""

    def __init__(self, damages: Collection[Damage]) -> None:
        where = sorted({f"{one.table}.{one.column}" for one in damages})
        super().__init__(f"{len(damages)} values do not decode: {', '.join(where)}")
        self.damages = tuple(damages)


async def undecodable(
    source: Statements | AsyncConnection,
    tables: Collection[str] | None = None,
    *,
    only: Mapping[str, ColumnElement[bool]] | None = None,
) -> list[Damage]:
    """The values that do not decode in those tables (by name; None: in all), as they now are.

    `only`: of some tables, the rows to look at. Reads within the transaction of `source`.
    """
    session = source if isinstance(source, Statements) else Statements(source)
    names = metadata.tables.keys() if tables is None else tables
    found: list[Damage] = []
    for name in sorted(names):
        found += await _in_table(session, metadata.tables[name], (only or {}).get(name))
    return found


async def _in_table(
    session: Statements, table: Table, only: ColumnElement[bool] | None
) -> list[Damage]:
    coded = {column: read for column, read in CODED.items() if column.table is table}
    if not coded:
        return []
    page = _pages(table, list(coded), only)
    found: list[Damage] = []
    rows = await session.all(page)
    while rows:
        found += _damages(table, coded, rows)
        if len(rows) < _AT_ONCE:
            break
        await asyncio.sleep(0)  # others wait for the same loop
        rows = await session.all(page.where(_after(table, rows[-1])))
    return found


def _pages(
    table: Table, coded: Sequence[Column[Any]], only: ColumnElement[bool] | None
) -> Select[Any]:
    """The first rows by key: what is coded in them, and whose they are."""
    keys = list(table.primary_key)
    named = {column.name: column for column in (*coded, *keys)}
    if "circle" in table.c:
        named["circle"] = table.c.circle
    kept = (stored(column).label(name) for name, column in named.items())
    page = select(*kept).order_by(*keys).limit(_AT_ONCE)
    return page if only is None else page.where(only)


def _after(table: Table, row: Row[Any]) -> ColumnElement[bool]:
    keys = [(key.name, stored(key)) for key in table.primary_key]
    reached = (literal(getattr(row, name), key.type) for name, key in keys)
    return tuple_(*(key for _, key in keys)) > tuple_(*reached)


def _damages(
    table: Table, coded: Mapping[Column[Any], Read], rows: Sequence[Row[Any]]
) -> Iterator[Damage]:
    reads = list(coded.values())
    for row in rows:
        if _decode(reads, row):
            continue
        for column, read in coded.items():
            if not _decode([read], row, getattr(row, column.name)):
                key = tuple(str(getattr(row, one.name)) for one in table.primary_key)
                yield Damage(table.name, column.name, key, getattr(row, "circle", None))


def _decode(reads: Sequence[Read], row: Row[Any], *values: Any) -> bool:
    """Whether these values, else the first ones of the row, are read back."""
    try:
        for read, value in zip(reads, values or row, strict=False):
            if value is not None:
                read(value, row)
    except UNREADABLE:
        return False
    return True
