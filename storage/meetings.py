"""Meetings, who was there, free reminders."""

from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, update

from circle.circles import CircleId
from circle.meetings import Attendance, Meeting, MeetingKind, Presence, Reminder
from circle.people import PersonKey
from circle.ports import Meetings
from storage.people import PERSON_COLUMNS, read_person
from storage.session import Session, upsert
from storage.settings import Settings
from storage.tables.meetings import attendances, meetings, reminders
from storage.tables.people import people, profiles
from storage.times import LocalTime, day_of, micros_or_none, to_micros

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
        attendances.c.presence == Presence.REPRESENTED.value,
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
_ADD_REMINDER: Final = insert(reminders)
_SAVE_REMINDER: Final = upsert(reminders, "circle", "number")


class SqlMeetings(Meetings):
    """Meetings within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def get(self, circle: CircleId, number: int) -> Meeting | None:
        """That meeting of the circle."""
        row = await self._session.first(_GET, {"circle": circle, "number": number})
        return read_meeting(row, await self._settings.times(circle)) if row else None

    async def add(self, circle: CircleId, meeting: Meeting) -> None:
        """A new meeting; IntegrityError if its number or its uid is taken."""
        await self._session.run(_ADD, _row(circle, meeting))

    async def save(self, circle: CircleId, meeting: Meeting) -> None:
        """The meeting as it now is."""
        await self._session.run(_SAVE, _row(circle, meeting))

    async def current(self, circle: CircleId, after: datetime) -> tuple[Meeting, ...]:
        """Meetings not cancelled that are not over by then, and every series, by start."""
        rows = await self._session.all(_CURRENT, {"circle": circle, "after": to_micros(after)})
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
        values = {
            "circle": circle,
            "meeting": attendance.meeting,
            "occurrence": attendance.occurrence.isoformat(),
            "person": attendance.person.key,
            "presence": attendance.presence.value,
            "at": to_micros(attendance.at),
            "source": source,
            "proxy": attendance.proxy,
        }
        await self._session.run(_ATTEND, values)

    async def unattend(self, circle: CircleId, source: str) -> bool:
        """Take back what that event said; what was said before holds again. Whether it did."""
        values = {"in_circle": circle, "because": source}
        return await self._session.run(_UNATTEND, values) > 0

    async def withdraw_proxy(
        self, circle: CircleId, number: int, occurrence: date, person: PersonKey
    ) -> bool:
        """Take back the proxy that somebody gave for an occurrence. Whether there was one."""
        day = occurrence.isoformat()
        values = {"in_circle": circle, "of_meeting": number, "on_day": day, "who": person}
        return await self._session.run(_WITHDRAW_PROXY, values) > 0

    async def attendance(
        self, circle: CircleId, number: int, occurrence: date
    ) -> tuple[Attendance, ...]:
        """What each person last said of an occurrence, in the order they said it."""
        values = {"circle": circle, "number": number, "day": occurrence.isoformat()}
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
        await self._session.run(_ADD_REMINDER, _reminder_row(circle, reminder))

    async def save_reminder(self, circle: CircleId, reminder: Reminder) -> None:
        """The reminder as it now is."""
        await self._session.run(_SAVE_REMINDER, _reminder_row(circle, reminder))

    async def reminder(self, circle: CircleId, number: int) -> Reminder | None:
        """That reminder of the circle."""
        row = await self._session.first(_REMINDER, {"circle": circle, "number": number})
        return _reminder(row, await self._settings.times(circle)) if row else None


def _row(circle: CircleId, meeting: Meeting) -> dict[str, object]:
    return {
        "circle": circle,
        "number": meeting.number,
        "kind": meeting.kind.value,
        "title": meeting.title,
        "start": to_micros(meeting.start),
        "end": micros_or_none(meeting.end),
        "place": meeting.place,
        "uid": meeting.uid,
        "by": meeting.by,
        "rrule": meeting.rrule,
        "exdates": msgspec.json.encode(meeting.exdates).decode(),
        "sequence": meeting.sequence,
        "cancelled": meeting.cancelled,
        "series": meeting.series,
        "instead": micros_or_none(meeting.instead),
    }


def read_meeting(row: Row[Any], times: LocalTime) -> Meeting:
    """A meeting from its columns."""
    return Meeting(
        number=row.number,
        kind=MeetingKind(row.kind),
        title=row.title,
        start=times.at(row.start),
        end=times.at_or_none(row.end),
        place=row.place,
        uid=row.uid,
        by=PersonKey(row.by),
        rrule=row.rrule,
        exdates=msgspec.json.decode(row.exdates, type=tuple[date, ...]),
        sequence=row.sequence,
        cancelled=row.cancelled,
        series=row.series,
        instead=times.at_or_none(row.instead),
    )


def _attendance(row: Row[Any], times: LocalTime) -> Attendance:
    return Attendance(
        meeting=row.meeting,
        occurrence=day_of(row.occurrence),
        person=read_person(row),
        presence=Presence(row.presence),
        at=times.at(row.at),
        proxy=PersonKey(row.proxy) if row.proxy else None,
    )


def _reminder_row(circle: CircleId, reminder: Reminder) -> dict[str, object]:
    return {
        "circle": circle,
        "number": reminder.number,
        "by": reminder.by,
        "at": to_micros(reminder.at),
        "text": reminder.text,
        "rrule": reminder.rrule,
        "direct": reminder.direct,
        "cancelled": reminder.cancelled,
    }


def _reminder(row: Row[Any], times: LocalTime) -> Reminder:
    return Reminder(
        number=row.number,
        by=PersonKey(row.by),
        at=times.at(row.at),
        text=row.text,
        rrule=row.rrule,
        direct=row.direct,
        cancelled=row.cancelled,
    )
