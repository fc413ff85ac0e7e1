"""Rooms side by side, order within a room: one worker a room that has something waiting.

What was admitted comes here by hand. The inbox is asked at the start, after a failure and where
much waits: a room that is behind goes on from the inbox until that has nothing more of it.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import structlog

from bot.pipeline.dispatch import Dispatcher
from bot.store_retry import patiently
from storage.errors import StoreUnavailableError
from storage.inbox import Inbox
from storage.mail import Admission

log = structlog.get_logger(__name__)

BATCH: Final = 50
SETTLES_WITHIN: Final = 30.0
LOOKS_EVERY: Final = 0.1


class Lane:
    """What is known to wait in a room, in order. `behind`: the inbox knows better."""

    def __init__(self, *, behind: bool) -> None:
        self.behind = behind
        self.woken = False
        self.waiting: deque[Admission] = deque()

    def take(self, admission: Admission) -> None:
        """One more; beyond a batch they are left to the inbox."""
        self.woken = True
        if not self.behind:
            self.waiting.append(admission)
        if len(self.waiting) > BATCH:
            self.fall_behind()

    def fall_behind(self) -> None:
        """Go on from the inbox."""
        self.behind = True
        self.waiting.clear()


class Lanes:
    """Hands the inbox's events to the dispatcher, one at a time within each room.

    `on_handled` is called after each event: its answer waits in the outbox.
    """

    def __init__(
        self, inbox: Inbox, dispatcher: Dispatcher, on_handled: Callable[[Admission], None]
    ) -> None:
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._on_handled = on_handled
        self._lanes: dict[str, Lane] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._distrusted: set[str] = set()
        self._begun = self._looked = False
        self.at_rest = asyncio.Event()
        """Set while nothing is being handled."""
        self.at_rest.set()
        self._stop = asyncio.Event()

    def take(self, admitted: Sequence[Admission]) -> None:
        """These events were admitted, in this order."""
        for admission in admitted if self._begun else ():
            room = admission.room_id
            self._lane(room, behind=not self._looked or room in self._distrusted).take(admission)

    async def run(self) -> None:
        """Begin with what was left waiting; go on until stopped."""
        self._begun = True
        await patiently(self._look)
        self._looked = True
        await self._stop.wait()

    async def _look(self) -> None:
        """Begin where the inbox has something waiting."""
        for room in await self._inbox.rooms_waiting():
            if room not in self._lanes:
                self._lane(room, behind=True)

    def _lane(self, room: str, *, behind: bool) -> Lane:
        """The room's lane, with a worker from now on."""
        if room not in self._lanes and not self._stop.is_set():
            self._lanes[room] = lane = Lane(behind=behind)
            self._workers[room] = asyncio.create_task(self._work(room, lane))
            self.at_rest.clear()
        return self._lanes.get(room) or Lane(behind=True)

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
            if not waiting or not self._workers or time.monotonic() - since > SETTLES_WITHIN:
                return
            await asyncio.wait(list(self._workers.values()), timeout=LOOKS_EVERY)

    async def _idle(self) -> None:
        while self._workers:
            await asyncio.wait(self._workers.values())

    async def stop(self) -> None:
        """Finish the event in hand in each room, begin no other."""
        self._stop.set()
        await self._idle()

    async def _work(self, room: str, lane: Lane) -> None:
        try:
            while not self._stop.is_set() and await self._some(room, lane):
                pass
        except Exception:
            log.exception("room.stuck", room=room)
            self._distrusted.add(room)
        finally:
            del self._workers[room]
            del self._lanes[room]
            if not self._lanes:
                self.at_rest.set()

    async def _some(self, room: str, lane: Lane) -> bool:
        """Handle one event, or a batch from the inbox; whether there may be more."""
        if lane.behind:
            lane.woken = False
            return await patiently(lambda: self._batch(room)) or lane.woken
        if not lane.waiting:
            return False
        try:
            await self._handle(lane.waiting.popleft())
        except StoreUnavailableError:  # whether it is done, the inbox tells
            lane.fall_behind()
        return True

    async def _batch(self, room: str) -> bool:
        """Handle one batch; whether there was one."""
        if self._stop.is_set():  # also where the store does not come back before
            return False
        admissions = await self._inbox.pending(room, BATCH)
        for admission in admissions:
            if self._stop.is_set():
                break
            await self._handle(admission)
        return bool(admissions)

    async def _handle(self, admission: Admission) -> None:
        await self._dispatcher.handle(admission)
        self._on_handled(admission)
