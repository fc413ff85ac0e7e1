"""A timer during a meeting: it rings in the room, restart or not."""

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Annotated

from circle.jobs import Job, JobKind
from circle.meetings import Reminder
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.facilitation.refusals import TimerTooLong
from commands.facilitation.replies import TimerOver, TimerSet
from commands.kernel.command import Command, Due, Request
from commands.kernel.reply import HERE, Privately, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import MOMENTS, TEXT
from commands.shared.replies import JobMissed, TimerRinging

LONGEST = 8 * 60  # minutes; beyond, a reminder says the day


@dataclass(frozen=True, slots=True)
class TimerArgs:
    """How long (minutes), and for what."""

    minutes: Annotated[int, MOMENTS]
    text: Annotated[str, TEXT] = ""


async def start(request: Request[TimerArgs], uow: UnitOfWork) -> Reply:
    """Start a timer; it rings where it was asked for."""
    args, circle = request.args, request.here
    if args.minutes > LONGEST:
        raise Refusal(TimerTooLong(minutes=args.minutes, limit=LONGEST))
    number = await uow.circles.next_number(circle.id, Kind.REMINDER)
    now = request.at.astimezone(UTC)
    at = (now + timedelta(minutes=args.minutes)).astimezone(request.at.tzinfo)
    direct = request.room.direct
    asked = Reminder(number=number, by=request.person.key, at=at, text=args.text, direct=direct)
    await uow.meetings.add_reminder(circle.id, asked)
    await uow.jobs.schedule(Job(kind=JobKind.TIMER, circle=circle.id, due=at, subject=number))
    ref = Ref(Kind.REMINDER, number)
    told = TimerSet(id=ref, minutes=args.minutes, at=at, text=args.text)
    return Reply(told, subject=ref)


async def over(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """Its time is over; who started it is told."""
    asked = await uow.meetings.reminder(due.circle.id, due.job.subject or 0)
    if asked is None or asked.cancelled:
        return ()
    ref = Ref(Kind.REMINDER, asked.number)
    ringing = TimerRinging(id=ref, text=asked.text, at=asked.at)
    if due.stale:
        return (Reply(JobMissed(ringing=ringing, kind=due.job.kind, due=due.job.due)),)
    person = await uow.people.get(asked.by)
    to = person if asked.direct and person.matrix_id else None
    return (
        Reply(
            TimerOver(ringing=ringing, member=person, late=due.late),
            where=Privately(to) if to else HERE,
            mentions=() if to else (person,),
            concerns=(person,),
        ),
    )


COMMANDS = (
    Command(
        key="reminder.timer",
        topic=Topic.REMEMBERING,
        names=("minuteur", "timer"),
        args=TimerArgs,
        run=start,
        examples={
            "fr": ("minuteur 5 min", "minuteur 10 min tour de parole"),
            "en": ("timer 5 min", "timer 10 min round"),
        },
    ),
)
