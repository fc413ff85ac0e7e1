"""Letters to send: written with what caused them, put by the sender, done once answered."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.accounts import NOBODY
from storage.engine import reading, writing
from storage.letters import read_posted
from storage.mail import Posted
from storage.posting import ALREADY_SENT, ends_of
from storage.session import Statements, upsert
from storage.tables.mail import direct_rooms, outbox

_unfinished: Final = outbox.c.finished.is_(False)
_FIRST_OF_LANES: Final = (
    select(
        outbox.c.row,
        outbox.c.not_before_ms,
        func.row_number()
        .over(partition_by=outbox.c.lane, order_by=(outbox.c.scheduled, outbox.c.row))
        .label("place"),
    )
    .where(_unfinished, outbox.c.account == bindparam("me"))
    .subquery()
)
_READY: Final = (
    select(outbox)
    .join(_FIRST_OF_LANES, _FIRST_OF_LANES.c.row == outbox.c.row)
    .where(_FIRST_OF_LANES.c.place == 1, _FIRST_OF_LANES.c.not_before_ms <= bindparam("now"))
    .order_by(outbox.c.scheduled, outbox.c.row)
    .limit(bindparam("most"))
)
_ATTEMPT: Final = (
    update(outbox)
    .where(outbox.c.row == bindparam("which"))
    .values(device_id=bindparam("device"), attempted_ms=bindparam("now"))
)
# What was said stays in the room; here only what links it to its cause and its subject.
_END: Final = (
    update(outbox)
    .where(outbox.c.row == bindparam("which"))
    .values(
        finished=True,
        event_id=bindparam("event"),
        reason=bindparam("why"),
        content={},
        file_body=None,
    )
)
_LATER: Final = (
    update(outbox)
    .where(outbox.c.row == bindparam("which"))
    .values(not_before_ms=bindparam("until"))
)
_ASIDE: Final = (
    update(outbox).where(outbox.c.row == bindparam("which")).values(lane=bindparam("beside"))
)
_UPLOADED: Final = (
    update(outbox)
    .where(outbox.c.row == bindparam("which"))
    .values(
        content=bindparam("shown"),
        file_body=None,
        lane=func.coalesce(outbox.c.room_id, outbox.c.to_user),
    )
)
_EVENT_OF: Final = select(outbox.c.event_id).where(
    outbox.c.cause == bindparam("cause"), outbox.c.ordinal == bindparam("ordinal")
)
_UNFINISHED: Final = (
    select(outbox.c.row)
    .where(_unfinished, outbox.c.account == bindparam("me"))
    .limit(bindparam("most"))
)
_DIRECT_ROOM: Final = select(direct_rooms.c.room_id).where(
    direct_rooms.c.account == bindparam("me"), direct_rooms.c.user_id == bindparam("user")
)
_SET_DIRECT_ROOM: Final = upsert(direct_rooms, "account", "user_id")
_others: Final = outbox.alias("others")
_PERHAPS: Final = select(outbox.c.row).where(
    _unfinished,
    outbox.c.account == bindparam("me"),
    outbox.c.attempted_ms.is_not(None),
    outbox.c.file_body.is_(None),  # what still has its file was not put: `uploaded` comes before
    outbox.c.subject.is_not(None),
    or_(outbox.c.lane == bindparam("room"), outbox.c.lane == bindparam("user")),
    ~exists().where(_others.c.event_id == bindparam("event"), _others.c.subject.is_not(None)),
)


class Outbox:
    """What one account must send, each call a transaction of its own.

    Rows are those of `Posted.row`.
    """

    def __init__(self, engine: AsyncEngine, account: str = NOBODY) -> None:
        self._engine = engine
        self._account = account
        self._arrived: dict[int, str] = {}
        self._keeping = asyncio.Lock()

    async def ready(self, now_ms: int, limit: int = 50) -> list[Posted]:
        """The next letter of each room or direct recipient, answers to people first.

        Letters of one recipient leave one at a time: its answers before its scheduled posts,
        each oldest first. While that one may not leave yet, none of them does.
        """
        await self.keep()
        async with reading(self._engine) as connection:
            values = {"me": self._account, "now": now_ms, "most": limit}
            rows = await Statements(connection).all(_READY, values)
        return [read_posted(row) for row in rows]

    async def attempt(self, rows: Sequence[int], device_id: str, now_ms: int) -> None:
        """Note that these letters are about to be put by that device."""
        values = [{"which": row, "device": device_id, "now": now_ms} for row in rows]
        if values:
            async with writing(self._engine) as connection:
                await Statements(connection).run(_ATTEMPT, values)

    def arrived(self, row: int, event_id: str) -> None:
        """The server has it, as that event; written down by `keep`, and before anything is read."""
        self._arrived[row] = event_id

    @property
    def unkept(self) -> int:
        """How many letters have arrived and are not written down as such."""
        return len(self._arrived)

    async def keep(self) -> None:
        """Write down what has arrived, all in one transaction; what was in it is dropped.

        A kill or a power cut may come before it: the letters are then put again, and recognised.
        """
        async with self._keeping:
            arrived = self._arrived.copy()
            if not arrived:
                return
            ends = [_end(row, event_id, None) for row, event_id in arrived.items()]
            async with writing(self._engine, lasting=False) as connection:
                await Statements(connection).run(_END, ends)
            for row in arrived:
                del self._arrived[row]

    async def sent(self, row: int, event_id: str) -> None:
        """The server has it, as that event: written down at once."""
        self.arrived(row, event_id)
        await self.keep()

    async def refused(self, row: int, reason: str) -> None:
        """The server will never take it; what was in it is dropped."""
        async with writing(self._engine, lasting=False) as connection:
            await Statements(connection).run(_END, _end(row, None, reason))

    async def already_sent(self, sent: Mapping[str, str]) -> None:
        """These letters stand in their rooms: events by transaction id (after a restore)."""
        if sent:
            async with writing(self._engine) as connection:
                await Statements(connection).run(ALREADY_SENT, ends_of(sent, sent))

    async def later(self, row: int, not_before_ms: int) -> None:
        """Do not put it before that instant, nor what waits behind it."""
        async with writing(self._engine) as connection:
            await Statements(connection).run(_LATER, {"which": row, "until": not_before_ms})

    async def aside(self, posted: Posted) -> None:
        """Its file cannot leave for now: what is written for the same room does not wait for it."""
        lane = replace(posted.letter, beside=True).lane
        async with writing(self._engine, lasting=False) as connection:
            await Statements(connection).run(_ASIDE, {"which": posted.row, "beside": lane})

    async def uploaded(self, posted: Posted, content: Mapping[str, object]) -> None:
        """The server has its file; the letter is then one that says where, and is not put yet."""
        values = {"which": posted.row, "shown": content}
        async with writing(self._engine, lasting=False) as connection:
            await Statements(connection).run(_UPLOADED, values)

    async def event_of(self, cause: str, ordinal: int) -> str | None:
        """The event a letter became; None if it has not left, was refused, or never was."""
        await self.keep()
        async with reading(self._engine) as connection:
            row = await Statements(connection).first(
                _EVENT_OF, {"cause": cause, "ordinal": ordinal}
            )
        return row.event_id if row else None

    async def perhaps(self, event_id: str, lanes: tuple[str, str]) -> frozenset[int]:
        """Rows of letters to these lanes that may have left as that event; none if it is known."""
        await self.keep()
        async with reading(self._engine) as connection:
            room, user = lanes
            values = {"me": self._account, "event": event_id, "room": room, "user": user}
            rows = await Statements(connection).all(_PERHAPS, values)
        return frozenset(row.row for row in rows)

    async def direct_room(self, user_id: str) -> str | None:
        """The room where to write to somebody directly."""
        async with reading(self._engine) as connection:
            values = {"me": self._account, "user": user_id}
            row = await Statements(connection).first(_DIRECT_ROOM, values)
        return row.room_id if row else None

    async def set_direct_room(self, user_id: str, room_id: str) -> None:
        """From now on, that room is where to write to somebody directly."""
        async with writing(self._engine) as connection:
            values = {"account": self._account, "user_id": user_id, "room_id": room_id}
            await Statements(connection).run(_SET_DIRECT_ROOM, values)

    async def unfinished(self, limit: int) -> frozenset[int]:
        """Rows of letters that have not left, some of them where they are more than that."""
        await self.keep()
        async with reading(self._engine) as connection:
            values = {"me": self._account, "most": limit}
            rows = await Statements(connection).all(_UNFINISHED, values)
        return frozenset(row.row for row in rows)


def _end(row: int, event_id: str | None, reason: str | None) -> dict[str, object]:
    return {"which": row, "event": event_id, "why": reason}
