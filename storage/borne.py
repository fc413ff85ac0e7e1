"""What people were called in rooms, and since when: it outlives a new name, and their leaving."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, case, select

from circle.circles import CircleId
from storage.session import Inserting, Statements, per_dialect
from storage.tables.circles import circles
from storage.tables.mail import names_borne

_KEY: Final = ("room_id", "user_id", "name")
_BEAR: Final = per_dialect(
    lambda dialect_insert: dialect_insert(names_borne).on_conflict_do_nothing(index_elements=_KEY)
)
_IN_ROOM: Final = select(names_borne.c.user_id, names_borne.c.name, names_borne.c.since).where(
    names_borne.c.room_id == bindparam("room")
)


def _brought(insert: Inserting) -> Any:
    """The names of a circle's room, as borne in another; since the earlier of two instants."""
    new = insert(names_borne)
    kept, told = names_borne.c.since, new.excluded.since
    return new.from_select(
        ["room_id", "user_id", "name", "since"], _of_circle()
    ).on_conflict_do_update(
        index_elements=["room_id", "user_id", "name"],
        set_={"since": case((told < kept, told), else_=kept)},
    )


def _of_circle() -> Select[Any]:
    where = select(circles.c.room_id).where(circles.c.id == bindparam("circle"))
    named = names_borne.c.user_id, names_borne.c.name, names_borne.c.since
    return select(bindparam("into"), *named).where(names_borne.c.room_id == where.scalar_subquery())


_BRING: Final = per_dialect(_brought)


async def bear(session: Statements, room: str, names: Mapping[str, str], since: datetime) -> None:
    """These accounts are called so in that room, since that instant unless they were before."""
    rows = [
        {"room_id": room, "user_id": user, "name": name, "since": since}
        for user, name in names.items()
    ]
    await session.run(_BEAR, rows)


async def bring(session: Statements, circle: CircleId, room: str) -> None:
    """A circle moves into that room: what its people were called follows them."""
    await session.run(_BRING, {"circle": circle, "into": room})


async def names_in(session: Statements, room: str) -> list[tuple[str, str, datetime]]:
    """Who bears or bore which name there: account, name, and since when."""
    rows = await session.all(_IN_ROOM, {"room": room})
    return [(row.user_id, row.name, row.since) for row in rows]
