"""Events received: admitted once with the token that follows them, finished once handled."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.accounts import NOBODY, claim
from storage.engine import reading, writing
from storage.mail import Admission, Token
from storage.mapping import Mapper
from storage.session import Statements, per_dialect, upsert
from storage.tables.mail import inbox, sync_tokens

_TOKEN: Final = select(sync_tokens.c.token, sync_tokens.c.at_ms).where(
    sync_tokens.c.user_id == bindparam("user")
)
_SET_TOKEN: Final = upsert(sync_tokens, "user_id")
_ADMIT: Final = per_dialect(
    lambda insert: (
        insert(inbox)
        .on_conflict_do_nothing(index_elements=["account", "event_id"])
        .returning(inbox.c.event_id, inbox.c.finished)
    )
)
_WAITING: Final = (
    select(inbox.c.room_id)
    .where(inbox.c.finished.is_(False), inbox.c.account == bindparam("me"))
    .group_by(inbox.c.room_id)
    .order_by(func.min(inbox.c.seq))
)
_PENDING: Final = (
    select(inbox.c.event_id, inbox.c.room_id, inbox.c.at_ms, inbox.c.payload)
    .where(
        inbox.c.finished.is_(False),
        inbox.c.account == bindparam("me"),
        inbox.c.room_id == bindparam("room"),
    )
    .order_by(inbox.c.seq)
    .limit(bindparam("most"))
)
_NEWEST: Final = select(func.coalesce(func.max(inbox.c.seq), 0))
_WAITING_UP_TO: Final = select(func.count()).where(
    inbox.c.finished.is_(False),
    inbox.c.account == bindparam("me"),
    inbox.c.seq <= bindparam("last"),
)
_RECEIVED: Final = select(inbox.c.event_id, inbox.c.room_id, inbox.c.at_ms, inbox.c.payload).where(
    inbox.c.account == bindparam("me"), inbox.c.event_id == bindparam("event")
)
_THESE: Final = select(inbox.c.event_id, inbox.c.room_id, inbox.c.at_ms, inbox.c.payload).where(
    inbox.c.account == bindparam("me"), inbox.c.event_id.in_(bindparam("events", expanding=True))
)
_FINISH: Final = (
    update(inbox)
    .where(
        inbox.c.account == bindparam("me"),
        inbox.c.event_id == bindparam("event"),
        inbox.c.finished.is_(False),
    )
    .values(finished=True)
)
_FINISH_SPLIT: Final = _FINISH.values(payload=None)
_SAY_ANEW: Final = (
    update(inbox)
    .where(
        inbox.c.account == bindparam("me"),
        inbox.c.event_id == bindparam("event"),
        inbox.c.payload.is_not(None),
    )
    .values(payload=bindparam("now"))
)
_GIVE_UP: Final = _FINISH.values(reference=bindparam("told"))
PURGE: Final = (
    update(inbox)
    .where(
        inbox.c.payload.is_not(None),
        inbox.c.finished.is_(True),
        inbox.c.at_ms < bindparam("before"),
    )
    .values(payload=None)
)


_ADMISSION: Final = Mapper(Admission, inbox)


class Inbox:
    """What came from the network to one account, each call a transaction of its own."""

    def __init__(self, engine: AsyncEngine, account: str = NOBODY) -> None:
        self._engine = engine
        self._account = account

    async def token(self, user_id: str) -> Token | None:
        """Where to resume that account's sync; None before the first one."""
        async with reading(self._engine) as connection:
            row = await Statements(connection).first(_TOKEN, {"user": user_id})
        return Token(row.token, row.at_ms) if row else None

    async def admit(
        self,
        user_id: str,
        admissions: Sequence[Admission],
        token: Token | None,
        *,
        lasting: bool = True,
    ) -> frozenset[str]:
        """Keep these events and the token that follows them, together; the ids new to us.

        Ids already known are ignored, whatever became of them. Without a token it is unchanged.
        What happens in the rooms of another account is admitted as finished, and not told.
        Not `lasting`: a power cut may undo it while nothing was answered, token included.
        """
        async with writing(self._engine, lasting=lasting) as connection:
            session = Statements(connection)
            new = await self._keep(session, admissions) if admissions else ()
            if token is not None:
                values = {"user_id": user_id, "token": token.text, "at_ms": token.at_ms}
                await session.run(_SET_TOKEN, values)
        return frozenset(row.event_id for row in new if not row.finished)

    async def _keep(
        self, session: Statements, admissions: Sequence[Admission]
    ) -> Sequence[Row[Any]]:
        others = await claim(session, (one.room_id for one in admissions), self._account)
        return await session.all(
            _ADMIT, [_row(one, self._account, done=one.room_id in others) for one in admissions]
        )

    async def rooms_waiting(self) -> tuple[str, ...]:
        """Rooms with unfinished events, the longest waiting first."""
        async with reading(self._engine) as connection:
            rows = await Statements(connection).all(_WAITING, {"me": self._account})
        return tuple(row.room_id for row in rows)

    async def pending(self, room_id: str, limit: int) -> tuple[Admission, ...]:
        """The first unfinished events of a room, in the order of admission."""
        async with reading(self._engine) as connection:
            values = {"me": self._account, "room": room_id, "most": limit}
            rows = await Statements(connection).all(_PENDING, values)
        return tuple(_admission(row) for row in rows)

    async def newest(self) -> int:
        """The place of the event admitted last; 0 before the first one."""
        async with reading(self._engine) as connection:
            row = await Statements(connection).first(_NEWEST)
        return int(row[0]) if row else 0

    async def waiting_up_to(self, place: int) -> int:
        """How many events admitted up to that place are unfinished."""
        async with reading(self._engine) as connection:
            row = await Statements(connection).first(
                _WAITING_UP_TO, {"me": self._account, "last": place}
            )
        return int(row[0]) if row else 0

    async def purge(self, before_ms: int) -> int:
        """Drop the contents of finished events older than that; how many.

        Their ids stay, so that an event read again from an old token is still known.
        """
        async with writing(self._engine) as connection:
            return await Statements(connection).run(PURGE, {"before": before_ms})


