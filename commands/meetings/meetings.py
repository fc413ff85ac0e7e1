"""Regulation and other meetings: scheduled, listed; moved and attended next door."""

from dataclasses import dataclass
from typing import Annotated

from circle.calendar import Moment
from circle.meetings import Meeting, MeetingKind
from circle.ports import UnitOfWork
from circle.refs import Kind
from commands.kernel.command import Command, NoArgs, Request
from commands.kernel.reply import Reply, Unheard
from commands.kernel.topics import Topic
from commands.meetings.attending import COMMANDS as ATTENDING
from commands.meetings.moving import COMMANDS as MOVING
from commands.meetings.moving import call_off
from commands.meetings.proxies import COMMANDS as PROXIES
from commands.meetings.reminding import remind_later
from commands.meetings.replies import MeetingLine, MeetingList, MeetingScheduled
from commands.reading import moment_rows as rows
from commands.reading.readers import PLACE, TITLE, WHEN, trailing
from commands.shared.common import PAGE, before_page, left_after
from commands.shared.planned import (
    announcing,
    calendar_alone,
    check_to_come,
    coming,
    meeting_facts,
    occurrence_facts,
    said_of,
    upcoming,
)


@dataclass(frozen=True, slots=True)
class RegulationArgs:
    """When, and where."""

    when: Annotated[Moment, WHEN, rows.WHEN_SAID]
    place: Annotated[str | None, PLACE] = None


@dataclass(frozen=True, slots=True)
class MeetingArgs:
    """A title, when, and where."""

    title: Annotated[str, TITLE, rows.MEETING_TITLE]
    when: Annotated[Moment, trailing(WHEN), rows.WHEN_SAID]
    place: Annotated[str | None, PLACE] = None


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
    facts = meeting_facts(planned, request.at)
    told = MeetingScheduled(meeting=facts, notes=when.notes)
    return announcing(told, planned, calendar_alone(circle, planned))


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """The meetings to come, soonest first."""
    planned_ones = await upcoming(uow, request.here, request.at)
    before = before_page(request)
    items = tuple(
        [
            MeetingLine(
                meeting=occurrence_facts(planned, start, request.at),
                present=len(coming(await said_of(uow, request.here, planned, start.date()))),
            )
            for start, planned in planned_ones[before : before + PAGE]
        ]
    )
    count = len(planned_ones)
    return Reply(MeetingList(items=items, count=count, more=left_after(count, before)))


async def uncall(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that scheduled the meeting was deleted."""
    if request.about is None:
        raise Unheard
    return await call_off(request, uow, request.about.number, "", once=False)


COMMANDS = (
    Command(
        key="meeting.regulation",
        topic=Topic.GATHERING,
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
        topic=Topic.GATHERING,
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
        topic=Topic.GATHERING,
        names=("réunions", "meetings"),
        args=NoArgs,
        run=show,
        paged=True,
        examples={"fr": ("réunions",), "en": ("meetings",)},
    ),
    *MOVING,
    *ATTENDING,
    *PROXIES,
)
