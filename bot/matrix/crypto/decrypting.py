"""Room events: from ciphertext to what somebody wrote."""

from typing import Any, Final

import msgspec

from bot.matrix.crypto.machine import MEGOLM, Machine
from bot.matrix.net.untrusted import table

_REMEMBERED: Final = 10_000


class UndecryptableError(Exception):
    """The event cannot be read, for now or for ever; `session` names the missing key."""

    def __init__(self, session: str, reason: str) -> None:
        super().__init__(reason)
        self.session = session


class Decrypter:
    """Reads `m.room.encrypted` events. The same ciphertext under another event id is refused."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._places = Places()

    def decrypt(self, room_id: str, event: dict[str, Any]) -> dict[str, Any]:
        """The event as if it had been sent in clear; raises `UndecryptableError`."""
        content = table(event.get("content"))
        session_id = content.get("session_id")
        if not isinstance(session_id, str) or content.get("algorithm") != MEGOLM:
            raise UndecryptableError("unknown", "no Megolm event")
        payload = self._payload(room_id, session_id, event)
        inner = payload.get("content")
        if payload.get("room_id") != room_id or not isinstance(inner, dict):
            raise UndecryptableError(session_id, "made for another room")
        if "m.relates_to" in content:  # relations travel in clear, so that servers can follow them
            inner.setdefault("m.relates_to", content["m.relates_to"])
        return _unsealed(event, payload.get("type"), inner)

    def _payload(self, room_id: str, session_id: str, event: dict[str, Any]) -> dict[str, Any]:
        session = self._machine.inbound_group_store.find(room_id, session_id)
        if session is None:
            raise UndecryptableError(session_id, "no key")
        try:
            text, index = session.decrypt(event["content"].get("ciphertext"))
        except (TypeError, ValueError) as error:
            raise UndecryptableError(session_id, type(error).__name__) from error
        if not self._places.taken_by(event["event_id"], session_id, index):
            raise UndecryptableError(session_id, "replayed")
        try:
            return msgspec.json.decode(text, type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError) as error:
            raise UndecryptableError(session_id, "no JSON object") from error


class Places:
    """Which event each place of a session was used by, of the last ten to twenty thousand.

    Kept as hashes: nio's own memory of them holds the places themselves, in three dictionaries.
    """

    def __init__(self) -> None:
        self._late: dict[int, int] = {}
        self._early: dict[int, int] = {}

    def taken_by(self, event_id: str, session_id: str, index: int) -> bool:
        """Whether this place is that event's: new until now, or taken by it before."""
        place, event = hash((session_id, index)), hash(event_id)
        known = self._late.get(place, self._early.get(place))
        if known is not None:
            return known == event
        self._late[place] = event
        if len(self._late) == _REMEMBERED:
            self._early, self._late = self._late, {}
        return True


def _unsealed(event: dict[str, Any], kind: object, content: dict[str, Any]) -> dict[str, Any]:
    """Only what the server vouches for comes from outside; a sealed event is never a state."""
    kept = {key: event[key] for key in ("event_id", "sender", "origin_server_ts") if key in event}
    return kept | {"type": kind, "content": content}
