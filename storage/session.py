"""The statements of one transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Executable, Row, Table
from sqlalchemy.ext.asyncio import AsyncConnection

SHORTCUT: Final = "shortcut"
"""Where an engine that has one puts a `Shortcut` at its connections: in their `info`."""


class Inserting(Protocol):
    """What the two dialects' INSERT have in common; not told by SQLAlchemy's own types."""

    def __call__(self, table: Table) -> Any: ...


class PerDialect:
    """A statement that SQLAlchemy spells by dialect (ON CONFLICT); spelt when first asked for."""

    def __init__(self, build: Callable[[Inserting], Executable]) -> None:
        self._build = build
        self._spelt: dict[str, Executable] = {}

    def spelt(self, dialect: str) -> Executable:
        """The statement for that dialect."""
        if dialect not in self._spelt:
            insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
            self._spelt[dialect] = self._build(insert)
        return self._spelt[dialect]


def per_dialect(build: Callable[[Inserting], Executable]) -> PerDialect:
    """The statement that `build` makes with each dialect's `insert`."""
    return PerDialect(build)


def upsert(table: Table, *keys: str, **merged: Callable[[Any], ColumnElement[Any]]) -> PerDialect:
    """Insert a row, or replace the one that has these keys.

    `merged` says how a column comes out of the row told (its argument) and the one kept.
    """

    def build(insert: Inserting) -> Executable:
        new = insert(table)
        others = [column.name for column in table.c if column.name not in keys]
        told = {name: new.excluded[name] for name in others}
        told |= {name: merge(new.excluded) for name, merge in merged.items()}
        statement: Executable = new.on_conflict_do_update(index_elements=keys, set_=told)
        return statement

    return per_dialect(build)


def within(
    instants: ColumnElement[Any], since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    """From `since` on, before `until`; since or until ever where they are None."""
    conditions = []
    if since is not None:
        conditions.append(instants >= since)
    if until is not None:
        conditions.append(instants < until)
    return conditions


Statement = Executable | PerDialect
Values = Mapping[str, Any]


class Shortcut(Protocol):
    """A faster way to the rows of statements than SQLAlchemy's own, to the same rows and faults."""

    def execute(
        self, statement: Executable, several: Sequence[Values]
    ) -> tuple[Sequence[Row[Any]], int] | None:
        """All rows for these sets of values, and how many were touched.

        None, and nothing done, where it has to go SQLAlchemy's way.
        """


class Statements:
    """One transaction's connection: the parts of a unit of work send their statements by it."""

    __slots__ = ("_shortcut", "connection", "dialect")

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self._shortcut: Shortcut | None = connection.info.get(SHORTCUT)

    async def all(
        self, statement: Statement, values: Values | Sequence[Values] | None = None
    ) -> Sequence[Row[Any]]:
        """Every row of a statement."""
        rows, _ = await self._execute(statement, {} if values is None else values)
        return rows

    async def first(self, statement: Statement, values: Values | None = None) -> Row[Any] | None:
        """The first row of a statement, or None."""
        rows, _ = await self._execute(statement, {} if values is None else values)
        return rows[0] if rows else None

    async def run(
        self, statement: Statement, values: Values | Sequence[Values] | None = None
    ) -> int:
        """How many rows a statement touched; of several sets of values, it may not be told."""
        _, touched = await self._execute(statement, {} if values is None else values)
        return touched

    async def _execute(
        self, statement: Statement, values: Values | Sequence[Values]
    ) -> tuple[Sequence[Row[Any]], int]:
        several = (values,) if isinstance(values, Mapping) else values
        if not several:
            return (), 0
        spelt = statement.spelt(self.dialect) if isinstance(statement, PerDialect) else statement
        if self._shortcut is not None:
            straight = self._shortcut.execute(spelt, several)
            if straight is not None:
                return straight
        result = await self.connection.execute(spelt, values)
        return result.all() if result.returns_rows else (), result.rowcount
