"""What the commands about meetings share: finding one, and what every answer tells of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from circle.circles import Circle
from circle.meetings import Attendance, Meeting, Presence, end_of, next_start
from circle.people import Person, PersonKey
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Request
from commands.kernel.reply import CalendarFile, Refusal, Reply
from commands.kernel.sentence import Sentence
from commands.reading.misread_dates import DatePast
from commands.shared.refusals import IdUnknown, MeetingAlreadyCancelled
from commands.shared.replies import MeetingFacts


def meeting_facts(planned: Meeting, now: datetime) -> MeetingFacts:
    """What every answer about a meeting tells."""
    return MeetingFacts(
        id=Ref(Kind.MEETING, planned.number),
        kind=planned.kind,
        title=planned.title,
        start=planned.start,
        end=planned.end,
        rrule=planned.rrule,
        exdates=tuple(day for day in planned.exdates if day >= now.date()),
        place=planned.place,
        next=next_start(planned, now),
    )


def occurrence_facts(planned: Meeting, start: datetime, now: datetime) -> MeetingFacts:
    """The same, of the occurrence that begins then."""
    return replace(meeting_facts(planned, now), start=start, end=end_of(planned, start))


async def calendar_of(uow: UnitOfWork, circle: Circle, planned: Meeting) -> CalendarFile:
    """The calendar file of a meeting; of a moved occurrence, that of its series."""
    series = planned
    if planned.series is not None:
        series = await uow.meetings.get(circle.id, planned.series) or planned
    if series.rrule is None:
        return calendar_alone(circle, planned)
    moved = await uow.meetings.moved_from(circle.id, series.number)
    return replace(calendar_alone(circle, series), moved=moved)


def calendar_alone(circle: Circle, planned: Meeting) -> CalendarFile:
    """The calendar file of a meeting, or of a series of which nothing was moved."""
    return CalendarFile(planned, circle.rules.meeting_minutes)


def announcing(sentence: Sentence, planned: Meeting, *files: CalendarFile) -> Reply:
    """The answer that announces a meeting, with the calendar files that tell it."""
    return Reply(sentence, subject=Ref(Kind.MEETING, planned.number), attachments=files)


async def get_meeting(request: Request[object], uow: UnitOfWork, number: int) -> Meeting:
    """The meeting M{number}. Raises the refusal that names it."""
    planned = await uow.meetings.get(request.here.id, number)
    if planned is None:
        raise Refusal(IdUnknown(id=Ref(Kind.MEETING, number)))
    return planned


def check_to_come(planned: Meeting, now: datetime) -> None:
    """Refuse a meeting whose start is past, or a series of which none is left."""
    if next_start(planned, now) is None or (planned.rrule is None and planned.start <= now):
        raise Refusal(DatePast(start=planned.start))


def check_not_cancelled(planned: Meeting) -> None:
    """Refuse to go on with a meeting that was cancelled."""
    if planned.cancelled:
        raise Refusal(MeetingAlreadyCancelled(id=Ref(Kind.MEETING, planned.number)))


async def upcoming(
    uow: UnitOfWork, circle: Circle, after: datetime
) -> list[tuple[datetime, Meeting]]:
    """The meetings to come with their next start, soonest first."""
    planned = await uow.meetings.current(circle.id, after)
    starts = [(start, one) for one in planned if (start := next_start(one, after)) is not None]
    return sorted(starts, key=lambda pair: (pair[0], pair[1].number))


async def said_of(
    uow: UnitOfWork, circle: Circle, planned: Meeting, day: date
) -> tuple[Attendance, ...]:
    """What each person last said of the occurrence of that day."""
    return await uow.meetings.attendance(circle.id, planned.number, day)


def carried_by(person: PersonKey, said: Sequence[Attendance]) -> tuple[Person, ...]:
    """Those whose voice somebody carries."""
    return tuple(one.person for one in said if one.proxy == person)


def coming(said: tuple[Attendance, ...]) -> tuple[Attendance, ...]:
    """Those who said that they come."""
    return tuple(one for one in said if one.presence is Presence.PRESENT)
