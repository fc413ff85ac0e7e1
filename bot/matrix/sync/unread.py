"""Events without their key: kept, asked for, read later and then admitted under their own id.

Keys often come a moment after the message: nobody is told before a grace. Then the room is told
once a session; whoever floods it with noise is not answered for each piece of it.
"""

from collections import deque
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog
from nio.event_builders import RoomKeyRequestMessage

from bot import events
from bot.matrix.crypto.machine import MEGOLM, Machine
from bot.matrix.net import files
from bot.matrix.net.untrusted import table, text
from bot.matrix.rooms.room import Room

_KEPT_MS: Final = 7 * 24 * 3600 * 1000
_MOST_KEPT: Final = 500
_AN_HOUR_MS: Final = 3600 * 1000
_TOLD_AN_HOUR: Final = 5

log = structlog.get_logger(__name__)


class UnreadEvent(msgspec.Struct):
    """An event of a room that waits for its session's key since an instant (ms).

    `at`: its own effective instant (ms), decided when it came.
    """

    room: str
    session: str
    since: int
    event: dict[str, Any]
    told: bool = False
    at: int | None = None


class Unread:
    """The events we could not read, on disk before their sync counts as received.

    `count` is how many there were since the start.
    """

    def __init__(self, folder: Path, machine: Machine, grace_ms: int) -> None:
        self._file = folder / "unread.json"
        self._machine = machine
        self._grace_ms = grace_ms
        kept = files.read(self._file) or {}
        self._waiting = msgspec.convert(kept, dict[str, UnreadEvent])
        self._changed = False
        self._told_at: dict[str, deque[int]] = {}
        self.count = 0

    def add(
        self, room_id: str, session: str, event: dict[str, Any], now_ms: int, at_ms: int
    ) -> None:
        """Keep an event until its key comes, or a week has passed, or there are too many.

        `at_ms`: its effective instant, however late it is read.
        """
        event_id = str(event["event_id"])
        if event_id in self._waiting:
            return
        self.count += 1
        log.warning("event.undecryptable", room=room_id, event_id=event_id, count=self.count)
        self._waiting[event_id] = UnreadEvent(room_id, session, now_ms, event, at=at_ms)
        if len(self._waiting) > _MOST_KEPT:
            self.done(next(iter(self._waiting)))
        self._changed = True

    def readable(self, sessions: set[str]) -> list[UnreadEvent]:
        """The events whose session has just become known."""
        return [waiting for waiting in self._waiting.values() if waiting.session in sessions]

    def taken_back(self, room: Room, event_id: str, by: str) -> None:
        """Somebody deleted an event before it could be read: it never will be."""
        waiting = self._waiting.get(event_id)
        if waiting is None or waiting.room != room.room_id:
            return
        if by == waiting.event.get("sender") or room.may_redact(by):
            self.done(event_id)

    def done(self, event_id: str) -> None:
        """Forget an event: it is admitted, or will never be."""
        if self._waiting.pop(event_id, None):
            self._changed = True

    def save(self) -> None:
        if self._changed:
            files.write(self._file, self._waiting)
            self._changed = False

    @property
    def due_ms(self) -> int | None:
        """When the next one will be overdue."""
        untold = (w.since for w in self._waiting.values() if not w.told)
        first = min(untold, default=None)
        return None if first is None else first + self._grace_ms

    def overdue(self, now_ms: int) -> list[UnreadEvent]:
        """Those that rooms are to be told of now; their keys are asked for."""
        late = [w for w in self._waiting.values() if w.since + self._grace_ms <= now_ms]
        for waiting in late:
            if waiting.since + _KEPT_MS < now_ms:
                self.done(str(waiting.event["event_id"]))
        fresh = [w for w in late if not w.told]
        for waiting in fresh:
            waiting.told = self._changed = True
            self._ask(waiting)
        return [w for w in fresh if self._may_tell(w.room, now_ms)]

    def _may_tell(self, room_id: str, now_ms: int) -> bool:
        told = self._told_at.setdefault(room_id, deque())
        while told and told[0] <= now_ms - _AN_HOUR_MS:
            told.popleft()
        if len(told) >= _TOLD_AN_HOUR:
            return False
        told.append(now_ms)
        return True

    def _ask(self, waiting: UnreadEvent) -> None:
        """Queue one request a session for its key, to all devices of who wrote."""
        sender, content = text(waiting.event.get("sender")), table(waiting.event.get("content"))
        asked = self._machine.outgoing_key_requests
        queued = (m.content.get("request_id") for m in self._machine.outgoing_to_device_messages)
        if sender and waiting.session not in asked and waiting.session not in queued:
            self._machine.outgoing_to_device_messages.append(
                _request(waiting, sender, text(content.get("sender_key")), self._machine.device_id)
            )


def told(waiting: UnreadEvent, at_ms: int) -> events.Undecryptable:
    """The fact that an event cannot be read; its own id stays free for the event itself."""
    return events.Undecryptable(
        id=f"{waiting.event['event_id']}{events.UNREAD}",
        room=waiting.room,
        sender=str(waiting.event.get("sender")),
        at=at_ms,
        session=waiting.session,
    )


def _request(
    waiting: UnreadEvent, sender: str, sender_key: str | None, own: str
) -> RoomKeyRequestMessage:
    """Room and session name a key; events of today need not say who has made it (MSC4381)."""
    named = {"algorithm": MEGOLM, "room_id": waiting.room, "session_id": waiting.session}
    content = {
        "action": "request",
        "body": named | ({"sender_key": sender_key} if sender_key else {}),
        "request_id": waiting.session,
        "requesting_device_id": own,
    }
    return RoomKeyRequestMessage(
        "m.room_key_request",
        sender,
        "*",
        content,
        waiting.session,
        waiting.session,
        waiting.room,
        MEGOLM,
    )
