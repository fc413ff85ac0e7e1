"""Free reminders, once or recurring, for the room or for oneself."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from circle.calendar import Moment, next_occurrence
from circle.circles import CircleId
from circle.jobs import Job, JobKind
from circle.meetings import Reminder
from circle.people import UNTIL_BACK, Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.time import DAY
from commands.kernel.command import Command, Due, NoArgs, Request
from commands.kernel.reply import HERE, Privately, Refusal, Reply, Unheard
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.reading import moment_rows as rows
from commands.reading.misread_dates import DatePast
from commands.reading.readers import TEXT, WHEN, reference
from commands.reminders.refusals import ReminderAlreadyCancelled, ReminderExcept
from commands.reminders.replies import (
    ReminderCancelled,
    ReminderDone,
    ReminderList,
    ReminderRing,
    ReminderSet,
    ReminderSnoozed,
)
from commands.shared.common import PAGE, before_page, left_after, only_author
from commands.shared.refusals import IdUnknown
from commands.shared.replies import JobMissed, ReminderFacts, ReminderRinging

REMINDER = reference(Kind.REMINDER)
LATER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RemindArgs:
    """When, and of what."""

    when: Annotated[Moment, WHEN, rows.WHEN_SAID]
    text: Annotated[str, TEXT, rows.REMINDER_TEXT]


@dataclass(frozen=True, slots=True)
class SnoozeArgs:
    """A reminder, and when it rings again; without it, in an hour."""

    reminder: Annotated[Ref, REMINDER]
    when: Annotated[Moment | None, WHEN] = None


@dataclass(frozen=True, slots=True)
class FinishArgs:
    """A reminder."""

    reminder: Annotated[Ref, REMINDER]


async def remind(request: Request[RemindArgs], uow: UnitOfWork) -> Reply:
    """Set a reminder: for oneself in a direct message, else for the room."""
    args = request.args
    if args.when.start <= request.at:
        raise Refusal(DatePast(start=args.when.start))
    if args.when.exdates:
        raise Refusal(ReminderExcept(exdates=args.when.exdates))
    number = await uow.circles.next_number(request.here.id, Kind.REMINDER)
    reminder = Reminder(
        number=number,
        by=request.person.key,
        at=args.when.start,
        text=args.text,
        rrule=args.when.rrule,
        direct=request.room.direct,
    )
    await uow.meetings.add_reminder(request.here.id, reminder)
    await _schedule(request, uow, reminder)
    return Reply(ReminderSet(reminder=_facts(reminder)), subject=_ref(reminder))


async def _schedule(request: Request[object], uow: UnitOfWork, reminder: Reminder) -> None:
    job = Job(
        kind=JobKind.REMINDER,
        circle=request.here.id,
        due=reminder.at,
        subject=reminder.number,
    )
    await uow.jobs.schedule(job)


def _ref(reminder: Reminder) -> Ref:
    return Ref(Kind.REMINDER, reminder.number)


def _facts(reminder: Reminder) -> ReminderFacts:
    return ReminderFacts(
        id=_ref(reminder),
        at=reminder.at,
        rrule=reminder.rrule,
        text=reminder.text,
        direct=reminder.direct,
    )


async def snooze(request: Request[SnoozeArgs], uow: UnitOfWork) -> Reply:
    """Have a reminder ring again: in an hour, or when it is said."""
    reminder = await _mine(request, uow, request.args.reminder.number)
    when = request.args.when
    at = when.start if when else (request.at + LATER).replace(second=0, microsecond=0)
    if at <= request.at:
        raise Refusal(DatePast(start=at))
    again = reminder if reminder.rrule else replace(reminder, at=at, cancelled=False)
    await uow.meetings.save_reminder(request.here.id, again)
    await _schedule(request, uow, replace(reminder, at=at))
    told = ReminderSnoozed(reminder=replace(_facts(reminder), at=at, rrule=None))
    return Reply(
        told,
        subject=_ref(reminder),
        quiet=request.gesture,
    )


async def finish(request: Request[FinishArgs], uow: UnitOfWork) -> Reply:
    """What was recalled is done: it does not ring again, a recurring one until its next time."""
    reminder = await _mine(request, uow, request.args.reminder.number)
    await uow.jobs.cancel(request.here.id, JobKind.REMINDER, reminder.number)
    if reminder.rrule is None:
        await uow.meetings.save_reminder(request.here.id, replace(reminder, cancelled=True))
    else:
        await _again(request.here.id, uow, reminder, request.at)
    return Reply(ReminderDone(reminder=_facts(reminder)), quiet=request.gesture)


async def _mine(request: Request[object], uow: UnitOfWork, number: int) -> Reminder:
    """The reminder R{number}, where who asks may change it."""
    reminder = await uow.meetings.reminder(request.here.id, number)
    if reminder is None:
        raise Refusal(IdUnknown(id=Ref(Kind.REMINDER, number)))
    only_author(request, reminder.by)
    return reminder


async def cancel(request: Request[object], uow: UnitOfWork, number: int) -> Reply:
    """A reminder will not ring; who set it or a steward may."""
    reminder = await _mine(request, uow, number)
    if reminder.cancelled:
        raise Refusal(ReminderAlreadyCancelled(id=_ref(reminder)))
    await uow.meetings.save_reminder(request.here.id, replace(reminder, cancelled=True))
    for kind in (JobKind.REMINDER, JobKind.TIMER):
        await uow.jobs.cancel(request.here.id, kind, number)
    return Reply(ReminderCancelled(reminder=_facts(reminder)))


async def forget(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that set the reminder was deleted."""
    if request.about is None:
        raise Unheard
    return await cancel(request, uow, request.about.number)


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """What is to ring: in the room for everybody, in a direct message one's own."""
    mine = request.person.key if request.room.direct else None
    to_ring = [
        one
        for one in await uow.meetings.reminders(request.here.id)
        if one.direct == request.room.direct and mine in {None, one.by}
    ]
    before = before_page(request)
    items = tuple(_facts(one) for one in to_ring[before : before + PAGE])
    return Reply(ReminderList(items=items, more=left_after(len(to_ring), before)))


