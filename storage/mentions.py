"""How many times a person was mentioned in a room on a day: a row each, begun anew every day."""

from datetime import date
from typing import Final

from sqlalchemy import Executable, bindparam, case

from storage.session import Inserting, Statements, per_dialect
from storage.tables.mail import mentions


def _one_more(dialect_insert: Inserting) -> Executable:
    first = dialect_insert(mentions).values(
        room_id=bindparam("room"), user_id=bindparam("user"), day=bindparam("today"), times=1
    )
    same = mentions.c.day == first.excluded.day
    more = {"day": first.excluded.day, "times": case((same, mentions.c.times + 1), else_=1)}
    counted = first.on_conflict_do_update(index_elements=["room_id", "user_id"], set_=more)
    one: Executable = counted.returning(mentions.c.times)
    return one


_COUNT: Final = per_dialect(_one_more)


class Mentions:
    """The counts, within one transaction."""

    def __init__(self, session: Statements) -> None:
        self._session = session

    async def count(self, room_id: str, user_id: str, day: date) -> int:
        """One more mention of somebody in a room; how many that makes on that day."""
        values = {"room": room_id, "user": user_id, "today": day}
        [row] = await self._session.all(_COUNT, values)
        return int(row.times)
