"""The only place that knows APScheduler: it wakes us when the next scheduled row is due."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

LONGEST_SLEEP = timedelta(hours=1)


class Clock:
    """Calls `tick` when the next job is due, and at least once an hour.

    The hourly look survives a system clock that was moved and a suspended process: what is due
    is decided by the rows, never by the timer.
    """

    def __init__(self, tick: Callable[[], Awaitable[datetime | None]]) -> None:
        self._tick = tick
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin; the first look happens at once."""
        self._scheduler.start()
        self.wake_at(None)

    def wake_at(self, instant: datetime | None) -> None:
        """Look again at this instant (zone-aware; None: at once)."""
        self._scheduler.add_job(
            self._look,
            "date",
            run_date=instant or datetime.now(UTC),
            id="next",
            replace_existing=True,
            misfire_grace_time=None,
            max_instances=1,
        )

    async def _look(self) -> None:
        due = await self._tick()
        latest = datetime.now(UTC) + LONGEST_SLEEP
        self.wake_at(min(due, latest) if due else latest)

    def stop(self) -> None:
        """End; a look under way is left to finish by itself."""
        self._scheduler.shutdown(wait=False)
