"""The only place that knows APScheduler: it wakes us when the next scheduled row is due."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger(__name__)

LONGEST_SLEEP = timedelta(minutes=10)
AS_OFTEN_AS_IT_TAKES = 1000


class Clock:
    """Calls `tick` when the next job is due, and every ten minutes at least.

    The regular look survives a system clock that was moved and a suspended process: what is due
    is decided by the rows, never by the timer. `tick` answers when the next row is due.
    """

    def __init__(self, tick: Callable[[], Awaitable[datetime | None]]) -> None:
        self._tick = tick
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._next: datetime | None = None
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Look at once, and again whenever something is due, until cancelled.

        A look under way is then broken off: what it did not commit happens at the next start.
        """
        self._scheduler.start()
        try:
            self._woken.set()
            while True:
                await self._woken.wait()
                self._woken.clear()
                await self._look()
        finally:
            self._scheduler.shutdown(wait=False)

    def wake_by(self, due: datetime) -> None:
        """Something was scheduled for this instant (zone-aware): look then, if not before."""
        if self._next is None or due < self._next:
            self._next = due
            self._scheduler.add_job(
                self._wake,
                "date",
                run_date=due,
                id="next",
                replace_existing=True,
                misfire_grace_time=None,
                max_instances=AS_OFTEN_AS_IT_TAKES,  # one that is skipped would be the last
            )

    async def _wake(self) -> None:
        """Waking is not looking: what becomes due during a look is looked at after it."""
        self._woken.set()

    async def _look(self) -> None:
        """Whatever happens at one look, there will be another."""
        self._next, due = None, None
        try:
            due = await self._tick()
        except Exception:
            log.exception("clock.failed")
        latest = datetime.now(UTC) + LONGEST_SLEEP
        self.wake_by(min(due, latest) if due else latest)
