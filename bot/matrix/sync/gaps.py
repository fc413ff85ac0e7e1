"""What a limited timeline left out, read back from the room's history.

Read backwards from the new token to the old one, or to our own entry into the room: nothing that
was said before it is a command. Our own events are not filtered here, so that the entry is seen.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import structlog

from bot.matrix.net.errors import RefusedError
from bot.matrix.net.http import Homeserver, path
from bot.matrix.net.retry import Patience
from bot.matrix.net.untrusted import items, table, text
from bot.matrix.sync.wire import gap_filter

_PAGE: Final = 250
_SIDE_BY_SIDE: Final = 6

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Events of one room, oldest first. `entered`: it begins with our own entry into the room."""

    events: list[dict[str, Any]]
    entered: bool


class Gaps:
    """Reads stretches of history, as patiently as the homeserver wants."""

    def __init__(self, home: Homeserver, patience: Patience, own_id: str) -> None:
        self._home = home
        self._patience = patience
        self._own_id = own_id
        self._turns = asyncio.Semaphore(_SIDE_BY_SIDE)

    async def insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` gives at last, a few at a time; raises `RefusedError` and `Stopped`."""
        async with self._turns:
            return await self._patience.insist(ask)

    async def stretch(self, room_id: str, since: str, until: str) -> Stretch:
        """What happened in the room after `since`, up to `until` (tokens of syncs)."""
        try:
            found = await backwards(
                lambda token: self._page(room_id, token, since),
                until,
                lambda event: is_entry(event, self._own_id),
            )
        except RefusedError as error:
            log.error("gap.refused", room=room_id, reason=str(error))
            return Stretch([], entered=True)  # what we knew of the room may be anything now
        log.info("gap.filled", room=room_id, events=len(found.events), entered=found.entered)
        return found

    async def _page(self, room_id: str, token: str, since: str) -> dict[str, Any]:
        params = {
            "dir": "b",
            "from": token,
            "to": since,
            "limit": str(_PAGE),
            "filter": gap_filter(),
        }
        where = path("rooms", room_id, "messages")
        return await self.insist(lambda: self._home.get(where, params))


async def backwards(
    page: Callable[[str], Awaitable[dict[str, Any]]],
    token: str,
    entry: Callable[[dict[str, Any]], bool],
) -> Stretch:
    """Collect pages from `token` on until there are no more, or `entry` is met."""
    newest_first: list[dict[str, Any]] = []
    while True:
        answer = await page(token)
        for event in items(answer.get("chunk")):
            if not isinstance(event, dict):
                continue
            newest_first.append(event)
            if entry(event):
                return Stretch(newest_first[::-1], entered=True)
        following = text(answer.get("end"))
        if following is None or following == token:
            return Stretch(newest_first[::-1], entered=False)
        token = following


def is_entry(event: dict[str, Any], own_id: str) -> bool:
    """Whether this is how we came into the room (not a change of our name while in it)."""
    if event.get("type") != "m.room.member" or event.get("state_key") != own_id:
        return False
    if table(event.get("content")).get("membership") != "join":
        return False
    before = table(table(event.get("unsigned")).get("prev_content"))
    return before.get("membership") != "join"
