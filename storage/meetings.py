"""Meetings, who was there, free reminders."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, update

from circle.circles import CircleId
from circle.jobs import JobKind
from circle.meetings import Attendance, Meeting, Presence, Reminder
from circle.people import PersonKey
from circle.ports import Meetings
from storage.mapping import Mapper
from storage.people import PERSON_COLUMNS, read_person
from storage.session import upsert
from storage.settings import UnitPart
from storage.tables.meetings import attendances, jobs, meetings, reminders
from storage.tables.people import people, profiles
from storage.times import LocalTime

_HERE: Final = meetings.c.circle == bindparam("circle")
_GET: Final = select(meetings).where(_HERE, meetings.c.number == bindparam("number"))
_ADD: Final = insert(meetings)
_SAVE: Final = upsert(meetings, "circle", "number")
_CURRENT: Final = (
    select(meetings)
    .where(
        _HERE,
        meetings.c.cancelled.is_(False),
        or_(
            meetings.c.rrule.is_not(None),
            func.coalesce(meetings.c.end, meetings.c.start) >= bindparam("after"),
        ),
    )
    .order_by(meetings.c.start, meetings.c.number)
)
_ALL: Final = select(meetings).where(_HERE).order_by(meetings.c.number)
_MOVED_FROM: Final = (
    select(meetings)
    .where(_HERE, meetings.c.series == bindparam("of_series"))
    .order_by(meetings.c.instead)
)
_ATTEND: Final = insert(attendances)
_UNATTEND: Final = (
    update(attendances)
    .where(
        attendances.c.circle == bindparam("in_circle"),
        attendances.c.source == bindparam("because"),
        attendances.c.withdrawn.is_(False),
    )
    .values(withdrawn=True)
)
_WITHDRAW_PROXY: Final = (
    update(attendances)
    .where(
        attendances.c.circle == bindparam("in_circle"),
        attendances.c.meeting == bindparam("of_meeting"),
        attendances.c.occurrence == bindparam("on_day"),
        attendances.c.person == bindparam("who"),
        attendances.c.presence == Presence.REPRESENTED,
        attendances.c.withdrawn.is_(False),
    )
    .values(withdrawn=True)
)
_ATTENDANCE: Final = (
    select(attendances, *PERSON_COLUMNS)
    .join(people, people.c.key == attendances.c.person)
    .outerjoin(profiles, profiles.c.person == people.c.key)
    .where(
        and_(
            attendances.c.circle == bindparam("circle"),
            attendances.c.meeting == bindparam("number"),
            attendances.c.occurrence == bindparam("day"),
            attendances.c.withdrawn.is_(False),
        )
    )
    .order_by(attendances.c.id)
)
_ATTENDED: Final = (
    select(attendances, *PERSON_COLUMNS)
    .join(people, people.c.key == attendances.c.person)
    .outerjoin(profiles, profiles.c.person == people.c.key)
    .where(attendances.c.circle == bindparam("circle"), attendances.c.withdrawn.is_(False))
    .order_by(attendances.c.id)
)
_REMINDER: Final = select(reminders).where(
    reminders.c.circle == bindparam("circle"), reminders.c.number == bindparam("number")
)
_TO_RING: Final = (
    select(reminders, func.min(jobs.c.due).label("due"))
    .join(jobs, and_(jobs.c.circle == reminders.c.circle, jobs.c.subject == reminders.c.number))
    .where(
        reminders.c.circle == bindparam("circle"),
        reminders.c.cancelled.is_(False),
        jobs.c.kind == JobKind.REMINDER,
        jobs.c.done.is_(False),
    )
    .group_by(*reminders.c)
    .order_by(func.min(jobs.c.due), reminders.c.number)
)
_ADD_REMINDER: Final = insert(reminders)
_SAVE_REMINDER: Final = upsert(reminders, "circle", "number")


_MEETING: Final = Mapper(Meeting, meetings)
_ATTENDANCES: Final = Mapper(Attendance, attendances)
_REMINDERS: Final = Mapper(Reminder, reminders)


class SqlMeetings(UnitPart, Meetings):
    """Meetings within one transaction."""

    async def get(self, circle: CircleId, number: int) -> Meeting | None:
        """That meeting of the circle."""
        row = await self._session.first(_GET, {"circle": circle, "number": number})
        return read_meeting(row, await self._settings.times(circle)) if row else None

    async def add(self, circle: CircleId, meeting: Meeting) -> None:
        """A new meeting; IntegrityError if its number or its uid is taken."""
        await self._session.run(_ADD, _MEETING.row(meeting, circle=circle))

    async def save(self, circle: CircleId, meeting: Meeting) -> None:
        """The meeting as it now is."""
        await self._session.run(_SAVE, _MEETING.row(meeting, circle=circle))

    async def current(self, circle: CircleId, after: datetime) -> tuple[Meeting, ...]:
        """Meetings not cancelled that are not over by then, and every series, by start."""
        rows = await self._session.all(_CURRENT, {"circle": circle, "after": after})
        times = await self._settings.times(circle)
        return tuple(read_meeting(row, times) for row in rows)

    async def moved_from(self, circle: CircleId, series: int) -> tuple[Meeting, ...]:
        """The occurrences of that series that were moved, as the meetings they became."""
        rows = await self._session.all(_MOVED_FROM, {"circle": circle, "of_series": series})
        times = await self._settings.times(circle)
        return tuple(read_meeting(row, times) for row in rows)

    async def all(self, circle: CircleId) -> tuple[Meeting, ...]:
        """Every meeting ever planned, cancelled ones too, by number."""
        rows = await self._session.all(_ALL, {"circle": circle})
        times = await self._settings.times(circle)
        return tuple(read_meeting(row, times) for row in rows)

    async def attend(self, circle: CircleId, attendance: Attendance, source: str | None) -> None:
        """Append what somebody says of an occurrence; `source` is the event that said it."""
        said = {"person": attendance.person.key, "source": source}
        await self._session.run(_ATTEND, _ATTENDANCES.row(attendance, circle=circle, **said))

    async def unattend(self, circle: CircleId, source: str) -> bool:
        """Take back what that event said; what was said before holds again. Whether it did."""
        values = {"in_circle": circle, "because": source}
        return await self._session.run(_UNATTEND, values) > 0

    async def withdraw_proxy(
        self, circle: CircleId, number: int, occurrence: date, person: PersonKey
    ) -> bool:
        """Take back the proxy that somebody gave for an occurrence. Whether there was one."""
        values = {"in_circle": circle, "of_meeting": number, "on_day": occurrence, "who": person}
        return await self._session.run(_WITHDRAW_PROXY, values) > 0

    async def attendance(
        self, circle: CircleId, number: int, occurrence: date
    ) -> tuple[Attendance, ...]:
        """What each person last said of an occurrence, in the order they said it."""
        values = {"circle": circle, "number": number, "day": occurrence}
        rows = await self._session.all(_ATTENDANCE, values)
        times = await self._settings.times(circle)
        last = {row.person: row for row in rows}
        said = sorted(last.values(), key=lambda row: row.id)
        return tuple(_attendance(row, times) for row in said)

    async def attended(self, circle: CircleId) -> tuple[Attendance, ...]:
        """What each person last said of every occurrence, by meeting, day and order of saying."""
        rows = await self._session.all(_ATTENDED, {"circle": circle})
        last = {(row.meeting, row.occurrence, row.person): row for row in rows}
        said = sorted(last.values(), key=lambda row: (row.meeting, row.occurrence, row.id))
        times = await self._settings.times(circle)
        return tuple(_attendance(row, times) for row in said)

    async def add_reminder(self, circle: CircleId, reminder: Reminder) -> None:
        """A new reminder; IntegrityError if its number is taken."""
        await self._session.run(_ADD_REMINDER, _REMINDERS.row(reminder, circle=circle))

    async def save_reminder(self, circle: CircleId, reminder: Reminder) -> None:
        """The reminder as it now is."""
        await self._session.run(_SAVE_REMINDER, _REMINDERS.row(reminder, circle=circle))

    async def reminder(self, circle: CircleId, number: int) -> Reminder | None:
        """That reminder of the circle."""
        row = await self._session.first(_REMINDER, {"circle": circle, "number": number})
        return _REMINDERS.read(row, await self._settings.times(circle)) if row else None

    async def reminders(self, circle: CircleId) -> tuple[Reminder, ...]:
        """Those that are to ring, soonest first; `at` is when they ring next."""
        times = await self._settings.times(circle)
        rows = await self._session.all(_TO_RING, {"circle": circle})
        return tuple(replace(_REMINDERS.read(row, times), at=times.at(row.due)) for row in rows)


def read_meeting(row: Row[Any], times: LocalTime) -> Meeting:
    """A meeting from its columns."""
    return _MEETING.read(row, times)


def _attendance(row: Row[Any], times: LocalTime) -> Attendance:
    return _ATTENDANCES.read(row, times, person=read_person(row))
