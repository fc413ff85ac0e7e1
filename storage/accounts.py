"""Several bots on one PostgreSQL: which account hears and answers each room (decision 19).

A room is the account's that first heard something there, until it leaves. What another bot hears
in it is admitted as finished: nothing is done twice. A room that nobody has yet is anybody's. On
SQLite there is one bot, and no room is anybody's.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import writing
from storage.session import Statements, per_dialect
from storage.tables.circles import circles
from storage.tables.mail import (
    direct_rooms,
    inbox,
    outbox,
    room_accounts,
    room_members,
    rooms,
    sync_tokens,
)

NOBODY: Final = ""
"""Whose rows are that no account has taken yet."""

_CLAIM: Final = per_dialect(
    lambda dialect_insert: (
        dialect_insert(room_accounts)
        # An update that changes nothing, for its answer: whose the room is.
        .on_conflict_do_update(
            index_elements=["room_id"], set_={"account": room_accounts.c.account}
        )
        .returning(room_accounts.c.room_id, room_accounts.c.account)
    )
)
_RELEASE: Final = delete(room_accounts).where(
    room_accounts.c.room_id == bindparam("room"), room_accounts.c.account == bindparam("me")
)
_ACCOUNTS: Final = select(sync_tokens.c.user_id)


def is_others(circle: ColumnElement[Any], account: str = "me") -> ColumnElement[bool]:
    """Whether a circle lives in a room of another account than the one named by that parameter."""
    return (
        exists()
        .where(
            circles.c.id == circle,
            room_accounts.c.room_id == circles.c.room_id,
            room_accounts.c.account != bindparam(account),
        )
        .correlate_except(circles, room_accounts)
    )


def account_of(room: str, account: str) -> ColumnElement[str]:
    """The account that speaks in the room; ours where nobody has it. Both name parameters."""
    whose = select(room_accounts.c.account).where(room_accounts.c.room_id == bindparam(room))
    return func.coalesce(whose.scalar_subquery(), bindparam(account))


async def claim(session: Statements, rooms_heard: Iterable[str], account: str) -> frozenset[str]:
    """Those of the rooms that are another account's; the ones nobody had are ours from now on."""
    if session.dialect == "sqlite":
        return frozenset()
    # Always in the same order: two bots that hear of the same rooms then wait, never for ever.
    values = [{"room_id": room, "account": account} for room in sorted(set(rooms_heard))]
    rows = await session.all(_CLAIM, values)
    return frozenset(row.room_id for row in rows if row.account != account)


async def release(session: Statements, room_id: str, account: str) -> None:
    """We have left the room: whoever else hears something there has it."""
    await session.run(_RELEASE, {"room": room_id, "me": account})


async def accounts(session: Statements) -> frozenset[str]:
    """The accounts of all bots that ever listened: they are nobody's people."""
    return frozenset(row.user_id for row in await session.all(_ACCOUNTS))


async def adopt(engine: AsyncEngine, account: str) -> None:
    """At its start, a bot takes what was written for it before accounts were told apart.

    On PostgreSQL only where no other bot has listened instead; on SQLite, where there is one bot,
    also what its account of before has left undone.
    """
    async with writing(engine) as connection:
        session = Statements(connection)
        known = await accounts(session)
        if session.dialect == "sqlite":
            await _take_unfinished(session, account)
        elif known and account not in known:
            return
        else:
            await _take_rooms(session, account)
        for table in (inbox, direct_rooms):
            nobodys = table.c.account == NOBODY
            await session.run(update(table).where(nobodys).values(account=account))
        to_send = outbox.c.finished.is_(False) & (outbox.c.account == NOBODY)
        await session.run(update(outbox).where(to_send).values(account=account))


async def _take_unfinished(session: Statements, account: str) -> None:
    await session.run(delete(room_accounts))  # those of a PostgreSQL that was moved here
    for table in (inbox, outbox):
        left = table.c.finished.is_(False) & (table.c.account != account)
        await session.run(update(table).where(left).values(account=account))


async def _take_rooms(session: Statements, account: str) -> None:
    """The rooms known by now, where none was ever told to be anybody's."""
    taken = await session.first(select(room_accounts.c.room_id).limit(1))
    if taken is None:
        known = select(rooms.c.room_id, literal(account))
        await session.run(insert(room_accounts).from_select(["room_id", "account"], known))
    await session.run(delete(room_members).where(room_members.c.user_id == account))
