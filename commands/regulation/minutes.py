"""The minutes of a meeting, at any time afterwards: told, and as a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from circle.meetings import Meeting
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import reference
from commands.regulation.meeting_meant import start_of
from commands.regulation.refusals import MeetingNotBegun, SessionNever
from commands.regulation.replies import MeetingMinutes
from commands.regulation.report import minutes_of
from commands.shared.planned import get_meeting

MEETING = reference(Kind.MEETING)


@dataclass(frozen=True, slots=True)
class MinutesArgs:
    """A meeting; without it, the one held last."""

    meeting: Annotated[Ref | None, MEETING] = None


async def minutes(request: Request[MinutesArgs], uow: UnitOfWork) -> Reply:
    """The minutes of a meeting; of a series, those of the occurrence held last."""
    planned = await _held_last(request, uow)
    ref = Ref(Kind.MEETING, planned.number)
    sessions = await uow.sessions.of_meeting(request.here.id, planned.number)
    day = sessions[-1].occurrence if sessions else None
    start = start_of(planned, request.at)
    if day is not None:
        start = datetime.combine(day, planned.start.timetz())
    elif start > request.at:
        raise Refusal(MeetingNotBegun(id=ref, start=start))
    of_that_day = [one for one in sessions if one.occurrence == day]
    left, files = await minutes_of(request, uow, planned, start, of_that_day)
    return Reply(MeetingMinutes(minutes=left), subject=ref, attachments=files)


async def _held_last(request: Request[MinutesArgs], uow: UnitOfWork) -> Meeting:
    said = request.args.meeting
    if said is not None:
        return await get_meeting(request, uow, said.number)
    last = await uow.sessions.latest(request.here.id)
    if last is None:
        raise Refusal(SessionNever())
    return await get_meeting(request, uow, last.meeting)


COMMANDS = (
    Command(
        key="meeting.minutes",
        topic=Topic.GATHERING,
        names=("cr", "compte rendu", "minutes"),
        args=MinutesArgs,
        run=minutes,
        personal=True,
        examples={"fr": ("cr", "cr M1"), "en": ("minutes", "minutes M1")},
    ),
)
