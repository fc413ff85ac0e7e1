"""Which copy of each account's bot this database belongs to (decision 25)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Executable, bindparam, inspect, select, union
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine import reading, writing
from storage.session import Statements, per_dialect
from storage.tables.mail import instances, sync_tokens

_NOTE: Final = per_dialect(
    lambda insert: (new := insert(instances)).on_conflict_do_update(
        index_elements=["account"], set_={"instance": new.excluded.instance}
    )
)
_ACCOUNTS: Final = union(select(sync_tokens.c.user_id), select(instances.c.account))
_OURS: Final = select(instances).where(instances.c.account == bindparam("me"))
_LISTENED: Final = select(sync_tokens.c.user_id).where(sync_tokens.c.user_id == bindparam("me"))


@dataclass(frozen=True, slots=True)
class KnownInstance:
    """What a database knows of an account.

    `instance`: the mark of its bot's latest start; `listened`: whether it ever had a token;
    `restored_from`: when the backup that the database comes from was taken.
    """

    instance: str | None = None
    listened: bool = False
    restored_from: datetime | None = None


async def note_start(engine: AsyncEngine, account: str, instance: str) -> None:
    """From now on this database belongs to that start of the account's bot."""
    async with writing(engine) as connection:
        values = {"account": account, "instance": instance, "restored_from": None}
        await Statements(connection).run(_NOTE, values)


async def known(engine: AsyncEngine, account: str) -> KnownInstance:
    """What a database of any revision knows of an account; raises StoreUnavailableError."""
    async with reading(engine) as connection:
        return await connection.run_sync(_known, account)


async def restore_all(connection: AsyncConnection, instance: str, taken: datetime) -> None:
    """Within the transaction of a restore: no copy of before goes on with this database.

    That of each account must be restored too: `instance` is the mark that it then has.
    """
    session = Statements(connection)
    accounts = [account for (account,) in await session.all(_ACCOUNTS)]
    await session.run(instances.delete())
    rows = [{"account": one, "instance": instance, "restored_from": taken} for one in accounts]
    await session.run(instances.insert(), rows)


def _known(connection: Connection, account: str) -> KnownInstance:
    there = inspect(connection).get_table_names()

    def first(table: str, statement: Executable) -> Any:
        if table not in there:
            return None
        return connection.execute(statement, {"me": account}).first()

    row, listened = first("instances", _OURS), first("sync_tokens", _LISTENED) is not None
    if row is None:
        return KnownInstance(listened=listened)
    return KnownInstance(row.instance, listened, row.restored_from)
