"""Meetings that come, told ahead by themselves: each reminder once, several in one message."""

from dataclasses import dataclass
from datetime import datetime

from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.meetings import Meeting, MeetingKind, next_start
from circle.people import Person, PersonKey, Role
from circle.ports import ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.reminding import next_reminder
from commands.kernel.command import Due
from commands.kernel.reply import Reply
from commands.meetings.replies import MeetingNear, MeetingReminder, MeetingReminders
from commands.shared.planned import coming, occurrence_facts, said_of
from commands.shared.replies import JobMissed


@dataclass(frozen=True, slots=True)
class _Told:
    """A reminder: what it tells, and who must act on it."""

    near: MeetingNear
    mentions: tuple[Person, ...]


async def remind_later(uow: UnitOfWork, circle: Circle, planned: Meeting, now: datetime) -> None:
    """Set the next reminder of a meeting, after `now`, in the place of the one that was set."""
    await uow.jobs.cancel(circle.id, JobKind.MEETING_REMINDER, planned.number)
    if planned.cancelled or not circle.rules.reminders:
        return
    due = next_reminder(planned, circle.rules.rhythm, now)
    if due is not None:
        job = Job(kind=JobKind.MEETING_REMINDER, circle=circle.id, due=due, subject=planned.number)
        await uow.jobs.schedule(job)


async def remind_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """Meetings come soon; all that are to be told by now are told in one message."""
    more = await uow.jobs.take(due.circle.id, JobKind.MEETING_REMINDER, due.now)
    found = [await _one(due, job, uow) for job in (due.job, *more)]
    told = [one for one in found if isinstance(one, _Told)]
    missed = tuple(one for one in found if isinstance(one, Reply))
    return (*_said(told), *missed)


async def _one(due: Due, job: Job, uow: UnitOfWork) -> _Told | Reply | None:
    planned = await uow.meetings.get(due.circle.id, job.subject or 0)
    if planned is None or planned.cancelled:
        return None
    by_then = max(due.now, job.due.astimezone(due.now.tzinfo))
    await remind_later(uow, due.circle, planned, by_then)
    start = next_start(planned, job.due.astimezone(due.now.tzinfo))
    if start is None:
        return None
    if start <= due.now:
        ref = Ref(Kind.MEETING, planned.number)
        return Reply(JobMissed(kind=job.kind, due=job.due, id=ref))
    return await _telling(due, planned, start, by_then, uow)


async def _telling(
    due: Due, planned: Meeting, start: datetime, now: datetime, uow: UnitOfWork
) -> _Told:
    said = await said_of(uow, due.circle, planned, start.date())
    there = tuple(one.person for one in coming(said))
    following = next_reminder(planned, due.circle.rules.rhythm, now)
    last = following is None or following > start
    answered = {one.person.key for one in said}
    silent = () if last else await _expected(uow, due, planned, answered)
    near = MeetingNear(
        meeting=occurrence_facts(planned, start, now),
        present=len(there),
        silent=silent,
        waiting=await uow.ledger.count_items(due.circle.id, ItemFilter(waiting=True)),
        late=due.late,
    )
    return _Told(near, there if last else silent)


async def _expected(
    uow: UnitOfWork, due: Due, planned: Meeting, answered: set[PersonKey]
) -> tuple[Person, ...]:
    """Who has not said whether they come where it is decided: those who give of their time."""
    if planned.kind is not MeetingKind.REGULATION:
        return ()
    return tuple(
        member.person
        for member in await uow.people.members(due.circle.id)
        if member.joined
        and member.person.matrix_id
        and member.person.key not in answered
        and not member.person.rests_on(due.now.date())
        and member.role_on(due.now.date()) is not Role.PARTICIPANT
    )


def _said(told: list[_Told]) -> tuple[Reply, ...]:
    if not told:
        return ()
    if len(told) == 1:
        [only] = told
        sentence = MeetingReminder(near=only.near)
        return (Reply(sentence, subject=only.near.meeting.id, mentions=only.mentions),)
    items = sorted((one.near for one in told), key=lambda near: str(near.meeting.start))
    people = {person.key: person for one in told for person in one.mentions}
    return (Reply(MeetingReminders(items=tuple(items)), mentions=tuple(people.values())),)
