"""Jobs: rows that say what must happen at an instant."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, select, update

from circle.circles import CircleId
from circle.jobs import Job, JobKind
from circle.ports import Jobs
from storage.accounts import NOBODY, is_others
from storage.mapping import Mapper
from storage.session import Statements, per_dialect
from storage.settings import Settings
from storage.tables.meetings import jobs
from storage.times import LocalTime

_PENDING: Final = jobs.c.done.is_(False)
_OURS: Final = ~is_others(jobs.c.circle)
_SCHEDULE: Final = per_dialect(
    lambda insert: insert(jobs).on_conflict_do_nothing(
        index_elements=["circle", "kind", "subject", "due"]
    )
)
_CANCEL: Final = delete(jobs).where(
    jobs.c.circle == bindparam("in_circle"),
    jobs.c.kind == bindparam("of_kind"),
    jobs.c.subject == bindparam("about"),
    _PENDING,
)
_COMING: Final = (
    select(jobs).where(_PENDING, _OURS).order_by(jobs.c.due, jobs.c.id).limit(bindparam("most"))
)
_DUE: Final = _COMING.where(jobs.c.due <= bindparam("now"))
_OF_KIND: Final = (
    select(jobs)
    .where(
        _PENDING,
        jobs.c.circle == bindparam("circle"),
        jobs.c.kind == bindparam("kind"),
        jobs.c.due <= bindparam("until"),
    )
    .order_by(jobs.c.due, jobs.c.id)
)
_LAST_DONE: Final = select(func.max(jobs.c.due).label("due")).where(
    jobs.c.done.is_(True),
    jobs.c.circle == bindparam("circle"),
    jobs.c.kind == bindparam("kind"),
    jobs.c.due < bindparam("before"),
)
_NEXT: Final = select(jobs.c.due).where(_PENDING, _OURS).order_by(jobs.c.due).limit(1)
_FINISH: Final = (
    update(jobs)
    .where(jobs.c.id == bindparam("which"), jobs.c.circle == bindparam("in_circle"), _PENDING)
    .values(done=True)
)


_JOB: Final = Mapper(Job, jobs)


class SqlJobs(Jobs):
    """Scheduled rows, within one transaction. `earliest`: the first instant it scheduled.

    What is due is told of circles whose room no other account has.
    """

    def __init__(self, session: Statements, settings: Settings, account: str = NOBODY) -> None:
        self._session = session
        self._settings = settings
        self._account = account
        self.earliest: datetime | None = None

    async def schedule(self, job: Job) -> None:
        """Have it happen; nothing more if that very job is already known, done or not."""
        await self._session.run(_SCHEDULE, _JOB.row(job, subject=job.subject or 0))
        self.earliest = min(self.earliest or job.due, job.due)

    async def cancel(self, circle: CircleId, kind: JobKind, subject: int | None) -> None:
        """Have none of those pending happen."""
        values = {"in_circle": circle, "of_kind": kind, "about": subject or 0}
        await self._session.run(_CANCEL, values)

    async def take(self, circle: CircleId, kind: JobKind, until: datetime) -> tuple[Job, ...]:
        """Those of a kind that are due by then, marked as done: to be done together."""
        values = {"circle": circle, "kind": kind, "until": until}
        rows = await self._session.all(_OF_KIND, values)
        times = await self._settings.times(circle)
        pending = [_job(row, times) for row in rows]
        return tuple([job for job in pending if await self.finish(job)])

    async def last_done(self, circle: CircleId, kind: JobKind, before: datetime) -> datetime | None:
        """When the last one of a kind that was done, and was due before then, was due."""
        values = {"circle": circle, "kind": kind, "before": before}
        row = await self._session.first(_LAST_DONE, values)
        times = await self._settings.times(circle)
        return times.at_or_none(row.due) if row else None

    async def due(self, now: datetime | None, limit: int) -> tuple[Job, ...]:
        """What should have happened by now and has not, oldest first, whatever the circle.

        Without an instant, what is to happen at all.
        """
        values = {"me": self._account, "most": limit}
        rows = await (
            self._session.all(_COMING, values)
            if now is None
            else self._session.all(_DUE, {**values, "now": now})
        )
        times = await self._settings.times_of(CircleId(row.circle) for row in rows)
        return tuple(_job(row, times[row.circle]) for row in rows)

    async def next_due(self) -> datetime | None:
        """When the next job is due (UTC), be it past; None when nothing is scheduled."""
        row = await self._session.first(_NEXT, {"me": self._account})
        return row.due if row else None

    async def finish(self, job: Job) -> bool:
        """Mark it as done; False if it was done or cancelled meanwhile."""
        values = {"which": job.id, "in_circle": job.circle}
        return await self._session.run(_FINISH, values) == 1


def _job(row: Row[Any], times: LocalTime) -> Job:
    return _JOB.read(row, times, subject=row.subject or None)
