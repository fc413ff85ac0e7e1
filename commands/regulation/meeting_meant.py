"""Which meeting, and which day of it, people mean."""

from datetime import datetime, timedelta

from circle.circles import Circle
from circle.meetings import Meeting, MeetingKind, next_start
from circle.ports import UnitOfWork
from circle.refs import Ref
from circle.sessions import Session
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.shared.common import was_held
from commands.shared.planned import check_not_cancelled, get_meeting, upcoming
from commands.shared.refusals import MeetingNone

AROUND = timedelta(hours=12)


async def meant(
    request: Request[object], uow: UnitOfWork, said: Ref | None
) -> tuple[Meeting, datetime]:
    """The meeting said; else the one being held, else the next one. With its start."""
    circle = request.here
    if said is not None:
        planned = await get_meeting(request, uow, said.number)
        return planned, start_of(planned, request.at)
    session = await uow.sessions.open(circle.id)
    if session is not None:
        return await held(uow, circle, session)
    for start, planned in await upcoming(uow, circle, request.at - AROUND):
        if not await was_held(uow, circle.id, planned, start):
            return planned, start
    raise Refusal(MeetingNone())


def start_of(planned: Meeting, now: datetime) -> datetime:
    """When the occurrence that people speak of starts: the one going on, else the next one."""
    return next_start(planned, now - AROUND) or planned.start


async def held(uow: UnitOfWork, circle: Circle, session: Session) -> tuple[Meeting, datetime]:
    """The meeting of a session, with the start of that occurrence."""
    planned = await uow.meetings.get(circle.id, session.meeting)
    if planned is None:
        raise LookupError(session.meeting)
    return planned, datetime.combine(session.occurrence, planned.start.timetz())


async def to_open(
    request: Request[object], uow: UnitOfWork, said: Ref | None
) -> tuple[Meeting, datetime] | None:
    """The meeting to open: the one said, today's regulation, the next one; None without any."""
    if said is not None:
        planned = await get_meeting(request, uow, said.number)
        check_not_cancelled(planned)
        return planned, start_of(planned, request.at)
    coming = [
        (start, planned)
        for start, planned in await upcoming(uow, request.here, request.at - AROUND)
        if planned.kind is MeetingKind.REGULATION
    ]
    if not coming:
        return None
    near = [pair for pair in coming if pair[0] <= request.at + AROUND]
    start, planned = min(near or coming[:1], key=lambda pair: abs(pair[0] - request.at))
    return planned, start
