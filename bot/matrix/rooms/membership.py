"""Coming and going: invitations, rooms that were upgraded, rooms where nobody is left."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from bot import events
from bot.matrix.net import files
from bot.matrix.net.admitter import Admitter, admission
from bot.matrix.net.errors import RefusedError, UnreachableError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.net.untrusted import table, text
from bot.matrix.rooms.room import Room
from bot.matrix.rooms.rooms import Rooms
from circle.time import to_ms

_MOST_TRIES: Final = 50
_JOIN_BASE: Final = "/_matrix/client/v3/join"

log = structlog.get_logger(__name__)


class Invitation(msgspec.Struct):
    """Who invites us, whether to talk with them alone, and how often we tried to come in vain."""

    inviter: str
    direct: bool
    tries: int = 0


class Following(msgspec.Struct):
    """A room that we join only because an upgraded one names it.

    `astray`: it does not name that one in turn.
    """

    old: str
    astray: bool = False


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
        self._followed_file = folder / "followed.json"
        followed = files.read(self._followed_file) or {}
        self._followed = msgspec.convert(followed, dict[str, Following])
        self._knocked: set[str] = set()

    @property
    def wanting(self) -> bool:
        """Whether `tend` has something to do."""
        deserted = any(room.deserted for room in self._rooms)
        arrived = any(new in self._followed for new in (room.room_id for room in self._rooms))
        return bool(self._invited) or any(self._unfollowed()) or deserted or arrived

    def leads_astray(self, room: Room) -> bool:
        """Whether only another room's word brought us here, and this one knows nothing of it.

        Nothing that is said there is for us.
        """
        following = self._followed.get(room.room_id)
        return following is not None and room.predecessor != following.old

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
                id=str((room.tombstone or {})["event_id"]),
                room=room.room_id,
                sender=str((room.tombstone or {})["sender"]),
                at=self._now_ms(),
                replacement=new.room_id,
            )
            for room, new in ((room, self._rooms.get(room.successor or "")) for room in self._rooms)
            if new is not None and new.predecessor == room.room_id
        ]

    async def tend(self) -> None:
        """Answer invitations, follow upgrades, leave empty rooms; raises `RequestError`s.

        An invitation from a server that does not answer holds no other one up.
        """
        await self._arrived()
        failed = [await self._tried(*one) for one in list(self._invited.items())]
        for room, new in list(self._unfollowed()):
            self._knocked.add(room.room_id)
            await self._follow(room, new, via=_server(str((room.tombstone or {})["sender"])))
        for room in self._rooms:
            if room.deserted:
                await self._desert(room)
        for error in failed:
            if error is not None:
                raise error

    async def _arrived(self) -> None:
        """Stay where an upgrade led us, if that room is what went on; leave it if not."""
        for new, following in list(self._followed.items()):
            room = self._rooms.get(new)
            if room is None:
                continue
            astray = self.leads_astray(room)
            if astray:
                log.warning("room.astray", room=new, named_by=following.old)
                await self._leave(new)
            self._note_followed(new, Following(following.old, astray=True) if astray else None)

    async def _follow(self, old: Room, new: str, via: str) -> bool:
        """Join what an upgraded room names; whether that was possible."""
        self._note_followed(new, Following(old.room_id))
        joined = await self._join(new, via)
        if not joined:
            self._note_followed(new, None)
        return joined

    def _note_followed(self, new: str, following: Following | None) -> None:
        if following is not None:
            self._followed[new] = following
        elif self._followed.pop(new, None) is None:
            return
        files.write(self._followed_file, self._followed)

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
        via = _server(invitation.inviter)
        if self._settings.allows(invitation.inviter):
            self._note_followed(room_id, None)
            joined = await self._join(room_id, via)
        elif (old := self._expecting(room_id)) is not None:
            joined = await self._follow(old, room_id, via)
        else:
            log.warning(
                "invitation.refused",
                room=room_id,
                inviter=invitation.inviter,
                advice=f'to accept it, add "*:{via}" to invites.allow and start again',
            )
            await self._leave(room_id, self._settings.refusal)
            return
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

    async def _leave(self, room_id: str, reason: str = "") -> None:
        body = {"reason": reason} if reason else {}
        try:
            await self._home.post(path("rooms", room_id, "leave"), body)
        except RefusedError as error:
            log.warning("room.not_left", room=room_id, reason=str(error))
        self._rooms.leave(room_id)
        log.info("room.left", room=room_id)

    def _now_ms(self) -> int:
        return to_ms(self._clock())

    def _unfollowed(self) -> Iterator[tuple[Room, str]]:
        """Upgraded rooms with their replacement, where we have neither joined it nor tried to."""
        for room in self._rooms:
            new = room.successor
            if new is None or room.room_id in self._knocked or self._rooms.get(new) is not None:
                continue
            if not (self.leads_astray(room) or self._is_astray(new)):
                yield room, new

    def _expecting(self, new: str) -> Room | None:
        """The upgraded room that names that one in its place."""
        if self._is_astray(new):
            return None
        named = (room for room in self._rooms if room.successor == new)
        return next((room for room in named if not self.leads_astray(room)), None)

    def _is_astray(self, new: str) -> bool:
        """Whether we were there, and found that it goes on for no room of ours."""
        following = self._followed.get(new)
        return following is not None and following.astray


def _server(user_id: str) -> str:
    return user_id.partition(":")[2]
