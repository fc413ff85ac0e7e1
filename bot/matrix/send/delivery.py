"""One letter to its event, once.

It may be put again with the same transaction id; one that was last put by another device, or so
long ago that the homeserver may have forgotten, is first looked for in its room.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from bot.matrix.net.session import Login
from bot.matrix.send.lookup import Lookup
from bot.matrix.send.posting import Poster
from circle.time import to_ms
from storage.mail import Posted
from storage.outbox import Outbox

_REMEMBERED_MS: Final = 20 * 3600 * 1000

log = structlog.get_logger(__name__)


class Delivery:
    """Puts letters as one device, and knows which of their attempts still count."""

    def __init__(
        self,
        outbox: Outbox,
        poster: Poster,
        lookup: Lookup,
        session: Login,
        clock: Callable[[], datetime],
    ) -> None:
        self._outbox = outbox
        self._poster = poster
        self._lookup = lookup
        self._device_id = session.device_id
        self._device_since_ms = session.since_ms
        self._clock = clock

    async def attempt(self, rows: Sequence[int]) -> None:
        """Write down that these letters are put by this device now."""
        await self._outbox.attempt(rows, self._device_id, self._now_ms())

    async def event_of(self, posted: Posted) -> str:
        """The event that a letter became, now or before. Raises what keeps it from leaving."""
        room_id = await self._poster.room_of(posted.letter)
        return await self._found(posted, room_id) or await self._poster.put(posted, room_id)

    async def _found(self, posted: Posted, room_id: str) -> str | None:
        """The event that an earlier attempt made, where the homeserver would not recognise ours."""
        if posted.letter.file is not None:
            return None  # its file goes first, and it was not put before that
        if posted.attempted_ms is None or not self._forgotten(posted, posted.attempted_ms):
            return None
        found = await self._lookup.find(room_id, posted.txn_id, posted.attempted_ms)
        log.info("letter.looked_for", row=posted.row, found=found is not None)
        if found is None:
            await self.attempt([posted.row])
        return found

    def _forgotten(self, posted: Posted, attempted_ms: int) -> bool:
        """A device that was logged out and in again is another one, whatever its id."""
        elsewhere = posted.device_id != self._device_id or attempted_ms < self._device_since_ms
        return elsewhere or self._now_ms() - attempted_ms > _REMEMBERED_MS

    def _now_ms(self) -> int:
        return to_ms(self._clock())
