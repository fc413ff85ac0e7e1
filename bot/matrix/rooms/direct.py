"""Where to write to one person: the direct room there is, or a new encrypted one."""

from typing import Any, Final

import structlog

from bot.matrix.net.http import Homeserver, path
from bot.matrix.rooms.room import DIRECT_MARK, Room
from bot.matrix.rooms.rooms import Rooms
from storage.outbox import Outbox

_MEGOLM: Final = {"algorithm": "m.megolm.v1.aes-sha2"}

log = structlog.get_logger(__name__)


class DirectRooms:
    """Finds or makes the room of a conversation, once even if we end in between."""

    def __init__(self, home: Homeserver, rooms: Rooms, outbox: Outbox) -> None:
        self._home = home
        self._rooms = rooms
        self._outbox = outbox

    async def room_for(self, user: str) -> str:
        """A room that both of us are in, or that they are invited to; raises `RequestError`s."""
        room = await self._kept(user)
        if room is None:
            room = await self._rooms.direct_with(user) or await self._make(user)
            await self._outbox.set_direct_room(user, room.room_id)
        if user not in await self._rooms.members(room):
            await self._invite(user, room)
        await self._rooms.mark_direct(user, room.room_id)
        return room.room_id

    async def _kept(self, user: str) -> Room | None:
        """The room of last time, unless it is theirs and they left it, or others came."""
        room = self._rooms.get(await self._outbox.direct_room(user) or "")
        if room is None or not await self._rooms.only_with(user, room):
            return None
        return room if room.made_for == user or user in await self._rooms.members(room) else None

    async def _make(self, user: str) -> Room:
        """The mark in the room's creation lets a later start find it, had we ended right here."""
        creation = {DIRECT_MARK: user}
        body: dict[str, Any] = {
            "preset": "trusted_private_chat",
            "is_direct": True,
            "creation_content": creation,
            "initial_state": [{"type": "m.room.encryption", "state_key": "", "content": _MEGOLM}],
        }
        answer = await self._home.post(path("createRoom"), body)
        room = self._rooms.enter(str(answer["room_id"]))
        room.encrypted, room.creation = True, {"content": creation}
        log.info("direct_room.made", room=room.room_id)
        return room

    async def _invite(self, user: str, room: Room) -> None:
        """As a state event: only so can an invitation say that it is for a conversation."""
        content = {"membership": "invite", "is_direct": True}
        await self._home.put(path("rooms", room.room_id, "state", "m.room.member", user), content)
        room.forget_members()
