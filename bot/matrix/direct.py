"""Where to write to one person: the direct room there is, or a new encrypted one."""

from typing import Any, Final

import structlog

from bot.matrix.http import Homeserver, path
from bot.matrix.room import DIRECT_MARK
from bot.matrix.rooms import Rooms
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
        kept = await self._outbox.direct_room(user)
        if kept is not None and await self._still_theirs(kept, user):
            return kept
        found = await self._rooms.direct_with(user)
        room_id = found.room_id if found else await self._make(user)
        await self._rooms.mark_direct(user, room_id)
        await self._outbox.set_direct_room(user, room_id)
        return room_id

    async def _still_theirs(self, room_id: str, user: str) -> bool:
        room = self._rooms.get(room_id)
        return room is not None and user in await self._rooms.members(room)

    async def _make(self, user: str) -> str:
        """The mark in the room's creation lets a later start find it, had we ended right here."""
        body: dict[str, Any] = {
            "preset": "trusted_private_chat",
            "is_direct": True,
            "invite": [user],
            "creation_content": {DIRECT_MARK: user},
            "initial_state": [{"type": "m.room.encryption", "state_key": "", "content": _MEGOLM}],
            "power_level_content_override": {"users": {}},
        }
        answer = await self._home.post(path("createRoom"), body)
        room = self._rooms.enter(str(answer["room_id"]))
        room.encrypted = True
        log.info("direct_room.made", room=room.room_id)
        return room.room_id
