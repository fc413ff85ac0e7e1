"""Whoever is in a circle's room is of the circle: people become known as they arrive."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select, update

from circle.circles import CircleId
from circle.people import PersonKey, Role
from storage.borne import bring
from storage.people import ADD_PERSON, ADD_PROFILE, new_person
from storage.session import Statements, per_dialect
from storage.tables.circles import circles, memberships
from storage.tables.mail import room_members
from storage.tables.people import profiles

_IN_ROOM: Final = select(room_members.c.user_id, room_members.c.name).where(
    room_members.c.room_id == bindparam("room")
)
_KNOWN: Final = select(profiles.c.matrix_id, profiles.c.person, profiles.c.name).where(
    profiles.c.matrix_id.in_(bindparam("users", expanding=True))
)
_MOVE: Final = (
    update(circles)
    .where(circles.c.id == bindparam("which"))
    .values(room_id=bindparam("room"))
    .returning(circles.c.created_at)
)
_RENAME: Final = (
    update(profiles)
    .where(profiles.c.matrix_id == bindparam("user"))
    .values(name=bindparam("called"))
)
_WELCOME: Final = per_dialect(
    lambda dialect_insert: dialect_insert(memberships).on_conflict_do_nothing(
        index_elements=["circle", "person"]
    )
)
# SQLite takes at most some thousands of values in one statement.
_BATCH: Final = 500


async def welcome_room(session: Statements, circle: CircleId, room_id: str, day: date) -> None:
    """Make everybody in that room a participant of the circle, who was not of it before."""
    rows = await session.all(_IN_ROOM, {"room": room_id})
    await welcome(session, circle, {row.user_id: row.name for row in rows}, day)


async def welcome(
    session: Statements, circle: CircleId, names: Mapping[str, str], day: date
) -> None:
    """Make these accounts participants of the circle since that day, unless they are of it."""
    users = sorted(names)
    for start in range(0, len(users), _BATCH):
        batch = {user: names[user] for user in users[start : start + _BATCH]}
        keys = await _known(session, batch)
        await session.run(_WELCOME, [_participant(circle, key, day) for key in keys])


async def _known(session: Statements, names: Mapping[str, str]) -> list[PersonKey]:
    """The keys of these accounts, made known or renamed as needed."""
    found = {row.matrix_id: row for row in await session.all(_KNOWN, {"users": list(names)})}
    renamed = [user for user, row in found.items() if row.name != names[user]]
    if renamed:
        await session.run(_RENAME, [{"user": u, "called": names[u]} for u in renamed])
    keys = [PersonKey(row.person) for row in found.values()]
    new = {user: name for user, name in names.items() if user not in found}
    return keys + (await _meet(session, new) if new else [])


async def _meet(session: Statements, names: Mapping[str, str]) -> list[PersonKey]:
    keys = {user: new_person() for user in names}
    await session.run(ADD_PERSON, [_person(key) for key in keys.values()])
    await session.run(ADD_PROFILE, [_profile(keys[u], u, name) for u, name in names.items()])
    # Read again: another bot may have met one of them at the same instant.
    return [PersonKey(row.person) for row in await session.all(_KNOWN, {"users": list(names)})]


async def move_circle(session: Statements, circle: CircleId, room_id: str) -> None:
    """The circle lives in that room from now on; whoever is already there is of it."""
    await bring(session, circle, room_id)
    row = await session.first(_MOVE, {"which": circle, "room": room_id})
    if row is None:
        raise LookupError(f"no circle {circle}")
    await welcome_room(session, circle, room_id, row.created_at.date())


def _person(key: PersonKey) -> dict[str, object]:
    return {"key": key, "structure": False, "named_in": None}


def _profile(key: PersonKey, user: str, name: str) -> dict[str, object]:
    return {"person": key, "name": name, "matrix_id": user, "language": None}


def _participant(circle: CircleId, key: PersonKey, day: date) -> dict[str, object]:
    return {
        "circle": circle,
        "person": key,
        "role": Role.PARTICIPANT,
        "since": day,
        "until": None,
    }
