"""Sessions of meetings, and the points of their agendas."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update

from circle.circles import CircleId
from circle.ports import Sessions
from circle.sessions import Point, Session
from storage.mapping import Mapper
from storage.people import PERSON_COLUMNS, read_person
from storage.settings import UnitPart
from storage.tables.people import people, profiles
from storage.tables.sessions import agenda_points, sessions

_HERE: Final = sessions.c.circle == bindparam("circle")
_OPEN: Final = select(sessions).where(_HERE, sessions.c.closed_at.is_(None))
_LATEST: Final = select(sessions).where(_HERE).order_by(sessions.c.id.desc()).limit(1)
_OF_MEETING: Final = (
    select(sessions).where(_HERE, sessions.c.meeting == bindparam("number")).order_by(sessions.c.id)
)
_ADD: Final = insert(sessions).returning(sessions.c.id)
_CLOSE: Final = (
    update(sessions)
    .where(sessions.c.circle == bindparam("in_circle"), sessions.c.id == bindparam("which"))
    .values(closed_at=bindparam("at"), closed_by=bindparam("by"))
)
_ADD_POINT: Final = insert(agenda_points)
_WITHDRAW_POINT: Final = (
    update(agenda_points)
    .where(
        agenda_points.c.circle == bindparam("in_circle"),
        agenda_points.c.source == bindparam("because"),
        agenda_points.c.withdrawn.is_(False),
    )
    .values(withdrawn=True)
)
_POINTS: Final = (
    select(agenda_points, *PERSON_COLUMNS)
    .join(people, people.c.key == agenda_points.c.by)
    .outerjoin(profiles, profiles.c.person == people.c.key)
    .where(
        agenda_points.c.circle == bindparam("circle"),
        agenda_points.c.meeting == bindparam("number"),
        agenda_points.c.occurrence == bindparam("day"),
        agenda_points.c.withdrawn.is_(False),
    )
    .order_by(agenda_points.c.id)
)
_MOVE_POINTS: Final = (
    update(agenda_points)
    .where(
        agenda_points.c.circle == bindparam("in_circle"),
        agenda_points.c.meeting == bindparam("of_meeting"),
        agenda_points.c.occurrence == bindparam("from_day"),
    )
    .values(occurrence=bindparam("to_day"))
)
_CARRY_POINT: Final = (
    update(agenda_points)
    .where(
        agenda_points.c.circle == bindparam("in_circle"), agenda_points.c.id == bindparam("which")
    )
    .values(meeting=bindparam("to_meeting"), occurrence=bindparam("to_day"))
)


_SITTING: Final = Mapper(Session, sessions)
_POINT: Final = Mapper(Point, agenda_points)


class SqlSessions(UnitPart, Sessions):
    """Sessions within one transaction."""

    async def open(self, circle: CircleId) -> Session | None:
        """The session that is open in the circle."""
        return await self._one(circle, await self._session.all(_OPEN, {"circle": circle}))

    async def latest(self, circle: CircleId) -> Session | None:
        """The session opened last, open or not."""
        return await self._one(circle, await self._session.all(_LATEST, {"circle": circle}))

    async def of_meeting(self, circle: CircleId, number: int) -> tuple[Session, ...]:
        """The sessions of that meeting, those of all its occurrences."""
        rows = await self._session.all(_OF_MEETING, {"circle": circle, "number": number})
        return await self._read(circle, rows)

    async def add(self, circle: CircleId, session: Session) -> Session:
        """Open a session; the same with its `id`. IntegrityError while another one is open."""
        [row] = await self._session.all(_ADD, _SITTING.row(session, circle=circle))
        return replace(session, id=row.id)

    async def save(self, circle: CircleId, session: Session) -> None:
        """Write down by whom and when the session was closed."""
        closed = {"at": session.closed_at, "by": session.closed_by}
        values = {"in_circle": circle, "which": session.id, **closed}
        await self._session.run(_CLOSE, values)

    async def _one(self, circle: CircleId, rows: Sequence[Row[Any]]) -> Session | None:
        found = await self._read(circle, rows)
        return found[0] if found else None

    async def _read(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[Session, ...]:
        times = await self._settings.times(circle)
        return tuple(_SITTING.read(row, times) for row in rows)

    # Agendas

    async def add_point(self, circle: CircleId, point: Point) -> None:
        """Append a point; `source` is the event that said it."""
        await self._session.run(_ADD_POINT, _POINT.row(point, circle=circle, by=point.by.key))

    async def withdraw_point(self, circle: CircleId, source: str) -> bool:
        """Take back the point that event added; whether it did."""
        values = {"in_circle": circle, "because": source}
        return await self._session.run(_WITHDRAW_POINT, values) > 0

    async def points(self, circle: CircleId, number: int, occurrence: date) -> tuple[Point, ...]:
        """The points of an occurrence, in the order in which they were added."""
        values = {"circle": circle, "number": number, "day": occurrence}
        rows = await self._session.all(_POINTS, values)
        times = await self._settings.times(circle)
        return tuple(_POINT.read(row, times, by=read_person(row)) for row in rows)

    async def carry_point(
        self, circle: CircleId, point: Point, number: int, occurrence: date
    ) -> None:
        """A point read from the store goes to the agenda of another occurrence or meeting."""
        values = {
            "in_circle": circle,
            "which": point.id,
            "to_meeting": number,
            "to_day": occurrence,
        }
        await self._session.run(_CARRY_POINT, values)

    async def move_points(self, circle: CircleId, number: int, before: date, after: date) -> None:
        """The points of an occurrence follow it to another day."""
        values = {
            "in_circle": circle,
            "of_meeting": number,
            "from_day": before,
            "to_day": after,
        }
        await self._session.run(_MOVE_POINTS, values)
