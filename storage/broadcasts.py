"""Messages of the coordination to every circle: written down, then confirmed once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update

from circle.circles import CircleId
from circle.overview import Broadcast, Broadcasts
from circle.people import Person, PersonKey
from storage.mapping import Mapper
from storage.session import Statements
from storage.tables.circles import circles
from storage.tables.coordination import broadcasts
from storage.tables.mail import outbox

_ADD: Final = insert(broadcasts).returning(broadcasts.c.id)
_GET: Final = select(broadcasts).where(
    broadcasts.c.id == bindparam("number"), broadcasts.c.withdrawn.is_(False)
)
_LATEST: Final = (
    select(broadcasts)
    .where(broadcasts.c.by == bindparam("who"), broadcasts.c.withdrawn.is_(False))
    .order_by(broadcasts.c.id.desc())
    .limit(1)
)
_waiting: Final = (
    broadcasts.c.id == bindparam("number"),
    broadcasts.c.cause.is_(None),
    broadcasts.c.withdrawn.is_(False),
)
_CONFIRM: Final = update(broadcasts).where(*_waiting).values(cause=bindparam("because"), text="")
_WITHDRAW: Final = update(broadcasts).where(*_waiting).values(withdrawn=True, text="")
# What the server refused, or has not taken yet.
_UNREACHED: Final = (
    select(circles.c.id)
    .join(outbox, outbox.c.room_id == circles.c.room_id)
    .join(broadcasts, broadcasts.c.cause == outbox.c.cause)
    .where(broadcasts.c.id == bindparam("number"), outbox.c.event_id.is_(None))
    .order_by(circles.c.id)
    .distinct()
)


_BROADCAST: Final = Mapper(Broadcast, broadcasts, renamed={"number": "id"})


class SqlBroadcasts(Broadcasts):
    """Messages to every circle, within one transaction."""

    def __init__(self, session: Statements) -> None:
        self._session = session

    async def add(self, by: Person, at: datetime, text: str) -> Broadcast:
        """Write one down; nothing leaves before it is confirmed."""
        values = {"by": by.key, "at": at, "text": text, "withdrawn": False}
        [row] = await self._session.all(_ADD, values)
        return Broadcast(number=row.id, by=by.key, at=at, text=text)

    async def get(self, number: int) -> Broadcast | None:
        """That one, unless it was withdrawn; confirmed, it has no text any more."""
        return _read(await self._session.all(_GET, {"number": number}))

    async def latest(self, by: PersonKey) -> Broadcast | None:
        """The last one that person wrote and did not withdraw."""
        return _read(await self._session.all(_LATEST, {"who": by}))

    async def confirm(self, number: int, cause: str) -> bool:
        """Have it leave because of that event; False if it has already, or was withdrawn."""
        return await self._session.run(_CONFIRM, {"number": number, "because": cause}) == 1

    async def withdraw(self, number: int) -> bool:
        """Have it never leave; False if it has already."""
        return await self._session.run(_WITHDRAW, {"number": number}) == 1

    async def unreached(self, number: int) -> tuple[CircleId, ...]:
        """The circles whose room has not got it."""
        rows = await self._session.all(_UNREACHED, {"number": number})
        return tuple(CircleId(row.id) for row in rows)


def _read(rows: Sequence[Row[Any]]) -> Broadcast | None:
    return _BROADCAST.read(rows[0]) if rows else None
