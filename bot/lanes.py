"""Rooms side by side, order within a room: one worker a room that has something waiting."""

import asyncio

import structlog
from storage.errors import StoreUnavailableError
from storage.inbox import Inbox

from bot.dispatch import Dispatcher

log = structlog.get_logger(__name__)

BATCH = 50
PAUSES = (0.2, 0.5, 1, 2, 5, 10)


class Lanes:
    """Hands the inbox's events to the dispatcher, one at a time within each room."""

    def __init__(self, inbox: Inbox, dispatcher: Dispatcher, *, width: int = 8) -> None:
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._width = asyncio.Semaphore(width)
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._stopping = False

    async def wake(self) -> None:
        """Look for rooms that have something waiting, and start their workers."""
        for room in await self._inbox.rooms_waiting():
            self.wake_room(room)

    def wake_room(self, room: str) -> None:
        """Something came for this room."""
        if room in self._workers:
            self._woken.add(room)
        elif not self._stopping:
            self._workers[room] = asyncio.create_task(self._work(room))

    async def idle(self) -> None:
        """Wait until nothing is being handled."""
        while self._workers:
            await asyncio.wait(self._workers.values())

    async def stop(self) -> None:
        """Finish the event in hand in each room, begin no other."""
        self._stopping = True
        await self.idle()

    async def _work(self, room: str) -> None:
        try:
            while not self._stopping:
                self._woken.discard(room)
                if not await self._drain(room) and room not in self._woken:
                    break
        finally:
            del self._workers[room]

    async def _drain(self, room: str) -> bool:
        """Handle one batch; whether there was one."""
        pause = iter(PAUSES)
        while not self._stopping:
            try:
                return await self._batch(room)
            except StoreUnavailableError as fault:
                seconds = next(pause, PAUSES[-1])
                log.warning("store.unavailable", retry_in=seconds, reason=str(fault))
                await asyncio.sleep(seconds)
        return False

    async def _batch(self, room: str) -> bool:
        async with self._width:
            admissions = await self._inbox.pending(room, BATCH)
            for admission in admissions:
                if self._stopping:
                    break
                await self._dispatcher.handle(admission)
        return bool(admissions)
