"""Free reminders, once or recurring, for the room or for oneself."""

from dataclasses import dataclass, replace
from typing import Annotated

from circle.calendar import Moment, next_occurrence
from circle.jobs import Job, JobKind
from circle.meetings import Reminder
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.common import only_author
from commands.kernel import Command, Due, Refusal, Reply, Request, Unheard
from commands.reading.readers import TEXT, WHEN


@dataclass(frozen=True, slots=True)
class RemindArgs:
    """When, and of what."""

    when: Annotated[Moment, WHEN]
    text: Annotated[str, TEXT]


async def remind(request: Request[RemindArgs], uow: UnitOfWork) -> Reply:
    """Set a reminder: for oneself in a direct message, else for the room."""
    args = request.args
    if args.when.start <= request.at:
        raise Refusal("date.past", start=args.when.start)
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
    return Reply(key="reminder.set", values=_values(reminder), subject=_ref(reminder))


async def _schedule(request: Request[RemindArgs], uow: UnitOfWork, reminder: Reminder) -> None:
    job = Job(
        kind=JobKind.REMINDER,
        circle=request.here.id,
        due=reminder.at,
        subject=reminder.number,
    )
    await uow.jobs.schedule(job)


def _ref(reminder: Reminder) -> Ref:
    return Ref(Kind.REMINDER, reminder.number)


def _values(reminder: Reminder) -> dict[str, object]:
    return {
        "id": _ref(reminder),
        "at": reminder.at,
        "rrule": reminder.rrule,
        "text": reminder.text,
        "direct": reminder.direct,
    }


async def cancel(request: Request[object], uow: UnitOfWork, number: int) -> Reply:
    """A reminder will not ring; who set it or a steward may."""
    reminder = await uow.meetings.reminder(request.here.id, number)
    if reminder is None:
        raise Refusal("id.unknown", id=Ref(Kind.REMINDER, number))
    only_author(request, reminder.by)
    if reminder.cancelled:
        raise Refusal("reminder.already-cancelled", id=_ref(reminder))
    await uow.meetings.save_reminder(request.here.id, replace(reminder, cancelled=True))
    await uow.jobs.cancel(request.here.id, JobKind.REMINDER, number)
    return Reply(key="reminder.cancelled", values=_values(reminder))


async def forget(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that set the reminder was deleted."""
    if request.about is None:
        raise Unheard
    return await cancel(request, uow, request.about.number)


async def ring(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A reminder's instant has come; a recurring one is set again."""
    reminder = await uow.meetings.reminder(due.circle.id, due.job.subject or 0)
    if reminder is None or reminder.cancelled:
        return ()
    await _again(due, uow, reminder)
    person = await uow.people.get(reminder.by)
    values = _values(reminder) | {"member": person, "at": due.job.due, "late": due.late}
    key = "job.missed" if due.stale else "reminder.ring"
    to = person if reminder.direct and person.matrix_id else None
    return (
        Reply(
            key=key,
            values=values | {"kind": due.job.kind, "due": due.job.due},
            subject=_ref(reminder),
            to=to,
            mentions=() if to else (person,),
        ),
    )


async def _again(due: Due, uow: UnitOfWork, reminder: Reminder) -> None:
    if reminder.rrule is None:
        return
    after = max(due.now, due.job.due)
    following = next_occurrence(reminder.at, reminder.rrule, (), after)
    if following is not None:
        job = replace(due.job, id=None, due=following)
        await uow.jobs.schedule(job)


COMMANDS = (
    Command(
        key="reminder.set",
        names=("rappel", "remind"),
        args=RemindArgs,
        run=remind,
        undo=forget,
        examples={
            "fr": ("rappel vendredi 9h envoyer la convention", "rappel dans 2 heures le café"),
            "en": ("remind friday 9am send the agreement",),
        },
    ),
)
