"""Whether rows can be read back: looked at before what might hurt them is kept, and at start."""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Row, Table, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.coded import CODED, UNREADABLE, Read
from storage.session import Session
from storage.tables import metadata

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
    source: Session | AsyncConnection,
    tables: Collection[str] | None = None,
    *,
    only: Mapping[str, ColumnElement[bool]] | None = None,
) -> list[Damage]:
    """The values that do not decode in those tables (by name; None: in all), as they now are.

    `only`: of some tables, the rows to look at. Reads within the transaction of `source`.
    """
    session = source if isinstance(source, Session) else Session(source)
    names = metadata.tables.keys() if tables is None else tables
    found: list[Damage] = []
    for name in sorted(names):
        found += await _in_table(session, metadata.tables[name], (only or {}).get(name))
    return found


async def _in_table(
    session: Session, table: Table, only: ColumnElement[bool] | None
) -> list[Damage]:
    coded = {column: read for column, read in CODED.items() if column.table is table}
    if not coded:
        return []
    found: list[Damage] = []
    last: Sequence[Any] | None = None
    while rows := await session.all(_page(table, list(coded), only, last)):
        found += [damage for row in rows for damage in _damages(table, coded, row)]
        last = [getattr(rows[-1], key.name) for key in table.primary_key]
        await asyncio.sleep(0)  # others wait for the same loop
    return found


def _page(
    table: Table,
    coded: Sequence[Column[Any]],
    only: ColumnElement[bool] | None,
    last: Sequence[Any] | None,
) -> Any:
    """The next rows by key: what is coded in them, and whose they are."""
    keys = list(table.primary_key)
    named = {column.name: column for column in (*keys, *coded)}
    if "circle" in table.c:
        named["circle"] = table.c.circle
    page = select(*named.values()).order_by(*keys).limit(_AT_ONCE)
    if last is not None:
        reached = (literal(value, key.type) for key, value in zip(keys, last, strict=True))
        page = page.where(tuple_(*keys) > tuple_(*reached))
    return page if only is None else page.where(only)


def _damages(table: Table, coded: Mapping[Column[Any], Read], row: Row[Any]) -> Iterator[Damage]:
    for column, read in coded.items():
        value = getattr(row, column.name)
        if value is not None and not _decodes(read, value, row):
            key = tuple(str(getattr(row, one.name)) for one in table.primary_key)
            yield Damage(table.name, column.name, key, getattr(row, "circle", None))


def _decodes(read: Read, value: Any, row: Row[Any]) -> bool:
    try:
        read(value, row)
    except UNREADABLE:
        return False
    return True
