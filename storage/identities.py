"""An account taken out of what the program keeps by account: compared whole, never as text."""

from typing import Any, Final

import msgspec
from sqlalchemy import bindparam, select, update

from storage.session import Session
from storage.settings import new_key
from storage.tables.circles import circles, settings
from storage.tables.mail import rooms

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
    rooms.c.powers.contains(bindparam("user"))
)
_SET_POWERS: Final = (
    update(rooms).where(rooms.c.room_id == bindparam("which")).values(powers=bindparam("told"))
)


async def forget_account(session: Session, user: str) -> None:
    """Nobody of that account has powers in a room, or is taken for a bot there."""
    if not user:
        return
    for row in await session.all(_POWERS, {"user": user}):
        powers = _decoded(row.powers)
        if isinstance(powers, dict) and powers.pop(user, None) is not None:
            told = _encoded(powers)
            await session.run(_SET_POWERS, {"which": row.room_id, "told": told})
    for row in await session.all(_ROBOTS):
        robots = _decoded(row.value)
        if isinstance(robots, list) and user in robots:
            told = _encoded([one for one in robots if one != user])
            await session.run(_SET_ROBOTS, {"which": row.id, "told": told})
            await session.run(_RENEW, {"which": row.circle, "key": new_key()})


def _decoded(value: str) -> Any:
    """None for what does not decode: it is left as it is."""
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return None


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()
