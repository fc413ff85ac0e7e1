"""Somebody taken out of what the program keeps by account or by key: compared whole, decoded."""

from dataclasses import replace
from typing import Any, Final

import msgspec
from sqlalchemy import bindparam, select, update

from circle.circles import CircleId
from circle.codev import Codev
from circle.people import PersonKey
from circle.rounds import CheckIn, Held
from circle.turns import Turns
from storage.coded import UNREADABLE, read_held
from storage.session import Statements
from storage.settings import new_key
from storage.tables.circles import circles, settings
from storage.tables.kinds import stored
from storage.tables.mail import rooms
from storage.tables.rounds import rounds

_ROBOTS: Final = select(settings.c.id, settings.c.circle, settings.c.value).where(
    settings.c.name == "robots"
)
_SET_ROBOTS: Final = (
    update(settings).where(settings.c.id == bindparam("which")).values(value=bindparam("told"))
)
_RENEW: Final = (
    update(circles).where(circles.c.id == bindparam("which")).values(settings_key=bindparam("key"))
)
_POWERS: Final = select(rooms.c.room_id, rooms.c.powers).where(
    stored(rooms.c.powers).contains(bindparam("user"))
)
_SET_POWERS: Final = (
    update(rooms).where(rooms.c.room_id == bindparam("which")).values(powers=bindparam("told"))
)
_ROUNDS: Final = select(rounds.c.kind, rounds.c.held).where(
    rounds.c.circle == bindparam("in_circle")
)
_SET_HELD: Final = (
    update(rounds)
    .where(rounds.c.circle == bindparam("in_circle"), rounds.c.kind == bindparam("of_kind"))
    .values(held=bindparam("told"))
)


async def forget_account(session: Statements, user: str) -> None:
    """Nobody of that account has powers in a room, or is taken for a bot there."""
    if not user:
        return
    for row in await session.all(_POWERS, {"user": user}):
        powers = {one: power for one, power in row.powers.items() if one != user}
        if powers != row.powers:
            await session.run(_SET_POWERS, {"which": row.room_id, "told": powers})
    for row in await session.all(_ROBOTS):
        robots = _decoded(row.value)
        if isinstance(robots, list) and user in robots:
            told = _encoded([one for one in robots if one != user])
            await session.run(_SET_ROBOTS, {"which": row.id, "told": told})
            await session.run(_RENEW, {"which": row.circle, "key": new_key()})


async def leave_rounds(session: Statements, circle: CircleId, person: PersonKey) -> None:
    """They wait, speak and said nothing any more in what goes on there."""
    for row in await session.all(_ROUNDS, {"in_circle": circle}):
        held = _held(row.kind, row.held)
        if held is not None and (left := _left(held, person)) != held:
            values = {"in_circle": circle, "of_kind": row.kind, "told": _encoded(left)}
            await session.run(_SET_HELD, values)


def _held(kind: str, value: str) -> Held | None:
    try:
        held: Held = read_held(kind, value)
    except UNREADABLE:
        return None
    return held


def _left(held: Held, person: PersonKey) -> Held:
    """Without them; a codevelopment session goes on, whoever keeps its frame or is helped in it."""
    match held:
        case Turns():
            left = held.left(person)
            return replace(left, spoken=tuple(key for key in left.spoken if key != person))
        case CheckIn():
            return replace(held, words=tuple(one for one in held.words if one.person != person))
        case Codev():
            return held.without_consultant(person)


def _decoded(value: str) -> Any:
    """None for what does not decode: it is left as it is."""
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return None


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()
