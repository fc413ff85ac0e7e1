"""Where somebody is known, and as whom: their circles and rooms, and the names they bear there."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, bindparam, or_, select

from circle.circles import CircleId
from circle.people import Person
from storage.borne import names_in
from storage.personal.naming import Names
from storage.personal.scrubbing import Bearer
from storage.session import Statements
from storage.tables.circles import circles, memberships
from storage.tables.mail import names_borne
from storage.tables.people import people, profiles

MOST: Final = 100
"""As many of their names in a circle are looked for, the latest first."""

_CIRCLES: Final = (
    select(circles.c.id, circles.c.name, circles.c.room_id)
    .where(
        or_(
            circles.c.id.in_(
                select(memberships.c.circle).where(memberships.c.person == bindparam("who"))
            ),
            circles.c.room_id.in_(
                select(names_borne.c.room_id).where(names_borne.c.user_id == bindparam("user"))
            ),
        )
    )
    .order_by(circles.c.id)
)
_NAMED: Final = (
    select(profiles.c.name)
    .join(people, people.c.key == profiles.c.person)
    .where(people.c.named_in == bindparam("circle"))
)


@dataclass(frozen=True, slots=True)
class KnownBearer:
    """Somebody as they are known in a circle, `called` so, and in its room."""

    room: str
    circle: CircleId
    called: str
    bearer: Bearer


async def known_in(session: Statements, person: Person) -> tuple[KnownBearer, ...]:
    """Their circles, also those they left."""
    who = {"who": person.key, "user": person.matrix_id or ""}
    found = await session.all(_CIRCLES, who)
    return tuple([await _in_circle(session, row, person) for row in found])


def elsewhere(person: Person) -> Bearer:
    """Themselves where they bear no name: by their account alone."""
    return _bearer(person, Names(person.matrix_id or "", {}))


async def _in_circle(session: Statements, row: Row[Any], person: Person) -> KnownBearer:
    user = person.matrix_id or ""
    here = await names_in(session, row.room_id)
    mine = sorted(((since, name) for who, name, since in here if who == user), reverse=True)
    borne = {name: since for since, name in mine[:MOST]}
    others = {name for who, name, _ in here if who != user}
    others |= {one.name for one in await session.all(_NAMED, {"circle": row.id})}
    bearer = _bearer(person, Names(user, borne, others))
    return KnownBearer(row.room_id, CircleId(row.id), row.name, bearer)


def _bearer(person: Person, names: Names) -> Bearer:
    return Bearer(person.key, names, person.key[:6])
