"""Scheduled things: each due row happens once, in a transaction of its own, or is told."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.compose import Composer, Envelope
from bot.dispatch import polls_of
from bot.patience import patiently
from circle.jobs import Job, is_stale
from commands import HANDLERS
from commands.kernel import Due, Reply
from storage.uow import SqlUnitOfWork, Store

log = structlog.get_logger(__name__)

LATE_AFTER = timedelta(minutes=5)
BATCH = 50


class Scheduled:
    """Runs the jobs whose instant has come, in order, each at its own time."""

    def __init__(self, store: Store, composer: Composer) -> None:
        self._store = store
        self._composer = composer

    async def next_due(self) -> datetime | None:
        """The instant of the next job, in UTC, or None."""
        async with self._store.transaction() as uow:
            return await uow.jobs.next_due()

    async def run(self, now: datetime) -> int:
        """Do everything that is due at `now` (zone-aware); answer how many jobs that was."""
        done = 0
        while jobs := await patiently(partial(self._due, now)):
            for job in jobs:
                await patiently(partial(self._one, job, now))
            done += len(jobs)
        return done

    async def _due(self, now: datetime) -> tuple[Job, ...]:
        async with self._store.transaction() as uow:
            return await uow.jobs.due(now.astimezone(UTC), BATCH)

    async def _one(self, job: Job, now: datetime) -> None:
        async with self._store.transaction() as uow:
            if not await uow.jobs.finish(job):
                return
            await self._happen(uow, job, now)
        log.info("job.done", kind=job.kind, circle=job.circle, subject=job.subject)

    async def _happen(self, uow: SqlUnitOfWork, job: Job, now: datetime) -> None:
        await uow.circles.lock(job.circle)
        circle = await uow.circles.get(job.circle, now.date())
        local = now.astimezone(ZoneInfo(circle.rules.timezone))
        late = now - job.due > LATE_AFTER
        due = Due(job=job, circle=circle, now=local, late=late, stale=is_stale(job, now))
        replies = await HANDLERS[job.kind](due, uow)
        for ordinal, reply in enumerate(replies):
            await self._send(uow, due, reply, ordinal)

    async def _send(self, uow: SqlUnitOfWork, due: Due, reply: Reply, ordinal: int) -> None:
        envelope = Envelope(
            cause=f"job:{due.job.id}:{ordinal}",
            room_id=due.circle.room_id,
            sender=None,
            language=due.circle.rules.language,
            now=due.now,
            circle=due.circle.id,
            scheduled=True,
            polls=await polls_of(uow, due.circle.id, reply),
        )
        await uow.outbox.add(self._composer.letters(reply, envelope))
