"""Regulation and other meetings: scheduled, moved, cancelled, attended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from circle.calendar import Moment
from circle.meetings import Attendance, Meeting, MeetingKind, Presence, next_start
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.common import PAGE
from commands.kernel import Command, Refusal, Reply, Request, Unheard
from commands.moving import COMMANDS as MOVING
from commands.moving import call_off
from commands.planned import (
    check_not_cancelled,
    check_to_come,
    coming,
    get_meeting,
    occurrence_values,
    said_of,
    told,
    upcoming,
)
from commands.reading.readers import PLACE, TITLE, WHEN, reference, trailing
from commands.reminding import remind_later

MEETING = reference(Kind.MEETING)


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
    check_to_come(planned, request.at)
    await uow.meetings.add(circle.id, planned)
    await remind_later(uow, circle, planned, request.at)
    return told("meeting.scheduled", planned, request.at, notes=when.notes)


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """The meetings to come, soonest first."""
    planned_ones = await upcoming(uow, request.here, request.at)
    items = tuple(
        [
            occurrence_values(planned, start, request.at)
            | {"present": len(coming(await said_of(uow, request.here, planned, start.date())))}
            for start, planned in planned_ones[:PAGE]
        ]
    )
    count = len(planned_ones)
    values = {"items": items, "count": count, "more": count - len(items)}
    return Reply(key="meeting.list", values=values)


async def uncall(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that scheduled the meeting was deleted."""
    if request.about is None:
        raise Unheard
    return await call_off(request, uow, request.about.number, "", once=False)


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
    values = occurrence_values(planned, start, request.at) | {
        "member": request.person,
        "presence": said,
        "present": len(coming(everybody)),
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
        soonest = await upcoming(uow, request.here, request.at - timedelta(hours=12))
        if not soonest:
            raise Refusal("meeting.none")
        return soonest[0][1], soonest[0][0]
    planned = await get_meeting(request, uow, said.number)
    check_not_cancelled(planned)
    start = next_start(planned, request.at - timedelta(hours=12))
    return planned, start or planned.start


async def unattend(request: Request[None], uow: UnitOfWork) -> None:
    """The message or reaction that said it was taken back."""
    await uow.meetings.unattend(request.here.id, request.event)


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
    *MOVING,
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
