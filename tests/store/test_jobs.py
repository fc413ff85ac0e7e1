"""Jobs: rows that happen once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from circle.circles import Circle
from circle.jobs import Job, JobKind
from storage.uow import SqlUnitOfWork, Store

HOUR = timedelta(hours=1)


@pytest.fixture
def job(littoral: Circle, at: datetime) -> Job:
    return Job(kind=JobKind.CLOSE_VOTE, circle=littoral.id, due=at, subject=3)


async def due(uow: SqlUnitOfWork, now: datetime, limit: int = 10) -> list[Job]:
    return [replace(job, id=None) for job in await uow.jobs.due(now, limit)]


async def test_a_job_is_due_from_its_instant_on(uow: SqlUnitOfWork, job: Job, at: datetime) -> None:
    await uow.jobs.schedule(job)
    before = at - timedelta(microseconds=1)
    assert [await due(uow, before), await due(uow, at)] == [[], [job]]


async def test_a_job_due_is_told_in_its_circle_s_zone(
    uow: SqlUnitOfWork, job: Job, at: datetime
) -> None:
    await uow.jobs.schedule(replace(job, due=at.astimezone(UTC)))
    [found] = await uow.jobs.due(at.astimezone(UTC), 10)
    assert found.due.tzinfo == ZoneInfo("Europe/Paris")


async def test_a_job_may_be_the_circle_s_own(uow: SqlUnitOfWork, job: Job, at: datetime) -> None:
    weekly = replace(job, kind=JobKind.WEEKLY_SUMMARY, subject=None)
    await uow.jobs.schedule(weekly)
    assert await due(uow, at) == [weekly]


@pytest.mark.parametrize("subject", [3, None])
async def test_the_same_job_is_one_row(
    uow: SqlUnitOfWork, job: Job, at: datetime, subject: int | None
) -> None:
    for _ in range(2):
        await uow.jobs.schedule(replace(job, subject=subject))
    assert len(await due(uow, at)) == 1


async def test_a_job_done_is_not_scheduled_anew(uow: SqlUnitOfWork, job: Job, at: datetime) -> None:
    await uow.jobs.schedule(job)
    [found] = await uow.jobs.due(at, 10)
    await uow.jobs.finish(found)
    await uow.jobs.schedule(job)
    assert await due(uow, at) == []


async def test_a_job_is_finished_once(uow: SqlUnitOfWork, job: Job, at: datetime) -> None:
    await uow.jobs.schedule(job)
    [found] = await uow.jobs.due(at, 10)
    assert [await uow.jobs.finish(found), await uow.jobs.finish(found)] == [True, False]


async def test_a_cancelled_job_is_neither_due_nor_finished(
    uow: SqlUnitOfWork, job: Job, at: datetime
) -> None:
    await uow.jobs.schedule(job)
    [found] = await uow.jobs.due(at, 10)
    await uow.jobs.cancel(job.circle, job.kind, job.subject)
    assert await due(uow, at) == []
    assert not await uow.jobs.finish(found)


async def test_the_number_of_a_cancelled_job_is_not_given_again(
    uow: SqlUnitOfWork, job: Job, at: datetime
) -> None:
    await uow.jobs.schedule(job)
    [found] = await uow.jobs.due(at, 10)
    await uow.jobs.cancel(job.circle, job.kind, job.subject)
    await uow.jobs.schedule(replace(job, subject=4))
    assert not await uow.jobs.finish(found)


async def test_cancelling_spares_every_other_job(
    uow: SqlUnitOfWork, job: Job, artois: Circle, at: datetime
) -> None:
    others = [
        replace(job, subject=4),
        replace(job, kind=JobKind.VOTE_REMINDER),
        replace(job, circle=artois.id),
    ]
    for one in (job, *others):
        await uow.jobs.schedule(one)
    await uow.jobs.cancel(job.circle, job.kind, job.subject)
    assert await due(uow, at) == others


async def test_what_is_due_comes_oldest_first_no_more_than_asked(
    uow: SqlUnitOfWork, job: Job, at: datetime
) -> None:
    for hours in (3, 1, 2):
        await uow.jobs.schedule(replace(job, due=at + hours * HOUR))
    found = await due(uow, at + 5 * HOUR, limit=2)
    assert [one.due for one in found] == [at + HOUR, at + 2 * HOUR]


async def test_the_next_is_the_earliest_not_done(
    uow: SqlUnitOfWork, job: Job, at: datetime
) -> None:
    for hours in (3, 1, 2):
        await uow.jobs.schedule(replace(job, due=at + hours * HOUR))
    [first] = await uow.jobs.due(at + HOUR, 10)
    await uow.jobs.finish(first)
    assert await uow.jobs.next_due() == at + 2 * HOUR


async def test_without_job_there_is_no_next(uow: SqlUnitOfWork) -> None:
    assert await uow.jobs.next_due() is None


async def test_two_bots_that_finish_the_same_job_do_it_once(
    store: Store, found, at: datetime
) -> None:
    circle = await found(store)
    async with store.transaction() as uow:
        await uow.jobs.schedule(Job(kind=JobKind.WEEKLY_SUMMARY, circle=circle.id, due=at))
        [job] = await uow.jobs.due(at, 10)

    async def finish() -> bool:
        async with store.transaction() as mine:
            return await mine.jobs.finish(job)

    assert sorted([await finish(), await finish()]) == [False, True]
