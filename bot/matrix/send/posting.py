"""One letter onto the network: its room, its relation, its file, its encryption, its put."""

import asyncio
from collections import defaultdict
from typing import Any, Final

from bot.matrix.crypto.outbound import Encrypter
from bot.matrix.net.errors import RefusedError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.untrusted import table
from bot.matrix.rooms.direct import DirectRooms
from bot.matrix.rooms.room import Room
from bot.matrix.rooms.rooms import Rooms
from bot.matrix.send.lookup import ROW_FIELD
from bot.matrix.send.uploads import Uploads
from storage.mail import Letter, Posted
from storage.outbox import Outbox

_IN_CLEAR: Final = ("m.reaction",)  # clients and servers count reactions: they are never sealed
_ENCRYPTED: Final = "m.room.encrypted"
_FORBIDDEN: Final = 403


class Poster:
    """Puts letters. The same letter may be put again: its transaction id never changes."""

    def __init__(
        self,
        home: Homeserver,
        rooms: Rooms,
        outbox: Outbox,
        encrypter: Encrypter,
        uploads: Uploads,
    ) -> None:
        self._home = home
        self._rooms = rooms
        self._outbox = outbox
        self._encrypter = encrypter
        self._uploads = uploads
        self._direct = DirectRooms(home, rooms, outbox)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def room_of(self, letter: Letter) -> str:
        """The room a letter goes to (made if it is a first word to somebody)."""
        return letter.room_id or await self._direct.room_for(str(letter.to_user))

    async def put(self, posted: Posted, room_id: str) -> str:
        """The id of the event that the letter became; raises `RequestError`s."""
        letter = posted.letter
        room = self._rooms.get(room_id)
        if room is None:
            raise RefusedError(_FORBIDDEN, "M_FORBIDDEN", "we are not in that room", {})
        sealed = room.encrypted and letter.event_type not in _IN_CLEAR
        content = letter.content | await self._file(posted, encrypted=room.encrypted)
        content |= await self._relation(letter)
        kind = letter.event_type
        if sealed:
            kind, content = _ENCRYPTED, await self._seal(room, letter.event_type, content)
        where = path("rooms", room_id, "send", kind, posted.txn_id)
        answer = await self._home.put(where, content | {ROW_FIELD: posted.txn_id})
        return str(answer["event_id"])

    async def _seal(self, room: Room, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Sealed one after the other in a room; its relation stays in clear for servers."""
        async with self._turns[room.room_id]:
            await self._rooms.members(room)
            readers = room.readers(self._rooms.own_id)
            sealed = await self._encrypter.encrypt(
                room.room_id, readers, room.roster_version, kind, content
            )
        relation = content.get("m.relates_to")
        return sealed | ({"m.relates_to": relation} if relation else {})

    async def _file(self, posted: Posted, *, encrypted: bool) -> dict[str, Any]:
        """Uploaded once, however often the letter itself is put."""
        if posted.letter.file is None:
            return {}
        shown = await self._uploads.put(posted.letter.file, encrypted=encrypted)
        await self._outbox.uploaded(posted, posted.letter.content | shown)
        return shown

    async def _relation(self, letter: Letter) -> dict[str, Any]:
        """The content's own relation, completed with the earlier letter that this one answers."""
        answered = None
        if letter.after is not None:
            answered = await self._outbox.event_of(letter.cause, letter.after)
        if answered is None:
            return {}
        relation = table(letter.content.get("m.relates_to"))
        return {"m.relates_to": relation | {"m.in_reply_to": {"event_id": answered}}}
