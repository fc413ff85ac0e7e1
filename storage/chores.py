"""What is done once a day, whichever process does it; and what an erasure left to do."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.time import DAY, to_ms
from storage.engine import reading, writing
from storage.inbox import PURGE
from storage.prompts import FORGET
from storage.session import Statements, per_dialect
from storage.sqlite.files import compact
from storage.tables.keeping import chores, erasures

MESSAGES: Final = "messages"

_CLAIM: Final = per_dialect(
    lambda dialect_insert: (
        dialect_insert(chores)
        .values(name=bindparam("chore"), done_at=bindparam("now"))
        .on_conflict_do_update(
            index_elements=["name"],
            set_={"done_at": bindparam("now")},
            where=chores.c.done_at <= bindparam("latest"),
        )
        .returning(chores.c.name)
    )
)
_DONE: Final = select(chores.c.done_at).where(chores.c.name == bindparam("chore"))
_LEFT: Final = select(erasures.c.id, erasures.c.files).where(erasures.c.finished_at.is_(None))
_FINISH: Final = (
    update(erasures)
    .where(erasures.c.id == bindparam("which"))
    .values(finished_at=bindparam("now"), files=())
)


class Chores:
    """Daily work, each call a transaction of its own. Instants are zone-aware."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def purge_messages(self, now: datetime, older_than: timedelta) -> int | None:
        """Drop what was in finished messages older than that: how many; None if done today."""
        values = {"chore": MESSAGES, "now": now, "latest": now - DAY}
        before = to_ms(now - older_than)
        async with writing(self._engine) as connection:
            session = Statements(connection)
            if not await session.all(_CLAIM, values):
                return None
            await session.run(FORGET, {"before": now - older_than})
            return await session.run(PURGE, {"before": before})

    async def last(self, chore: str) -> datetime | None:
        """When it was last done; None if never."""
        async with reading(self._engine) as connection:
            row = await Statements(connection).first(_DONE, {"chore": chore})
        return row.done_at if row else None

    async def left_by_erasures(self) -> list[tuple[int, list[str]]]:
        """The erasures whose end is still to do: row, and the hashes of files to delete."""
        async with reading(self._engine) as connection:
            rows = await Statements(connection).all(_LEFT)
        return [(row.id, list(row.files)) for row in rows]

    async def finish_erasure(self, row: int, now: datetime) -> None:
        """Nothing more is to be done for it."""
        async with writing(self._engine) as connection:
            await Statements(connection).run(_FINISH, {"which": row, "now": now})

    async def compact(self) -> bool:
        """Leave nothing of deleted rows in the files of a SQLite database; whether it is done.

        SQLite only marks their place as free. PostgreSQL takes it back by itself, in time.
        """
        file = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or file in {None, "", ":memory:"}:
            return True
        return await asyncio.to_thread(compact, Path(str(file)))
