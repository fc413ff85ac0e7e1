"""Where somebody is known, and as whom: their circles and rooms, and the names they bear there."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from circle.circles import CircleId
from circle.people import Person
from storage.naming import Names
from storage.scrubbing import Bearer
from storage.session import Session
from storage.tables.circles import circles, memberships
from storage.tables.mail import room_members
from storage.tables.people import people, profiles
from storage.times import day_of, to_micros

_CIRCLES: Final = (
    select(circles.c.id, circles.c.name, circles.c.room_id, memberships.c.since)
    .join(memberships, memberships.c.circle == circles.c.id)
    .where(memberships.c.person == bindparam("who"))
    .order_by(circles.c.id)
)
_BORNE: Final = select(room_members.c.user_id, room_members.c.name).where(
    room_members.c.room_id == bindparam("room")
)
_NAMED: Final = (
    select(profiles.c.name)
    .join(people, people.c.key == profiles.c.person)
    .where(people.c.named_in == bindparam("circle"))
)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as they are known in a circle, `called` so, and in its room."""

    room: str
    circle: CircleId
    called: str
    bearer: Bearer


async def known_in(session: Session, person: Person) -> tuple[Known, ...]:
    """Their circles, also those they left."""
    found = await session.all(_CIRCLES, {"who": person.key})
    return tuple([await _in_circle(session, row, person) for row in found])


def elsewhere(person: Person) -> Bearer:
    """Themselves where they bear no name: by their account alone."""
    return _bearer(person, Names(person.matrix_id or "", {}))


async def _in_circle(session: Session, row: Row[Any], person: Person) -> Known:
    user = person.matrix_id or ""
    here = await session.all(_BORNE, {"room": row.room_id})
    since = to_micros(datetime.combine(day_of(row.since), time(), tzinfo=UTC))
    borne = {one.name: since for one in here if one.user_id == user} or {person.name: since}
    others = {one.name for one in here if one.user_id != user}
    others |= {one.name for one in await session.all(_NAMED, {"circle": row.id})}
    bearer = _bearer(person, Names(user, borne, others))
    return Known(row.room_id, CircleId(row.id), row.name, bearer)


def _bearer(person: Person, names: Names) -> Bearer:
    return Bearer(person.key, names, person.key[:6])