async def ring(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A reminder's instant has come; a recurring one is set again."""
    reminder = await uow.meetings.reminder(due.circle.id, due.job.subject or 0)
    if reminder is None or reminder.cancelled:
        return ()
    await _again(due.circle.id, uow, reminder, max(due.now, due.job.due))
    person = await uow.people.get(reminder.by)
    if reminder.direct and person.rests_on(due.now.date()):
        await _after_pause(due, uow, reminder, person)
        return ()
    facts = replace(_facts(reminder), at=due.job.due)
    ringing = ReminderRinging(reminder=facts, member=person, late=due.late)
    rings = JobMissed if due.stale else ReminderRing
    to = person if reminder.direct and person.matrix_id else None
    return (
        Reply(
            rings(ringing=ringing, kind=due.job.kind, due=due.job.due),
            where=Privately(to) if to else HERE,
            subject=_ref(reminder),
            mentions=() if to else (person,),
        ),
    )


async def _after_pause(due: Due, uow: UnitOfWork, reminder: Reminder, person: Person) -> None:
    """One's own reminder waits for the end of one's pause; one that comes again just comes again.

    Of a pause without end, each day is looked at whether it is over.
    """
    if reminder.rrule is not None:
        return
    endless = person.pause is None or person.pause == UNTIL_BACK
    last = due.now.date() if endless else person.pause
    at = datetime.combine((last or due.now.date()) + DAY, due.job.due.timetz())
    later = at.replace(tzinfo=due.now.tzinfo)
    await uow.jobs.schedule(replace(due.job, id=None, due=later))


async def _again(circle: CircleId, uow: UnitOfWork, reminder: Reminder, after: datetime) -> None:
    """Set the next time of a recurring reminder."""
    if reminder.rrule is None:
        return
    following = next_occurrence(reminder.at, reminder.rrule, (), after)
    if following is not None:
        number = reminder.number
        job = Job(kind=JobKind.REMINDER, circle=circle, due=following, subject=number)
        await uow.jobs.schedule(job)


COMMANDS = (
    Command(
        key="reminder.set",
        topic=Topic.REMEMBERING,
        names=("rappel", "remind"),
        args=RemindArgs,
        run=remind,
        undo=forget,
        examples={
            "fr": ("rappel vendredi 9h envoyer la convention", "rappel dans 2 heures le café"),
            "en": ("remind friday 9am send the agreement",),
        },
    ),
    Command(
        key="reminder.list",
        topic=Topic.REMEMBERING,
        names=("rappels", "reminders"),
        args=NoArgs,
        run=show,
        paged=True,
        examples={"fr": ("rappels",), "en": ("reminders",)},
    ),
    Command(
        key="reminder.snooze",
        topic=Topic.REMEMBERING,
        names=("reporter", "snooze"),
        args=SnoozeArgs,
        run=snooze,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        examples={
            "fr": ("reporter R1", "reporter R1 demain 9h"),
            "en": ("snooze R1", "snooze R1 tomorrow 9am"),
        },
    ),
    Command(
        key="reminder.finish",
        topic=Topic.REMEMBERING,
        names=("rappel fait", "reminder done"),
        args=FinishArgs,
        run=finish,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        examples={"fr": ("rappel fait R1",), "en": ("reminder done R1",)},
    ),
)
