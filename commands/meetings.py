"""Regulation and other meetings: scheduled, moved, cancelled, attended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from circle.calendar import Moment
from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.meetings import Attendance, Meeting, MeetingKind, Presence, next_start
from circle.ports import ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from commands.common import PAGE, only_author
from commands.kernel import CalendarFile, Command, Due, Refusal, Reply, Request, Unheard
from commands.reading.readers import PLACE, TITLE, WHEN, reference, trailing

MEETING = reference(Kind.MEETING)
REMIND_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RegulationArgs:
    """When, and where."""

    when: Annotated[Moment, WHEN]
    place: Annotated[str | None, PLACE] = None


@dataclass(frozen=True, slots=True)
class MeetingArgs:
    """A title, when, and where."""

    title: Annotated[str, TITLE]
    when: Annotated[Moment, trailing(WHEN)]
    place: Annotated[str | None, PLACE] = None


@dataclass(frozen=True, slots=True)
class MoveArgs:
    """A meeting and its new time."""

    meeting: Annotated[Ref, MEETING]
    when: Annotated[Moment, WHEN]


@dataclass(frozen=True, slots=True)
class AttendArgs:
    """A meeting; without it, the next one. From a reaction, what it means."""

    meeting: Annotated[Ref | None, MEETING] = None


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


async def regulation(request: Request[RegulationArgs], uow: UnitOfWork) -> Reply:
    """Schedule a regulation meeting."""
    args = request.args
    return await _schedule(request, uow, MeetingKind.REGULATION, "", args.when, args.place)


async def meeting(request: Request[MeetingArgs], uow: UnitOfWork) -> Reply:
    """Schedule another meeting."""
    args = request.args
    return await _schedule(request, uow, MeetingKind.OTHER, args.title, args.when, args.place)


async def _schedule(
    request: Request[RegulationArgs] | Request[MeetingArgs],
    uow: UnitOfWork,
    kind: MeetingKind,
    title: str,
    when: Moment,
    place: str | None,
) -> Reply:
    circle = request.here
    number = await uow.circles.next_number(circle.id, Kind.MEETING)
    planned = Meeting(
        number=number,
        kind=kind,
        title=title,
        start=when.start,
        end=when.end,
        place=place,
        uid=f"m{number}-{circle.id}-{int(request.at.timestamp())}@souci",
        by=request.person.key,
        rrule=when.rrule,
        exdates=when.exdates,
    )
    _check_future(planned, request.at)
    await uow.meetings.add(circle.id, planned)
    await remind_later(uow, circle, planned, request.at)
    return _told("meeting.scheduled", planned, request.at, notes=when.notes)


def _check_future(planned: Meeting, now: datetime) -> None:
    if next_start(planned, now) is None or (planned.rrule is None and planned.start <= now):
        raise Refusal("date.past", start=planned.start)


def meeting_values(planned: Meeting, now: datetime) -> dict[str, object]:
    """What every answer about a meeting tells."""
    return {
        "id": Ref(Kind.MEETING, planned.number),
        "kind": planned.kind,
        "title": planned.title,
        "start": planned.start,
        "end": planned.end,
        "rrule": planned.rrule,
        "place": planned.place,
        "next": next_start(planned, now),
    }


def _told(key: str, planned: Meeting, now: datetime, **more: object) -> Reply:
    return Reply(
        key=key,
        values=meeting_values(planned, now) | more,
        subject=Ref(Kind.MEETING, planned.number),
        attachments=(CalendarFile(planned),),
    )


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """The meetings to come, soonest first."""
    coming = await upcoming(uow, request.here, request.at)
    items = tuple(
        [
            meeting_values(planned, request.at)
            | {"start": start, "present": await _present(uow, request.here, planned, start)}
            for start, planned in coming[:PAGE]
        ]
    )
    values = {"items": items, "count": len(coming), "more": len(coming) - len(items)}
    return Reply(key="meeting.list", values=values)


async def upcoming(
    uow: UnitOfWork, circle: Circle, after: datetime
) -> list[tuple[datetime, Meeting]]:
    """The meetings to come with their next start, soonest first."""
    planned = await uow.meetings.current(circle.id, after)
    starts = [(start, one) for one in planned if (start := next_start(one, after)) is not None]
    return sorted(starts, key=lambda pair: (pair[0], pair[1].number))


async def _present(uow: UnitOfWork, circle: Circle, planned: Meeting, start: datetime) -> int:
    said = await uow.meetings.attendance(circle.id, planned.number, start.date())
    return sum(one.presence is Presence.PRESENT for one in said)


async def move(request: Request[MoveArgs], uow: UnitOfWork) -> Reply:
    """Give a meeting another time; who scheduled it or a steward may."""
    before = await get_meeting(request, uow, request.args.meeting.number)
    only_author(request, before.by)
    _check_not_cancelled(before)
    when = request.args.when
    end = when.end
    if end is None and before.end is not None:
        end = when.start + (before.end - before.start)
    moved = replace(
        before,
        start=when.start,
        end=end,
        rrule=when.rrule or before.rrule,
        sequence=before.sequence + 1,
    )
    _check_future(moved, request.at)
    await uow.meetings.save(request.here.id, moved)
    await uow.jobs.cancel(request.here.id, JobKind.MEETING_REMINDER, moved.number)
    await remind_later(uow, request.here, moved, request.at)
    was = next_start(before, request.at) or before.start
    return _told("meeting.moved", moved, request.at, was=was, notes=when.notes)


async def cancel(request: Request[object], uow: UnitOfWork, number: int, reason: str = "") -> Reply:
    """A meeting will not take place; who scheduled it or a steward may say so."""
    before = await get_meeting(request, uow, number)
    only_author(request, before.by)
    _check_not_cancelled(before)
    cancelled = replace(before, cancelled=True, sequence=before.sequence + 1)
    await uow.meetings.save(request.here.id, cancelled)
    await uow.jobs.cancel(request.here.id, JobKind.MEETING_REMINDER, number)
    was = next_start(before, request.at) or before.start
    return _told("meeting.cancelled", cancelled, request.at, was=was, reason=reason)


async def uncall(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that scheduled the meeting was deleted."""
    if request.about is None:
        raise Unheard
    return await cancel(request, uow, request.about.number)


