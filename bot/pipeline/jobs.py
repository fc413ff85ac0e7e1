"""Scheduled things: each due row happens once, in a transaction of its own, or is told."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.letters.compose import Composer
from bot.letters.counting_first import counting_first
from bot.letters.envelopes import Addressing
from bot.pipeline.answering import coordination_of, polls_of
from bot.pipeline.mentions import heeded
from bot.pipeline.replies import JobFailed
from bot.pipeline.requests import OperatorSettings
from bot.store_retry import patiently
from circle.jobs import MAY_WAIT, Job, is_stale
from circle.rhythm import after_quiet
from commands import HANDLERS
from commands.kernel.command import Due
from commands.kernel.reply import Reply
from storage.times import to_micros
from storage.uow import SqlUnitOfWork, Store

log = structlog.get_logger(__name__)

LATE_AFTER = timedelta(minutes=5)
BATCH = 50
FAILED = -1
"""In the place of an ordinal: the letter that tells of a failure."""


class Scheduled:
    """Runs the jobs whose instant has come, in order, each at its own time.

    `settings` tell which room is the coordination's; without one, what is for it is not said.
    """

    def __init__(self, store: Store, composer: Composer, settings: OperatorSettings) -> None:
        self._settings = settings
        self._store = store
        self._composer = composer
        self._failed: set[int | None] = set()

    async def next_due(self) -> datetime | None:
        """The instant of the next job, in UTC, or None."""
        return await patiently(self._next_due)

    async def _next_due(self) -> datetime | None:
        async with self._store.transaction() as uow:
            if not self._failed:
                return await uow.jobs.next_due()
            first = await uow.jobs.due(None, len(self._failed) + 1)
        return next((job.due.astimezone(UTC) for job in self._well(first)), None)

    async def run(self, now: datetime) -> int:
        """Do everything that is due at `now` (zone-aware); answer how many jobs that was."""
        done = 0
        while jobs := await patiently(partial(self._due, now)):
            for job in jobs:
                await self._guarded(job, now)
            done += len(jobs)
        return done

    async def _due(self, now: datetime) -> tuple[Job, ...]:
        async with self._store.transaction() as uow:
            due = await uow.jobs.due(now.astimezone(UTC), BATCH + len(self._failed))
        return self._well(due)

    def _well(self, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
        return tuple(job for job in jobs if job.id not in self._failed)

    async def _guarded(self, job: Job, now: datetime) -> None:
        """A fault of ours holds up no other job: that one is left for the next start, and told."""
        try:
            again = partial(counting_first, partial(self._one, job, now), self._store.gather)
            await patiently(again)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("job.failed", kind=job.kind, circle=job.circle, reference=reference)
            self._failed.add(job.id)
            await self._tell(job, now, reference)

    async def _tell(self, job: Job, now: datetime, reference: str) -> None:
        """Once a job, however often it fails: the letter's cause is always the same."""
        try:
            await patiently(partial(self._excuse, job, now, reference))
        except Exception:  # noqa: BLE001 — told at an earlier start, or there is no telling it
            log.warning("job.untold", kind=job.kind, circle=job.circle, reference=reference)

    async def _excuse(self, job: Job, now: datetime, reference: str) -> None:
        async with self._store.transaction() as uow:
            due = await self._due_of(uow, job, now)
            then = job.due.astimezone(due.now.tzinfo)
            reply = Reply(JobFailed(kind=job.kind, due=then, reference=reference))
            await self._send(uow, due, reply, FAILED)

    async def _one(self, job: Job, now: datetime) -> None:
        async with self._store.transaction() as uow:
            if not await uow.jobs.finish(job):
                return
            await self._happen(uow, job, now)
        log.info("job.done", kind=job.kind, circle=job.circle, subject=job.subject)

    async def _happen(self, uow: SqlUnitOfWork, job: Job, now: datetime) -> None:
        await uow.circles.lock(job.circle)
        due = await self._due_of(uow, job, now)
        quiet = due.circle.rules.rhythm.quiet
        morning = after_quiet(job.due.astimezone(due.now.tzinfo), quiet)
        if job.kind in MAY_WAIT and morning > due.now:
            await uow.jobs.schedule(replace(job, id=None, due=morning))
            return
        replies = await HANDLERS[job.kind](due, uow)
        for ordinal, reply in enumerate(replies):
            await self._send(uow, due, reply, ordinal)

    async def _due_of(self, uow: SqlUnitOfWork, job: Job, now: datetime) -> Due:
        circle = await uow.circles.get(job.circle, now.date())
        local = now.astimezone(ZoneInfo(circle.rules.timezone))
        late = now - job.due > LATE_AFTER
        return Due(job=job, circle=circle, now=local, late=late, stale=is_stale(job, now))

    async def _send(self, uow: SqlUnitOfWork, due: Due, reply: Reply, ordinal: int) -> None:
        envelope = Addressing(
            cause=f"{cause_of(due.job)}:{ordinal}",
            room_id=due.circle.room_id,
            sender=None,
            language=due.circle.rules.language,
            now=due.now,
            circle=due.circle.id,
            scheduled=True,
            polls=await polls_of(uow, due.circle.id, reply),
            coordination=await coordination_of(uow, self._settings, reply),
        )
        letters = self._composer.letters(reply, envelope)
        await uow.outbox.add(await heeded(uow, reply, letters, due.now.date()))


def cause_of(job: Job) -> str:
    """What names a job for ever, also in a database restored from a backup; no two have the same.

    Not its row's number: rows written anew after a restore may be numbered in another order.
    """
    return f"job:{job.circle}:{job.kind}:{job.subject or 0}:{to_micros(job.due)}"
