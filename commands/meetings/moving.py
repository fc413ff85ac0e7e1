"""Meetings moved, whole or one occurrence of a series; one occurrence called off."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from circle.calendar import Moment
from circle.meetings import Meeting, end_of, next_start
from circle.moving import apart, detached, moved, without
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Request
from commands.kernel.reply import CalendarFile, Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.meetings.refusals import MeetingSameTime, MeetingWhich, MeetingWhichDays
from commands.meetings.reminding import remind_later
from commands.meetings.replies import MeetingCancelled, MeetingMoved
from commands.reading import moment_rows as rows
from commands.reading.days import typed
from commands.reading.readers import WHEN, Answer, Label, choice, reference, shape
from commands.shared.common import only_author
from commands.shared.planned import (
    announcing,
    calendar_alone,
    calendar_of,
    check_not_cancelled,
    check_to_come,
    get_meeting,
    meeting_facts,
)

ONCE = Answer("once", "cette fois", "this time", ("une fois", "une seule fois", "once"))
ALL = Answer("all", "toutes", "all", ("toutes les suivantes", "désormais", "from now on"))
WHICH = choice(ONCE, ALL, label=Label("cette fois|toutes", "this time|all"))
THIS_TIME = choice(ONCE, label=Label("cette fois", "this time"))


@dataclass(frozen=True, slots=True)
class MoveArgs:
    """A meeting and its new time; of a series, once or from now on."""

    meeting: Annotated[Ref, reference(Kind.MEETING)]
    when: Annotated[Moment, WHEN, rows.WHEN_MOVED]
    which: Annotated[str | None, shape(WHICH), rows.WHICH_SAID] = None


async def move(request: Request[MoveArgs], uow: UnitOfWork) -> Reply:
    """Give a meeting another time; who scheduled it or a steward may."""
    args = request.args
    before = await get_meeting(request, uow, args.meeting.number)
    only_author(request, before.by)
    check_not_cancelled(before)
    was = next_start(before, request.at) or before.start
    _check_moved(before, was, args.when)
    if before.rrule is None:
        return await _move_all(request, uow, before, was)
    if args.which is None and args.when.rrule is None:
        said = typed(args.when, request.rules.language)
        raise Refusal(MeetingWhich(id=args.meeting, when=said, start=was))
    if args.which == "once" and args.when.rrule is None:
        return await _move_once(request, uow, before, was)
    return await _move_all(request, uow, before, was)


def _check_moved(before: Meeting, was: datetime, when: Moment) -> None:
    """Refuse a time that is the meeting's already."""
    same_end = when.end is None or when.end == end_of(before, was)
    if when.start == was and same_end and when.rrule is None:
        raise Refusal(MeetingSameTime(id=Ref(Kind.MEETING, before.number), start=was))


async def _move_all(
    request: Request[MoveArgs], uow: UnitOfWork, before: Meeting, was: datetime
) -> Reply:
    when = request.args.when
    after = moved(before, was, when)
    if after is None:
        raise Refusal(MeetingWhichDays(id=request.args.meeting, start=when.start))
    check_to_come(after, request.at)
    files = await _saved(request, uow, after)
    await remind_later(uow, request.here, after, request.at)
    now = next_start(after, request.at) or after.start
    await uow.sessions.move_points(request.here.id, after.number, was.date(), now.date())
    facts = meeting_facts(after, request.at)
    told = MeetingMoved(meeting=facts, was=was, series=None, notes=when.notes)
    return announcing(told, after, *files)


async def _saved(
    request: Request[object], uow: UnitOfWork, after: Meeting
) -> tuple[CalendarFile, ...]:
    """Save a changed meeting; the calendar files that tell it.

    Where a whole series changes, its occurrences that were moved go on as meetings of their own.
    """
    circle = request.here
    await uow.meetings.save(circle.id, after)
    if after.series is not None:
        await _touch(request, uow, after.series)
    if after.rrule is None:
        return (await calendar_of(uow, circle, after),)
    alone = [detached(one) for one in await uow.meetings.moved_from(circle.id, after.number)]
    for one in alone:
        await uow.meetings.save(circle.id, one)
    coming = [one for one in alone if not one.cancelled and next_start(one, request.at)]
    return tuple(calendar_alone(circle, one) for one in (after, *coming))


async def _touch(request: Request[object], uow: UnitOfWork, number: int) -> None:
    """A new version of the series whose occurrence has changed."""
    series = await get_meeting(request, uow, number)
    later = replace(series, sequence=series.sequence + 1)
    await uow.meetings.save(request.here.id, later)


async def _move_once(
    request: Request[MoveArgs], uow: UnitOfWork, series: Meeting, was: datetime
) -> Reply:
    """The occurrence becomes a meeting of its own, with what was on its agenda."""
    when, circle = request.args.when, request.here
    number = await uow.circles.next_number(circle.id, Kind.MEETING)
    uid = f"m{number}-{circle.id}-{int(request.at.timestamp())}@souci"
    alone = apart(series, was, when, number, uid)
    check_to_come(alone, request.at)
    await uow.meetings.add(circle.id, alone)
    for point in await uow.sessions.points(circle.id, series.number, was.date()):
        there = replace(point, meeting=number, occurrence=alone.start.date(), source=None)
        await uow.sessions.add_point(circle.id, there)
    left = without(series, was.date())
    await uow.meetings.save(circle.id, left)
    for one in (left, alone):
        await remind_later(uow, circle, one, request.at)
    ref = Ref(Kind.MEETING, series.number)
    facts = meeting_facts(alone, request.at)
    told = MeetingMoved(meeting=facts, was=was, series=ref, notes=when.notes)
    return announcing(told, alone, await calendar_of(uow, circle, alone))


async def call_off(
    request: Request[object], uow: UnitOfWork, number: int, reason: str, *, once: bool
) -> Reply:
    """A meeting will not take place; of a series, `once`: the next occurrence only."""
    before = await get_meeting(request, uow, number)
    only_author(request, before.by)
    check_not_cancelled(before)
    was = next_start(before, request.at) or before.start
    if once and before.rrule is not None:
        after = without(before, was.date())
        await uow.meetings.save(request.here.id, after)
        following = next_start(after, was)
        if following is not None:
            day = following.date()
            await uow.sessions.move_points(request.here.id, number, was.date(), day)
        files: tuple[CalendarFile, ...] = (await calendar_of(uow, request.here, after),)
    else:
        after = replace(before, cancelled=True, sequence=before.sequence + 1)
        files = await _saved(request, uow, after)
    await remind_later(uow, request.here, after, request.at)
    told = MeetingCancelled(
        meeting=meeting_facts(after, request.at),
        was=was,
        reason=reason,
        once=not after.cancelled,
    )
    return Reply(told, subject=Ref(Kind.MEETING, number), attachments=files)


COMMANDS = (
    Command(
        key="meeting.move",
        topic=Topic.GATHERING,
        names=("déplacer", "move"),
        args=MoveArgs,
        run=move,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        examples={
            "fr": (
                "déplacer M1 mercredi 19h",
                "déplacer M2 mercredi 19h cette fois",
                "déplacer M2 mercredi 19h toutes",
            ),
            "en": ("move M1 wednesday 7pm", "move M2 wednesday 7pm this time"),
        },
    ),
)
