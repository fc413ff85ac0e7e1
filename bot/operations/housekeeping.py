"""The house kept clean: messages forgotten in time, and what an erasure leaves to do done."""

from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Final

import structlog

from bot.matrix.net.errors import DiskError
from bot.operations.receipt_shelf import Shelf
from bot.store_retry import patiently
from circle.time import DAY
from storage.chores import MESSAGES, Chores
from storage.receipts import ReceiptQueue

log = structlog.get_logger(__name__)

RESTS: Final = 100
"""After the database was made compact, so many times as long as it took nobody waits for it."""


class Keeper:
    """Purges messages once a day; deletes files that nobody may find any more.

    `receipts`: where they are; `queue` tells which still prove something. `messages`: how long what
    was received is kept.
    """

    def __init__(
        self, chores: Chores, receipts: Shelf, queue: ReceiptQueue, messages: timedelta
    ) -> None:
        self._chores = chores
        self._receipts = receipts
        self._queue = queue
        self._messages = messages
        self._rested: datetime | None = None

    async def run(self, now: datetime) -> None:
        """Do what is to be done by then (zone-aware)."""
        purged = await patiently(lambda: self._chores.purge_messages(now, self._messages))
        if purged is not None:
            log.info("messages.purged", count=purged)
        await self._finish_erasures(now)

    async def next_due(self) -> datetime:
        """When the next daily work is due."""
        last = await patiently(lambda: self._chores.last(MESSAGES))
        daily = datetime.now(UTC) if last is None else last + DAY
        return min(daily, self._rested or daily)

    async def _finish_erasures(self, now: datetime) -> None:
        """Files first, then the database made compact: done anew if we end in between.

        However many ask to be forgotten, others may write most of the time.
        """
        if self._rested is not None and now >= self._rested:
            self._rested = None
        left = await patiently(self._chores.left_by_erasures)
        if not left or not await self._deleted(left) or self._rested is not None:
            return
        if not await self._compact(now):
            log.warning("erasure.put_off", count=len(left))
            return
        for row, _ in left:
            await patiently(partial(self._chores.finish_erasure, row, now))
            log.info("erasure.finished", row=row)

    async def _compact(self, now: datetime) -> bool:
        begun = monotonic()
        done = await self._chores.compact()
        if done:
            self._rested = now + timedelta(seconds=RESTS * (monotonic() - begun))
        return done

    async def _deleted(self, left: list[tuple[int, list[str]]]) -> bool:
        """The files of receipts, where they prove nothing else; False where the disk fails."""
        try:
            for _, files in left:
                await self._receipts.delete(files, self._queue.proving)
        except DiskError as error:
            log.warning("receipts.not_deleted", reason=str(error))
            return False
        return True
