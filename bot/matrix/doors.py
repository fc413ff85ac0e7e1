"""Coming and going: invitations, rooms that were upgraded, rooms where nobody is left."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from bot import events
from bot.matrix import files
from bot.matrix.admitting import Admitter, admission
from bot.matrix.errors import RefusedError, UnreachableError
from bot.matrix.http import Homeserver, path
from bot.matrix.loose import table, text
from bot.matrix.room import Room
from bot.matrix.rooms import Rooms
from bot.matrix.settings import MatrixSettings

_MOST_TRIES: Final = 50
_JOIN_BASE: Final = "/_matrix/client/v3/join"

log = structlog.get_logger(__name__)


class Invitation(msgspec.Struct):
    """Who invites us, whether to talk with them alone, and how often we tried to come in vain."""

    inviter: str
    direct: bool
    tries: int = 0


class Doors:
    """Decides which rooms we are in. An invitation told by a sync is on disk before its token."""

    def __init__(
        self,
        *,
        settings: MatrixSettings,
        folder: Path,
        home: Homeserver,
        rooms: Rooms,
        admitter: Admitter,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._file = folder / "invitations.json"
        self._home = home
        self._rooms = rooms
        self._admitter = admitter
        self._clock = clock
        self._invited = msgspec.convert(files.read(self._file) or {}, dict[str, Invitation])
        self._knocked: set[str] = set()

    @property
    def wanting(self) -> bool:
        """Whether `tend` has something to do."""
        return (
            bool(self._invited) or any(self._unfollowed()) or any(r.deserted for r in self._rooms)
        )

    def invited(self, room_id: str, state: list[dict[str, Any]]) -> None:
        """Take an invitation down, from the few state events that come with it."""
        own = self._rooms.own_id
        ours = [e for e in state if e.get("type") == "m.room.member" and e.get("state_key") == own]
        told = [(text(e.get("sender")), table(e.get("content"))) for e in ours]
        # an invitation comes with state that its sender's server chose: of several inviters, the
        # one whom we do not follow is the one to believe
        told.sort(key=lambda one: not self._settings.allows(one[0] or ""))
        for inviter, content in told:
            if inviter:
                self._note(room_id, Invitation(inviter, content.get("is_direct") is True))

    def moved(self) -> list[events.RoomMoved]:
        """The upgraded rooms whose replacement, true to its word, we have joined."""
        return [
            events.RoomMoved(
                id=str(room.tombstone["event_id"]),
                room=room.room_id,
                sender=str(room.tombstone["sender"]),
                at=self._now_ms(),
                replacement=_replacement(room),
            )
            for room in self._rooms
            if room.tombstone and self._succeeds(_replacement(room), room)
        ]

    async def tend(self) -> None:
        """Answer invitations, follow upgrades, leave empty rooms; raises `RequestError`s.

        An invitation from a server that does not answer holds no other one up.
        """
        failed = [await self._tried(*one) for one in list(self._invited.items())]
        for room in list(self._unfollowed()):
            self._knocked.add(room.room_id)
            await self._join(_replacement(room), via=_server(str((room.tombstone or {})["sender"])))
        for room in self._rooms:
            if room.deserted:
                await self._desert(room)
        for error in failed:
            if error is not None:
                raise error

    async def _tried(self, room_id: str, invitation: Invitation) -> UnreachableError | None:
        try:
            await self._answer(room_id, invitation)
        except UnreachableError as error:
            tries = invitation.tries + 1
            again = msgspec.structs.replace(invitation, tries=tries)
            self._note(room_id, again if tries < _MOST_TRIES else None)
            return error
        self._note(room_id, None)
        return None

    def _note(self, room_id: str, invitation: Invitation | None) -> None:
        if invitation is None:
            self._invited.pop(room_id, None)
        else:
            self._invited[room_id] = invitation
        files.write(self._file, self._invited)

    async def _answer(self, room_id: str, invitation: Invitation) -> None:
        expected = {_replacement(room) for room in self._rooms if room.tombstone}
        if not (self._settings.allows(invitation.inviter) or room_id in expected):
            log.info("invitation.refused", room=room_id, inviter=invitation.inviter)
            await self._leave(room_id)
            return
        joined = await self._join(room_id, via=_server(invitation.inviter))
        if joined and invitation.direct:
            await self._rooms.mark_direct(invitation.inviter, room_id)

    async def _join(self, room_id: str, via: str) -> bool:
        try:
            await self._home.raw(
                "POST", path(room_id, base=_JOIN_BASE), params={"via": via}, body={}
            )
        except RefusedError as error:
            log.warning("room.closed_to_us", room=room_id, reason=str(error))
            return False
        log.info("room.joined", room=room_id)
        return True

    async def _desert(self, room: Room) -> None:
        """Leave; our own leaving is an event of ours, and no sync tells us of those."""
        await self._leave(room.room_id)
        own_id = self._rooms.own_id
        entry = (room.own_join or {}).get("event_id")
        left = events.MemberChanged(
            id=f"{room.room_id}~left~{entry}",
            room=room.room_id,
            sender=own_id,
            at=self._now_ms(),
            user=own_id,
            joined=False,
        )
        await self._admitter.admit([admission(left)])

    async def _leave(self, room_id: str) -> None:
        try:
            await self._home.post(path("rooms", room_id, "leave"), {})
        except RefusedError as error:
            log.warning("room.not_left", room=room_id, reason=str(error))
        self._rooms.leave(room_id)
        log.info("room.left", room=room_id)

    def _now_ms(self) -> int:
        return int(self._clock().timestamp() * 1000)

    def _unfollowed(self) -> list[Room]:
        """Upgraded rooms whose replacement we have neither joined nor tried to."""
        return [
            room
            for room in self._rooms
            if room.tombstone
            and room.room_id not in self._knocked
            and self._rooms.get(_replacement(room)) is None
        ]

    def _succeeds(self, replacement: str, room: Room) -> bool:
        """Whether we are in the replacement, and it names this room as the one before it."""
        new = self._rooms.get(replacement)
        creation = table(new.creation.get("content")) if new else {}
        return table(creation.get("predecessor")).get("room_id") == room.room_id


def _replacement(room: Room) -> str:
    return str(table((room.tombstone or {}).get("content")).get("replacement_room"))


def _server(user_id: str) -> str:
    return user_id.partition(":")[2]
