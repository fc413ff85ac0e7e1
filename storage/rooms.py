"""What the bot knows of each room, fed by its events: facts, and who is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from sqlalchemy import bindparam, delete, or_, select

from circle.circles import CircleId
from storage.accounts import NOBODY, accounts, release
from storage.arrivals import move_circle, welcome
from storage.borne import bear
from storage.mapping import Mapper
from storage.session import Statements, upsert
from storage.tables.circles import circles
from storage.tables.mail import room_members, rooms
from storage.times import EPOCH

_GET: Final = select(rooms).where(rooms.c.room_id == bindparam("room"))
_SAVE: Final = upsert(
    rooms, "room_id", encrypted=lambda told: or_(rooms.c.encrypted, told.encrypted)
)
_JOIN: Final = upsert(room_members, "room_id", "user_id")
_IN_ROOM: Final = room_members.c.room_id == bindparam("room")
_LEAVE: Final = delete(room_members).where(_IN_ROOM, room_members.c.user_id == bindparam("user"))
_JOINED: Final = select(room_members.c.user_id, room_members.c.name).where(_IN_ROOM)
_IS_JOINED: Final = select(room_members.c.user_id).where(
    _IN_ROOM, room_members.c.user_id == bindparam("user")
)
_CIRCLE: Final = select(circles.c.id, circles.c.created_at).where(
    circles.c.room_id == bindparam("room")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFacts:
    """A room as its last event told it. `encrypted` stays true for ever once it was."""

    room_id: str
    name: str | None
    direct: bool
    encrypted: bool
    powers: Mapping[str, int]
    default_power: int
    state_power: int

    def power_of(self, user_id: str) -> int:
        """The power level of somebody in the room."""
        return self.powers.get(user_id, self.default_power)


_FACTS: Final = Mapper(RoomFacts, rooms)


class Rooms:
    """Rooms within one transaction. People who are in a circle's room are of the circle."""

    def __init__(self, session: Statements, account: str = NOBODY) -> None:
        self._session = session
        self._account = account
        self._known: dict[str, RoomFacts | None] = {}

    async def get(self, room_id: str) -> RoomFacts | None:
        """What is known of a room; None before its first event. Read once a transaction."""
        if room_id not in self._known:
            self._known[room_id] = await self._read(room_id)
        return self._known[room_id]

    async def _read(self, room_id: str) -> RoomFacts | None:
        row = await self._session.first(_GET, {"room": room_id})
        if row is None:
            return None
        return _FACTS.read(row)

    async def save(
        self,
        room_id: str,
        *,
        name: str | None,
        direct: bool,
        encrypted: bool,
        powers: Mapping[str, int],
        default_power: int,
        state_power: int,
    ) -> None:
        """Keep the room as it now is; once encrypted it stays so whatever is told later."""
        values = {
            "room_id": room_id,
            "name": name,
            "direct": direct,
            "encrypted": encrypted,
            "powers": powers,
            "default_power": default_power,
            "state_power": state_power,
        }
        await self._session.run(_SAVE, values)
        self._known.pop(room_id, None)

    async def join(
        self,
        room_id: str,
        user_id: str,
        name: str | None,
        day: date | None = None,
        *,
        at: datetime | None = None,
    ) -> None:
        """Somebody is in the room, under that name. `day` and `at`: see `join_all`."""
        await self.join_all(room_id, {user_id: name}, day, at=at)

    async def join_all(
        self,
        room_id: str,
        names: Mapping[str, str | None],
        day: date | None = None,
        *,
        at: datetime | None = None,
    ) -> None:
        """These people are in the room; if it is a circle's, they are of the circle.

        Participants since `day`, and called so since `at`; or both since the circle's own first
        day where it is not told. Bots that share this store are nobody's members.
        """
        bots = await accounts(self._session)
        called = {u: name or localpart(u) for u, name in names.items() if u not in bots}
        if not called:
            return
        rows = [{"room_id": room_id, "user_id": u, "name": n} for u, n in called.items()]
        await self._session.run(_JOIN, rows)
        circle = await self._session.first(_CIRCLE, {"room": room_id})
        first = (circle.created_at if circle else EPOCH).date()
        since = at or datetime.combine(first, time(), tzinfo=UTC)
        await bear(self._session, room_id, called, since)
        if circle is not None:
            await welcome(self._session, CircleId(circle.id), called, day or first)

    async def only(
        self, room_id: str, names: Mapping[str, str | None], *, at: datetime | None = None
    ) -> None:
        """These people, and nobody else, are in the room, called so since `at` at the latest."""
        for user in await self.joined(room_id):
            if user not in names:
                await self.leave(room_id, user)
        await self.join_all(room_id, names, at=at)

    async def is_circle(self, room_id: str) -> bool:
        """Whether the room is bound to a circle."""
        return await self._session.first(_CIRCLE, {"room": room_id}) is not None

    async def leave(self, room_id: str, user_id: str) -> None:
        """Somebody left, was kicked or banned."""
        await self._session.run(_LEAVE, {"room": room_id, "user": user_id})

    async def left(self, room_id: str) -> None:
        """We are no longer in the room: another bot of this store that hears it has it."""
        await release(self._session, room_id, self._account)

    async def joined(self, room_id: str) -> Mapping[str, str]:
        """Who is in the room: account to name."""
        rows = await self._session.all(_JOINED, {"room": room_id})
        return {row.user_id: row.name for row in rows}

    async def is_joined(self, room_id: str, user_id: str) -> bool:
        """Whether somebody is in the room."""
        values = {"room": room_id, "user": user_id}
        return await self._session.first(_IS_JOINED, values) is not None

    async def move(self, room_id: str, replacement: str) -> None:
        """The room was upgraded: its circle, if it has one, lives in the new one.

        Unless another circle does: a room holds one.
        """
        circle = await self._session.first(_CIRCLE, {"room": room_id})
        if circle is not None and not await self.is_circle(replacement):
            await move_circle(self._session, CircleId(circle.id), replacement)


def localpart(user_id: str) -> str:
    """The name of somebody who has not said theirs: `@bob:example.org` is bob."""
    return user_id.removeprefix("@").split(":")[0]