def _check_not_cancelled(planned: Meeting) -> None:
    if planned.cancelled:
        raise Refusal("meeting.already-cancelled", id=Ref(Kind.MEETING, planned.number))


async def get_meeting(request: Request[object], uow: UnitOfWork, number: int) -> Meeting:
    """The meeting M{number}. Raises the refusal that names it."""
    planned = await uow.meetings.get(request.here.id, number)
    if planned is None:
        raise Refusal("id.unknown", id=Ref(Kind.MEETING, number))
    return planned


# Attendance


async def present(request: Request[AttendArgs], uow: UnitOfWork) -> Reply:
    """I will be there, or was."""
    return await _attend(request, uow, Presence.PRESENT)


async def absent(request: Request[AttendArgs], uow: UnitOfWork) -> Reply:
    """I will not be there."""
    return await _attend(request, uow, Presence.ABSENT)


async def excused(request: Request[AttendArgs], uow: UnitOfWork) -> Reply:
    """I cannot be there, and say so."""
    return await _attend(request, uow, Presence.EXCUSED)


async def _attend(request: Request[AttendArgs], uow: UnitOfWork, said: Presence) -> Reply:
    planned, start = await _meant(request, uow)
    attendance = Attendance(planned.number, start.date(), request.person, said, request.at)
    await uow.meetings.attend(request.here.id, attendance, request.event)
    everybody = await uow.meetings.attendance(request.here.id, planned.number, start.date())
    values = meeting_values(planned, request.at) | {
        "member": request.person,
        "presence": said,
        "start": start,
        "present": sum(one.presence is Presence.PRESENT for one in everybody),
        "excused": sum(one.presence is Presence.EXCUSED for one in everybody),
    }
    return Reply(
        key="meeting.attendance",
        values=values,
        subject=Ref(Kind.MEETING, planned.number),
        quiet=request.gesture,
    )


