"""How much waits in the store: what was heard, what is to be said, what should have happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.time import from_ms
from storage.accounts import is_others
from storage.engine import reading
from storage.session import Statements
from storage.tables.mail import inbox, outbox
from storage.tables.meetings import jobs

_HEARD: Final = (inbox.c.finished.is_(False), inbox.c.account == bindparam("me"))
_GIVEN_UP: Final = (inbox.c.reference.is_not(None), inbox.c.account == bindparam("me"))
_TO_SAY: Final = (outbox.c.finished.is_(False), outbox.c.account == bindparam("me"))
_WAITING: Final = select(
    select(func.count()).select_from(inbox).where(*_HEARD).scalar_subquery().label("inbox"),
    select(func.min(inbox.c.at_ms)).where(*_HEARD).scalar_subquery().label("heard_ms"),
    select(func.count()).select_from(inbox).where(*_GIVEN_UP).scalar_subquery().label("given_up"),
    select(func.count()).select_from(outbox).where(*_TO_SAY).scalar_subquery().label("outbox"),
    select(func.min(outbox.c.row)).where(*_TO_SAY).scalar_subquery().label("first"),
    select(func.count())
    .select_from(jobs)
    .where(jobs.c.done.is_(False), ~is_others(jobs.c.circle), jobs.c.due < bindparam("before"))
    .scalar_subquery()
    .label("late"),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts of one account.

    `heard_at`: when the oldest event not handled was said; `first`: the row of the letter that
    has waited longest; `given_up`: events, since ever, that could be neither handled nor refused.
    """

    inbox: int
    outbox: int
    jobs_late: int
    heard_at: datetime | None = None
    first: int | None = None
    given_up: int = 0


async def waiting(engine: AsyncEngine, account: str, late_before: datetime) -> Waiting:
    """What waits; jobs due before that instant (zone-aware) are late."""
    async with reading(engine) as connection:
        values = {"me": account, "before": late_before}
        row = await Statements(connection).first(_WAITING, values)
    if row is None:
        raise LookupError("a count always has a row")
    heard = None if row.heard_ms is None else from_ms(row.heard_ms)
    return Waiting(row.inbox, row.outbox, row.late, heard, row.first, row.given_up)
