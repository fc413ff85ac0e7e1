"""Attendance: who comes to a meeting, or was there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from circle.meetings import Attendance, Meeting, Presence, next_start
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.meetings.replies import MeetingAttendance
from commands.reading.readers import reference
from commands.regulation.meeting_meant import held
from commands.shared.planned import (
    carried_by,
    check_not_cancelled,
    coming,
    get_meeting,
    occurrence_facts,
    upcoming,
)
from commands.shared.refusals import MeetingNone

MEETING = reference(Kind.MEETING)


@dataclass(frozen=True, slots=True)
class AttendArgs:
    """A meeting; without it, the next one. From a reaction, what it means."""

    meeting: Annotated[Ref | None, MEETING] = None


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
    planned, start = await _spoken_of(request, uow, said)
    attendance = Attendance(planned.number, start.date(), request.person, said, request.at)
    await uow.meetings.attend(request.here.id, attendance, request.event)
    everybody = await uow.meetings.attendance(request.here.id, planned.number, start.date())
    there = said is Presence.PRESENT
    told = MeetingAttendance(
        meeting=occurrence_facts(planned, start, request.at),
        member=request.person,
        presence=said,
        present=len(coming(everybody)),
        excused=sum(one.presence is Presence.EXCUSED for one in everybody),
        represented=sum(one.presence is Presence.REPRESENTED for one in everybody),
        carried=() if there else carried_by(request.person.key, everybody),
    )
    quiet = request.gesture and not told.carried
    return Reply(told, subject=Ref(Kind.MEETING, planned.number), quiet=quiet)


async def _spoken_of(
    request: Request[AttendArgs], uow: UnitOfWork, said: Presence
) -> tuple[Meeting, datetime]:
    """The meeting that is said of: who says to be there while one is held is there."""
    ref = request.args.meeting
    session = await uow.sessions.open(request.here.id) if said is Presence.PRESENT else None
    if session is not None and (ref is None or ref.number == session.meeting):
        return await held(uow, request.here, session)
    return await meant(request, uow, ref)


async def meant(
    request: Request[object], uow: UnitOfWork, said: Ref | None
) -> tuple[Meeting, datetime]:
    """The meeting spoken of, with the occurrence: its next one, else the one it had."""
    if said is None:
        soonest = await upcoming(uow, request.here, request.at - timedelta(hours=12))
        if not soonest:
            raise Refusal(MeetingNone())
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
        key="meeting.present",
        topic=Topic.GATHERING,
        names=("présent", "présente", "present"),
        args=AttendArgs,
        run=present,
        undo=unattend,
        examples={"fr": ("présent M1",), "en": ("present M1",)},
    ),
    Command(
        key="meeting.absent",
        topic=Topic.GATHERING,
        names=("absent", "absente"),
        english="absent",
        args=AttendArgs,
        run=absent,
        undo=unattend,
        examples={"fr": ("absent M1",), "en": ("absent M1",)},
    ),
    Command(
        key="meeting.excused",
        topic=Topic.GATHERING,
        names=("excusé", "excusée", "excused"),
        args=AttendArgs,
        run=excused,
        undo=unattend,
        examples={"fr": ("excusé M1",), "en": ("excused M1",)},
    ),
)
