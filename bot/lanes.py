"""Rooms side by side, order within a room: one worker a room that has something waiting."""

import asyncio
import time
from collections.abc import Callable
from functools import partial

import structlog

from bot.dispatch import Dispatcher
from bot.patience import patiently
from storage.inbox import Inbox
from storage.mail import Admission

log = structlog.get_logger(__name__)

BATCH = 50
SETTLES_WITHIN = 30.0
LOOKS_EVERY = 0.1


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
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._called = asyncio.Event()
        self._stop = asyncio.Event()

    def call(self) -> None:
        """Something was admitted: `run` will look for it."""
        self._called.set()

    async def run(self) -> None:
        """Look for rooms that have something waiting, whenever called, until stopped."""
        self._called.set()
        while not self._stop.is_set():
            await self._called.wait()
            self._called.clear()
            await patiently(self._start_workers)

    async def _start_workers(self) -> None:
        if self._stop.is_set():
            return
        for room in await self._inbox.rooms_waiting():
            if room in self._workers:
                self._woken.add(room)
            else:
                self._workers[room] = asyncio.create_task(self._work(room))

    async def settle(self) -> None:
        """Wait until what was admitted by now is handled, as long as there is progress.

        What waits for something else (the homeserver's word, a store) holds up the clock for half a
        minute only.
        """
        newest = await patiently(self._inbox.newest)
        left, since = -1, time.monotonic()
        while not self._stop.is_set():
            await patiently(self._start_workers)
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
        self._called.set()
        await self._idle()

    async def _work(self, room: str) -> None:
        try:
            while not self._stop.is_set():
                self._woken.discard(room)
                handled = await patiently(lambda: self._batch(room))
                if not handled and room not in self._woken:
                    break
        except Exception:
            log.exception("room.stuck", room=room)
        finally:
            del self._workers[room]

    async def _batch(self, room: str) -> bool:
        """Handle one batch; whether there was one."""
        if self._stop.is_set():  # also where the store does not come back before
            return False
        admissions = await self._inbox.pending(room, BATCH)
        for admission in admissions:
            if self._stop.is_set():
                break
            await self._dispatcher.handle(admission)
            self._on_handled(admission)
        return bool(admissions)
