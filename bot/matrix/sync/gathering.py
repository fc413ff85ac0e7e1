"""From one sync answer to what it brings: facts of rooms first, then what was said in them."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

import structlog

from bot.matrix.crypto.encryption import Encryption
from bot.matrix.net.admitter import admission
from bot.matrix.net.errors import RefusedError
from bot.matrix.net.instance import TYPE as INSTANCE
from bot.matrix.net.instance import Instance
from bot.matrix.net.untrusted import table
from bot.matrix.rooms.membership import Doors
from bot.matrix.rooms.room import Room
from bot.matrix.rooms.rooms import Rooms
from bot.matrix.sync.gaps import Gaps, Stretch
from bot.matrix.sync.reading import Reader, unpack
from bot.matrix.sync.unread import Unread
from bot.matrix.sync.wire import RoomPart, Sync
from storage.mail import Admission, Token

_GONE: Final = ("leave", "ban")

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Gathered:
    """What is to be admitted; `reread` names events that then need not be kept any more.

    `once`: some of it would not be there again if the sync were read a second time.
    """

    admissions: list[Admission] = field(default_factory=list)
    reread: list[str] = field(default_factory=list)
    once: bool = False


class Gatherer:
    """Takes syncs in, in their order. Asks the homeserver only for gaps and first encounters."""

    def __init__(
        self,
        *,
        rooms: Rooms,
        encryption: Encryption,
        reader: Reader,
        gaps: Gaps,
        unread: Unread,
        doors: Doors,
        instance: Instance,
    ) -> None:
        self._rooms = rooms
        self._encryption = encryption
        self._reader = reader
        self._gaps = gaps
        self._unread = unread
        self._doors = doors
        self._instance = instance
        self._facts: dict[str, str] = {}
        self._first = True

    async def gather(self, sync: Sync, since: Token | None) -> Gathered:
        """All that is to be admitted with the sync's token; raises `Stopped`, `OvertakenError`.

        `since` is the token it began from: without one, nothing that was said is a command.
        """
        batch = Gathered()
        self._take_account(sync)
        sessions = self._take_keys(sync)
        for room_id, part in sync.rooms.invite.items():
            self._doors.invited(room_id, unpack(part.invite_state.events))
        for room_id, part in sync.rooms.leave.items():
            batch.admissions += self._left(room_id, part, _known_at(since))
        rooms = (
            self._joined(room_id, part, since, sync.next_batch)
            for room_id, part in sync.rooms.join.items()
        )
        for admissions in await asyncio.gather(*rooms):
            batch.admissions += admissions
        self._reread(sessions, batch)
        self._conclude(batch)
        self._first = False
        return batch

    def _take_keys(self, sync: Sync) -> set[str]:
        """What the sync says of encryption; gives the Megolm sessions that became known."""
        encryption = self._encryption
        lists = sync.device_lists
        encryption.devices.changed([*lists.changed, *lists.left])
        encryption.keys.counted(
            sync.device_one_time_keys_count, sync.device_unused_fallback_key_types
        )
        return encryption.to_device.receive(sync.to_device.events)

    def _take_account(self, sync: Sync) -> None:
        for event in unpack(sync.account_data.events):
            if event.get("type") == "m.direct":
                self._rooms.directs_told(table(event.get("content")))
            elif event.get("type") == INSTANCE:
                self._instance.told(table(event.get("content")))

    def _reread(self, sessions: set[str], batch: Gathered) -> None:
        """Events whose key has come: before what was said after them."""
        earlier = []
        for waiting in self._unread.readable(sessions):
            room = self._rooms.get(waiting.room)
            earlier += self._reader.reread(room, waiting) if room else []
        batch.reread = [one.event_id for one in earlier]
        batch.once = bool(earlier)
        batch.admissions[:0] = earlier

    def _left(self, room_id: str, part: RoomPart, since_ms: int) -> list[Admission]:
        """A room that we were made to leave (or left): a fact, whoever did it."""
        known = self._rooms.get(room_id)
        room = known or Room(room_id, encrypted=False)
        seen = unpack([*part.state.events, *part.timeline.events])
        gone = [e for e in seen if self._is_own_leave(e) and (known or _was_joined(e))]
        self._rooms.leave(room_id)
        self._facts.pop(room_id, None)
        return self._reader.facts(room, gone, since_ms)

    async def _joined(
        self, room_id: str, part: RoomPart, since: Token | None, until: str
    ) -> list[Admission]:
        met_before = self._first or self._rooms.get(room_id) is not None
        room = self._rooms.enter(room_id)
        timeline = unpack(part.timeline.events)
        self._apply(room, unpack(part.state.events) + timeline)
        stretch = Stretch(timeline, entered=since is None)
        if since is not None and (part.timeline.limited or not met_before):
            stretch = await self._gaps.stretch(room_id, since.text, until)
            self._apply(room, stretch.events)
        if self._doors.leads_astray(room):
            return []
        if stretch.entered:
            room.forget_members()
        present = await self._present(room, stretch, _known_at(since))
        await self._count(room)
        admissions = self._fact(room) + present
        read = self._reader.read if since is not None else self._reader.facts
        return admissions + read(room, stretch.events, _known_at(since))

    def _apply(self, room: Room, seen: list[dict[str, Any]]) -> None:
        for event in seen:
            if "state_key" not in event:
                continue
            try:
                room.apply(event, self._rooms.own_id)
            except Exception as error:  # noqa: BLE001 — whatever a stranger's state makes us raise
                log.warning("state.malformed", room=room.room_id, error=type(error).__name__)

    def _fact(self, room: Room) -> list[Admission]:
        """The room as a fact, where it is another than the last one told."""
        fact = self._reader.room_fact(room)
        if self._facts.get(room.room_id) == fact.event_id:
            return []
        self._facts[room.room_id] = fact.event_id
        return [fact]

    async def _present(self, room: Room, stretch: Stretch, since_ms: int) -> list[Admission]:
        """Who is in a room that we have just come to know."""
        if not stretch.entered:
            return []
        try:
            joins = await self._gaps.insist(lambda: self._rooms.joins(room))
        except RefusedError as error:
            log.error("members.refused", room=room.room_id, reason=str(error))
            return []
        return self._reader.facts(room, joins, since_ms)

    async def _count(self, room: Room) -> None:
        """How many people are in it, where that decides what the room is."""
        if not room.uncounted:
            return
        try:
            await self._gaps.insist(lambda: self._rooms.members(room))
        except RefusedError as error:
            log.error("members.refused", room=room.room_id, reason=str(error))

    def _conclude(self, batch: Gathered) -> None:
        """What rests on the rooms as they now are; then all that must outlive us is on disk."""
        ours = [
            self._reader.untold(room, waiting)
            for waiting in self._unread.overdue(self._reader.now_ms)
            if (room := self._rooms.get(waiting.room))
        ]
        ours += [admission(m) for m in self._doors.moved()]
        batch.admissions += ours
        batch.once = batch.once or bool(ours)
        self._rooms.keep_encrypted()
        self._unread.save()

    def _is_own_leave(self, event: dict[str, Any]) -> bool:
        ours = event.get("type") == "m.room.member" and event.get("state_key") == self._rooms.own_id
        return ours and table(event.get("content")).get("membership") in _GONE


def _known_at(since: Token | None) -> int:
    """When all that the homeserver had was before that token (ms)."""
    return since.at_ms if since else 0


def _was_joined(event: dict[str, Any]) -> bool:
    before = table(table(event.get("unsigned")).get("prev_content"))
    return before.get("membership") == "join"
