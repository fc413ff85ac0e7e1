"""The agenda of a meeting: points that anybody adds and, for a regulation, what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from circle.circles import Circle
from circle.ledger import Item
from circle.meetings import Meeting, MeetingKind
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Point
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import COUNT, option, reference, text
from commands.regulation.meeting_meant import meant
from commands.regulation.refusals import AgendaNoPoint, AgendaNowhere, AgendaTwoThings, MeetingOver
from commands.regulation.replies import AgendaCarried, MeetingAgenda, PointLine
from commands.regulation.waiting import asked_in_all, waiting
from commands.shared.common import figures, money, only_author, was_held
from commands.shared.items import lines_of
from commands.shared.planned import check_not_cancelled, occurrence_facts, upcoming
from commands.shared.refusals import RefusedInTheRoom

SHOWN = 10
_MOMENT = timedelta(seconds=1)
MEETING = reference(Kind.MEETING)
POINT = text("TEXTE", "TEXT", limit=300, mark="+")
CARRY = option(("reporter", "report"), ("carry", "postpone"), read=COUNT)


@dataclass(frozen=True, slots=True)
class AgendaArgs:
    """A meeting; without it, the next one. A point to add, or the number of one to carry over."""

    meeting: Annotated[Ref | None, MEETING] = None
    text: Annotated[str, POINT] = ""
    carry: Annotated[int | None, CARRY] = None


async def agenda(request: Request[AgendaArgs], uow: UnitOfWork) -> Reply:
    """Show the agenda, with what is added to it."""
    planned, start = await meant(request, uow, request.args.meeting)
    if request.args.carry is not None:
        return await _carry(request, uow, planned, start, request.args.carry)
    if request.args.text:
        await _add(request, uow, planned, start)
    items = await of_regulation(uow, request.here, planned)
    points = await uow.sessions.points(request.here.id, planned.number, start.date())
    budget = await figures(uow, request.here.id)
    shown = MeetingAgenda(
        meeting=occurrence_facts(planned, start, request.at),
        points=tuple(map(point_line, points)),
        items=await lines_of(uow, request.here, items[:SHOWN]),
        waiting=len(items),
        amount=money(asked_in_all(items), request.here),
        available=money(budget.available, request.here),
        added=request.args.text,
        more=max(0, len(items) - SHOWN),
    )
    return Reply(shown, subject=Ref(Kind.MEETING, planned.number))


async def _add(
    request: Request[AgendaArgs], uow: UnitOfWork, planned: Meeting, start: datetime
) -> None:
    ref = Ref(Kind.MEETING, planned.number)
    check_not_cancelled(planned)
    if await was_held(uow, request.here.id, planned, start):
        raise Refusal(MeetingOver(id=ref, start=start))
    point = Point(
        meeting=planned.number,
        occurrence=start.date(),
        by=request.person,
        at=request.at,
        text=request.args.text,
        source=request.event,
    )
    await uow.sessions.add_point(request.here.id, point)


async def _carry(
    request: Request[AgendaArgs], uow: UnitOfWork, planned: Meeting, start: datetime, place: int
) -> Reply:
    """A point that was not treated goes to the next occurrence, or the next such meeting."""
    if request.args.text:
        raise Refusal(AgendaTwoThings(text=request.args.text, place=place))
    circle, ref = request.here, Ref(Kind.MEETING, planned.number)
    points = await uow.sessions.points(circle.id, planned.number, start.date())
    if place > len(points):
        raise Refusal(AgendaNoPoint(id=ref, place=place, count=len(points)))
    point = points[place - 1]
    if not request.aloud:
        raise Refusal(RefusedInTheRoom(command="odj reporter", circle=circle.name))
    only_author(request, point.by.key)
    after, there = await _following(request, uow, planned, start)
    await uow.sessions.carry_point(circle.id, point, after.number, there.date())
    facts = occurrence_facts(after, there, request.at)
    return Reply(AgendaCarried(meeting=facts, text=point.text, was=ref), subject=facts.id)


async def _following(
    request: Request[AgendaArgs], uow: UnitOfWork, planned: Meeting, start: datetime
) -> tuple[Meeting, datetime]:
    later = start + _MOMENT
    others = await upcoming(uow, request.here, max(later, request.at))
    for there, one in sorted(others, key=lambda pair: pair[1].number != planned.number):
        if there > start and one.kind is planned.kind:
            return one, there
    raise Refusal(AgendaNowhere(id=Ref(Kind.MEETING, planned.number)))


async def of_regulation(uow: UnitOfWork, circle: Circle, planned: Meeting) -> tuple[Item, ...]:
    """What waits for a decision, where the meeting is one that decides."""
    return await waiting(uow, circle) if planned.kind is MeetingKind.REGULATION else ()


def point_line(point: Point) -> PointLine:
    """A point, as every answer tells it."""
    return PointLine(text=point.text, member=point.by)


async def forget(request: Request[None], uow: UnitOfWork) -> None:
    """The message that added the point was deleted."""
    await uow.sessions.withdraw_point(request.here.id, request.event)


COMMANDS = (
    Command(
        key="meeting.agenda",
        topic=Topic.GATHERING,
        names=("odj", "ordre du jour", "agenda"),
        args=AgendaArgs,
        run=agenda,
        personal=True,
        undo=forget,
        examples={
            "fr": ("odj", "odj M1 + Parler du local", "odj M1 reporter 2"),
            "en": ("agenda", "agenda M1 + Talk about the premises", "agenda M1 carry 2"),
        },
    ),
)
