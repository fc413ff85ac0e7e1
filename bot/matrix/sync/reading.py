"""From the events of a sync to what is admitted: decrypted, translated, each behind a guard."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec
import structlog

from bot import events
from bot.matrix.crypto.decrypting import Decrypter, UndecryptableError
from bot.matrix.net.admitter import admission
from bot.matrix.net.untrusted import text
from bot.matrix.rooms.room import Room
from bot.matrix.sync.translate import Frame, translate
from bot.matrix.sync.unread import Unread, UnreadEvent, told
from circle.time import to_ms
from storage.mail import Admission

log = structlog.get_logger(__name__)


def unpack(raws: Iterable[msgspec.Raw]) -> list[dict[str, Any]]:
    """The events that can be read at all; one that cannot hides no other."""
    unpacked = []
    for raw in raws:
        try:
            unpacked.append(msgspec.json.decode(raw, type=dict[str, Any]))
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            log.warning("event.malformed", error=type(error).__name__)
    return unpacked


class Reader:
    """Makes admissions; what cannot be decrypted is kept apart until its key comes.

    `malformed` is how many events there were, since the start, that nothing could be made of.
    """

    def __init__(
        self,
        own_id: str,
        decrypter: Decrypter,
        unread: Unread,
        clock: Callable[[], datetime],
    ) -> None:
        self._own_id = own_id
        self._decrypter = decrypter
        self._unread = unread
        self._clock = clock
        self.malformed = 0

    @property
    def now_ms(self) -> int:
        return to_ms(self._clock())

    def read(self, room: Room, found: Iterable[dict[str, Any]], since_ms: int) -> list[Admission]:
        """What a room's events mean to us, in their order.

        None of them reached our homeserver before `since_ms`.
        """
        frame = Frame(room.room_id, self._own_id, max(room.joined_ms, since_ms), self.now_ms)
        admitted = (self._guarded(room, event, frame) for event in found)
        return [one for one in admitted if one is not None]

    def facts(self, room: Room, found: Iterable[dict[str, Any]], since_ms: int) -> list[Admission]:
        """The same, of state events alone."""
        return self.read(room, (event for event in found if "state_key" in event), since_ms)

    def reread(self, room: Room, waiting: UnreadEvent) -> list[Admission]:
        """An event whose key has come: of the instant that it came to us."""
        frame = self._frame_of(room, waiting)
        one = self._guarded(room, waiting.event, frame)
        return [] if one is None else [one]

    def untold(self, room: Room, waiting: UnreadEvent) -> Admission:
        """The fact that an event still cannot be read."""
        return admission(told(waiting, self._frame_of(room, waiting).at(waiting.event)))

    def room_fact(self, room: Room) -> Admission:
        return admission(room.fact(self._own_id, self.now_ms))

    def _frame_of(self, room: Room, waiting: UnreadEvent) -> Frame:
        earliest, latest = room.joined_ms, waiting.since
        if waiting.at is not None:
            earliest = latest = waiting.at
        return Frame(room.room_id, self._own_id, earliest, latest)

    def _guarded(self, room: Room, event: dict[str, Any], frame: Frame) -> Admission | None:
        try:
            return self._one(room, event, frame)
        except Exception as error:  # noqa: BLE001 — whatever a stranger's event makes us raise
            self.malformed += 1
            event_id = str(event.get("event_id"))
            log.warning(
                "event.malformed",
                room=room.room_id,
                event_id=event_id,
                error=type(error).__name__,
            )
            return None

    def _one(self, room: Room, event: dict[str, Any], frame: Frame) -> Admission | None:
        ours = event.get("sender") == self._own_id
        if ours and event.get("type") != "m.room.member":
            return None
        if event.get("type") == "m.room.encrypted" and "state_key" not in event:
            opened = self._opened(room, event, frame)
            if opened is None:
                return None
            event = opened
        meaning = translate(event, frame)
        if meaning is None or not _allowed(room, meaning):
            return None
        if isinstance(meaning, events.Redaction):
            self._unread.taken_back(room, meaning.target, meaning.sender)
        return admission(meaning)

    def _opened(self, room: Room, event: dict[str, Any], frame: Frame) -> dict[str, Any] | None:
        try:
            return self._decrypter.decrypt(room.room_id, event)
        except UndecryptableError as error:
            if text(event.get("event_id")) and text(event.get("sender")):
                at = frame.at(event)
                self._unread.add(room.room_id, error.session, event, self.now_ms, at)
            return None


def _allowed(room: Room, event: events.AnyEvent) -> bool:
    """A poll is ended by who opened it (we know of ours only) or by who may redact (MSC3381)."""
    return not isinstance(event, events.PollEnd) or room.may_redact(event.sender)