class Finishing:
    """The inbox within a unit of work: what was handled is marked with what it changed."""

    def __init__(self, session: Statements, account: str) -> None:
        self._session = session
        self._account = account

    async def finish(self, event_id: str) -> bool:
        """Mark the event as handled; False if it already was (or never was admitted).

        Until this transaction ends, whoever else marks it waits.
        """
        values = {"me": self._account, "event": event_id}
        return await self._session.run(_FINISH, values) == 1

    async def give_up(self, event_id: str, reference: str) -> bool:
        """Mark the event as one that cannot be handled; False if it was handled already.

        `reference`: what the log says of it, and its room was told.
        """
        values = {"me": self._account, "event": event_id, "told": reference}
        return await self._session.run(_GIVE_UP, values) == 1

    async def received(self, event_id: str) -> Admission | None:
        """An event as it was admitted; its payload is empty once it was purged."""
        row = await self._session.first(_RECEIVED, {"me": self._account, "event": event_id})
        return _admission(row) if row else None

    async def these(self, event_ids: Sequence[str]) -> tuple[Admission, ...]:
        """Those of these events that were admitted, in this order, as `received` gives them."""
        values = {"me": self._account, "events": list(event_ids)}
        rows = await self._session.all(_THESE, values)
        found = {row.event_id: _admission(row) for row in rows}
        return tuple(found[one] for one in event_ids if one in found)

    async def split(self, parts: Sequence[Admission], *, done: bool = False) -> None:
        """Keep the parts of an event as events, each with its own mark; those known stay as is.

        `done`: they are finished already.
        """
        await self._session.all(_ADMIT, [_row(one, self._account, done=done) for one in parts])

    async def finish_split(self, event_id: str) -> None:
        """Mark an event whose parts are all finished; what it said is theirs to keep."""
        await self._session.run(_FINISH_SPLIT, {"me": self._account, "event": event_id})

    async def say_anew(self, event_id: str, payload: bytes) -> None:
        """An event says this from now on, unless what it said was purged."""
        values = {"me": self._account, "event": event_id, "now": payload}
        await self._session.run(_SAY_ANEW, values)


def _admission(row: Row[Any]) -> Admission:
    return _ADMISSION.read(row, payload=row.payload or b"")


def _row(admission: Admission, account: str, *, done: bool) -> dict[str, object]:
    return _ADMISSION.row(admission, account=account, finished=done)
