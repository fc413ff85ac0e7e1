"""Rooms side by side, order within a room: one worker a room that has something waiting.

What was admitted comes here by hand. The inbox is asked at the start, after a failure and where
much waits: a room that is behind goes on from the inbox until that has nothing more of it.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

import structlog

from bot.store_retry import patiently
from storage.errors import StoreUnavailableError
from storage.inbox import Inbox
from storage.mail import Admission

log = structlog.get_logger(__name__)

BATCH: Final = 50
SETTLES_WITHIN: Final = 30.0

Handle = Callable[[Admission], Awaitable[object]]
"""Handles one event; raises StoreUnavailableError where it is to be tried again."""


class Queue:
    """What waits in a room, in order, as far as it came by hand. `behind`: the inbox knows more."""

    def __init__(self, *, behind: bool) -> None:
        self.behind = behind
        self.woken = False
        self.waiting: deque[Admission] = deque()

    def put(self, admission: Admission) -> None:
        """Another one; beyond a batch they are left to the inbox."""
        self.woken = True
        if not self.behind:
            self.waiting.append(admission)
        if len(self.waiting) > BATCH:
            self.fall_behind()

    def fall_behind(self) -> None:
        """Go on from the inbox."""
        self.behind = True
        self.waiting.clear()


class RoomWorkers:
    """Handles the inbox's events, one at a time within each room.

    `admitted`: what is new in the inbox, in its order.
    """

    def __init__(
        self, inbox: Inbox, admitted: asyncio.Queue[Sequence[Admission]], handle: Handle
    ) -> None:
        self._inbox = inbox
        self._admitted = admitted
        self._handle = handle
        self._queues: dict[str, Queue] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._distrusted: set[str] = set()
        self._count = 0
        self._progress = asyncio.Condition()
        self._idle = asyncio.Event()
        self._idle.set()
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Begin with what was left waiting, go on with what is admitted, until cancelled."""
        await patiently(self._look)
        while True:
            for admission in await self._admitted.get():
                room = admission.room_id
                self._queue(room, behind=room in self._distrusted).put(admission)
            self._admitted.task_done()

    async def at_rest(self) -> None:
        """Wait until all that was admitted is handled, and nothing is in hand."""
        await self._admitted.join()
        await self._idle.wait()

    async def _look(self) -> None:
        """Begin where the inbox has something waiting."""
        for room in await self._inbox.rooms_waiting():
            if room not in self._queues:
                self._queue(room, behind=True)

    def _queue(self, room: str, *, behind: bool) -> Queue:
        """The room's queue, with a worker from now on."""
        if room not in self._queues and not self._stop.is_set():
            self._queues[room] = queue = Queue(behind=behind)
            self._workers[room] = asyncio.create_task(self._work(room, queue), name=f"room {room}")
            self._idle.clear()
        return self._queues.get(room) or Queue(behind=True)

    async def settle(self) -> None:
        """Wait until what was admitted by now is handled, as long as there is progress.

        What waits for something else (the homeserver's word, a store) holds up the clock for half a
        minute only.
        """
        newest = await patiently(self._inbox.newest)
        left, since = -1, time.monotonic()
        while not self._stop.is_set():
            await patiently(self._look)
            waiting = await patiently(partial(self._inbox.waiting_up_to, newest))
            if waiting != left:
                left, since = waiting, time.monotonic()
            patience = since + SETTLES_WITHIN - time.monotonic()
            if not waiting or patience <= 0 or not await self._more(waiting, patience):
                return

    async def _more(self, events: int, within: float) -> bool:
        """Wait until so many more events were handled, or nothing is being handled; or so long.

        Whether any was.
        """
        before = self._count
        with suppress(TimeoutError):
            async with asyncio.timeout(within), self._progress:
                await self._progress.wait_for(
                    lambda: not self._workers or self._count >= before + events
                )
        return self._count > before

    async def stop(self) -> None:
        """Finish the event in hand in each room, begin no other."""
        self._stop.set()
        while self._workers:
            await asyncio.wait(self._workers.values())

    async def _work(self, room: str, queue: Queue) -> None:
        try:
            while not self._stop.is_set() and await self._some(room, queue):
                pass
        except Exception:
            log.exception("room.stuck", room=room)
            self._distrusted.add(room)
        finally:
            del self._workers[room]
            del self._queues[room]
            if not self._queues:
                self._idle.set()
            await self._progressed()

    async def _some(self, room: str, queue: Queue) -> bool:
        """Handle one event, or a batch from the inbox; whether there may be more."""
        if queue.behind:
            queue.woken = False
            return await patiently(lambda: self._batch(room)) or queue.woken
        if not queue.waiting:
            return False
        try:
            await self._next(queue.waiting.popleft())
        except StoreUnavailableError:  # whether it is done, the inbox tells
            queue.fall_behind()
        return True

    async def _batch(self, room: str) -> bool:
        """Handle one batch; whether there was one."""
        if self._stop.is_set():  # also where the store does not come back before
            return False
        admissions = await self._inbox.pending(room, BATCH)
        for admission in admissions:
            if self._stop.is_set():
                break
            await self._next(admission)
        return bool(admissions)

    async def _next(self, admission: Admission) -> None:
        await self._handle(admission)
        self._count += 1
        await self._progressed()

    async def _progressed(self) -> None:
        async with self._progress:
            self._progress.notify_all()
