"""All rows of one database into another that has the same, empty tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.errors import told_as_unavailable
from storage.tables import metadata
from storage.tables.kinds import stored_table
from storage.tables.ledger import SUMMED

_BATCH: Final = 500
_NEXT: Final = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")


@asynccontextmanager
async def snapshot(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection for which the database stays as it is now; raises StoreUnavailableError."""
    with told_as_unavailable():
        async with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            else:
                await connection.execution_options(only_reads=True)
            async with connection.begin():
                yield connection


async def carry(source: AsyncConnection, target: AsyncConnection) -> None:
    """Copy every row of ours, tables in the order of their references, rows in that of their key.

    The numbers that the target gives afterwards follow the highest one carried. What it sums by
    itself is not carried.
    """
    for table in metadata.sorted_tables:
        if SUMMED in table.info:
            continue
        await _carry_table(table, source, target)
        if target.dialect.name == "postgresql":
            await _count_on(table, target)


async def _carry_table(table: Table, source: AsyncConnection, target: AsyncConnection) -> None:
    """As they are kept, whether they decode or not."""
    kept = stored_table(table)
    keys = (kept.c[one.name] for one in table.primary_key)
    rows = await source.execute(select(kept).order_by(*keys))
    for some in rows.mappings().partitions(_BATCH):
        await target.execute(insert(kept), [dict(row) for row in some])


async def _count_on(table: Table, target: AsyncConnection) -> None:
    number = table.autoincrement_column
    if number is None:
        return
    last = await target.scalar(select(func.max(number)))
    if last is not None:
        values = {"table": table.name, "column": number.name, "last": last}
        await target.execute(_NEXT, values)
