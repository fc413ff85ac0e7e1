"""Whether a letter that may have left already is in its room: looked for by the mark it carries.

A homeserver knows a repeated transaction id for about a day, and only from the same device;
beyond that, only the room itself can tell.
"""

import json
from functools import partial
from typing import Any, Final

from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.retry import Patience
from bot.matrix.net.untrusted import items, number, table, text

ROW_FIELD: Final = "org.souci.row"
_PAGE: Final = 100
_MOST_PAGES: Final = 100
_CLOCKS_APART_MS: Final = 10 * 60 * 1000


class Lookup:
    """Reads our own messages back, newest first."""

    def __init__(self, home: Homeserver, own_id: str) -> None:
        self._home = home
        self._own_id = own_id

    async def find(self, room_id: str, txn_id: str, attempted_ms: int) -> str | None:
        """The event that carries this transaction id, sent since that instant; None if none is."""
        token: str | None = None
        for _ in range(_MOST_PAGES):
            answer = await self._page(room_id, token)
            events = [e for e in items(answer.get("chunk")) if isinstance(e, dict)]
            for event in events:
                if table(event.get("content")).get(ROW_FIELD) == txn_id:
                    return text(event.get("event_id"))
            token = text(answer.get("end"))
            if token is None or any(_before(event, attempted_ms) for event in events):
                return None
        return None

    async def since(self, room_id: str, at_ms: int, patience: Patience) -> dict[str, str]:
        """All our events since that instant, by the transaction ids they carry.

        Raises `RefusedError`, `Stopped`.
        """
        found: dict[str, str] = {}
        token: str | None = None
        while True:
            answer = await patience.insist(partial(self._page, room_id, token))
            events = [e for e in items(answer.get("chunk")) if isinstance(e, dict)]
            for event in events:
                mark, event_id = table(event.get("content")).get(ROW_FIELD), event.get("event_id")
                if isinstance(mark, str) and isinstance(event_id, str):
                    found.setdefault(mark, event_id)
            token = text(answer.get("end"))
            if token is None or any(_before(event, at_ms) for event in events):
                return found

    async def _page(self, room_id: str, token: str | None) -> dict[str, Any]:
        chosen = {"senders": [self._own_id]}
        params = {"dir": "b", "limit": str(_PAGE), "filter": json.dumps(chosen)}
        where = path("rooms", room_id, "messages")
        return await self._home.get(where, params | ({"from": token} if token else {}))


def _before(event: dict[str, Any], attempted_ms: int) -> bool:
    """Whether an event is surely older than the attempt, whatever the clocks say."""
    sent = number(event.get("origin_server_ts"))
    return sent is not None and sent < attempted_ms - _CLOCKS_APART_MS
