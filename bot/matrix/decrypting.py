"""Room events: from ciphertext to what somebody wrote."""

from typing import Any

import msgspec

from bot.matrix.loose import table
from bot.matrix.machine import MEGOLM, Machine


class UndecryptableError(Exception):
    """The event cannot be read, for now or for ever; `session` names the missing key."""

    def __init__(self, session: str, reason: str) -> None:
        super().__init__(reason)
        self.session = session


class Decrypter:
    """Reads `m.room.encrypted` events. The same ciphertext under another event id is refused."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

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
        if not self._first_use(session_id, index, event):
            raise UndecryptableError(session_id, "replayed")
        try:
            return msgspec.json.decode(text, type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError) as error:
            raise UndecryptableError(session_id, "no JSON object") from error

    def _first_use(self, session_id: str, index: int, event: dict[str, Any]) -> bool:
        """Whether this place of the session is new, or was this very event's."""
        used = self._machine.message_index_store
        return bool(used.setdefault((session_id, index), event["event_id"]) == event["event_id"])


def _unsealed(event: dict[str, Any], kind: object, content: dict[str, Any]) -> dict[str, Any]:
    """Only what the server vouches for comes from outside; a sealed event is never a state."""
    kept = {key: event[key] for key in ("event_id", "sender", "origin_server_ts") if key in event}
    return kept | {"type": kind, "content": content}
