"""The only place that knows APScheduler: it wakes us when the next scheduled row is due."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger(__name__)

LONGEST_SLEEP = timedelta(minutes=10)


class Clock:
    """Calls `tick` when the next job is due, and every ten minutes at least.

    The regular look survives a system clock that was moved and a suspended process: what is due
    is decided by the rows, never by the timer. `tick` answers when the next row is due.
    """

    def __init__(self, tick: Callable[[], Awaitable[datetime | None]]) -> None:
        self._tick = tick
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._next: datetime | None = None

    def start(self) -> None:
        """Begin; the first look happens at once."""
        self._scheduler.start()
        self._wake_at(datetime.now(UTC))

    def wake_by(self, due: datetime) -> None:
        """Something was scheduled for this instant (zone-aware): look then, if not before."""
        if self._next is None or due < self._next:
            self._wake_at(due)

    def _wake_at(self, instant: datetime) -> None:
        self._next = instant
        self._scheduler.add_job(
            self._look,
            "date",
            run_date=instant,
            id="next",
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def _look(self) -> None:
        """Whatever happens at one look, there will be another."""
        self._next, due = None, None
        try:
            due = await self._tick()
        except Exception:
            log.exception("clock.failed")
        latest = datetime.now(UTC) + LONGEST_SLEEP
        self.wake_by(min(due, latest) if due else latest)

    def stop(self) -> None:
        """End; a look under way is left to finish by itself."""
        self._scheduler.shutdown(wait=False)