async def _meant(request: Request[AttendArgs], uow: UnitOfWork) -> tuple[Meeting, datetime]:
    """The meeting spoken of, with the occurrence: its next one, else the one it had."""
    said = request.args.meeting
    if said is None:
        coming = await upcoming(uow, request.here, request.at - timedelta(hours=12))
        if not coming:
            raise Refusal("meeting.none")
        return coming[0][1], coming[0][0]
    planned = await get_meeting(request, uow, said.number)
    _check_not_cancelled(planned)
    start = next_start(planned, request.at - timedelta(hours=12))
    return planned, start or planned.start


async def unattend(request: Request[None], uow: UnitOfWork) -> None:
    """The message or reaction that said it was taken back."""
    await uow.meetings.unattend(request.here.id, request.event)


# By themselves


async def remind_later(uow: UnitOfWork, circle: Circle, planned: Meeting, now: datetime) -> None:
    """Set the reminder of the next occurrence, the day before."""
    start = next_start(planned, now)
    if start is None or planned.cancelled or not circle.rules.reminders:
        return
    due = start - REMIND_BEFORE
    if due <= now and planned.rrule is not None:
        start = next_start(planned, start + timedelta(minutes=1))
        due = start - REMIND_BEFORE if start else now
    if due > now:
        job = Job(kind=JobKind.MEETING_REMINDER, circle=circle.id, due=due, subject=planned.number)
        await uow.jobs.schedule(job)


async def remind_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A meeting is tomorrow."""
    planned = await uow.meetings.get(due.circle.id, due.job.subject or 0)
    if planned is None or planned.cancelled:
        return ()
    await remind_later(uow, due.circle, planned, max(due.now, due.job.due) + REMIND_BEFORE)
    if due.stale:
        return ()
    local = due.job.due.astimezone(due.now.tzinfo)
    start = next_start(planned, local) or planned.start
    items = await uow.ledger.count_items(due.circle.id, ItemFilter(waiting=True))
    values: Mapping[str, object] = meeting_values(planned, local) | {
        "start": start,
        "present": await _present(uow, due.circle, planned, start),
        "waiting": items,
        "late": due.late,
    }
    return (
        Reply(
            key="meeting.reminder",
            values=values,
            subject=Ref(Kind.MEETING, planned.number),
        ),
    )


COMMANDS = (
    Command(
        key="meeting.regulation",
        names=("régulation", "regulation"),
        args=RegulationArgs,
        run=regulation,
        undo=uncall,
        examples={
            "fr": (
                "régulation mardi 8 décembre à 18h à La Halle",
                "régulation chaque premier mardi du mois à 18h",
            ),
            "en": ("regulation every first tuesday at 6pm at The Hall",),
        },
    ),
    Command(
        key="meeting.other",
        names=("réunion", "meeting"),
        args=MeetingArgs,
        run=meeting,
        undo=uncall,
        examples={
            "fr": ("réunion Café des lieux jeudi 14h-16h à La Halle",),
            "en": ("meeting Coffee of the places thursday 2pm-4pm at The Hall",),
        },
    ),
    Command(
        key="meeting.list",
        names=("réunions", "meetings"),
        args=NoArgs,
        run=show,
        examples={"fr": ("réunions",), "en": ("meetings",)},
    ),
    Command(
        key="meeting.move",
        names=("déplacer", "move"),
        args=MoveArgs,
        run=move,
        examples={"fr": ("déplacer M1 mercredi 19h",), "en": ("move M1 wednesday 7pm",)},
    ),
    Command(
        key="meeting.present",
        names=("présent", "présente", "present"),
        args=AttendArgs,
        run=present,
        undo=unattend,
        examples={"fr": ("présent M1",), "en": ("present M1",)},
    ),
    Command(
        key="meeting.absent",
        names=("absent", "absente"),
        english="absent",
        args=AttendArgs,
        run=absent,
        undo=unattend,
        examples={"fr": ("absent M1",), "en": ("absent M1",)},
    ),
    Command(
        key="meeting.excused",
        names=("excusé", "excusée", "excused"),
        args=AttendArgs,
        run=excused,
        undo=unattend,
        examples={"fr": ("excusé M1",), "en": ("excused M1",)},
    ),
)
