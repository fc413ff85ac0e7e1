"""What an older program computed at each reading, and is now written down once.

Each part says by itself what is still to be done, so that it goes on where it was interrupted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from circle.attributed_before import Spending
from circle.attribution import Attribution
from circle.circles import CircleId
from circle.time import Days
from storage.mapping import Mapper
from storage.settings import UnitPart
from storage.tables.actions import actions
from storage.tables.ledger import (
    WAITS,
    attributing,
    attributions,
    entries,
    entry_periods,
    items,
    spendings,
)

# In no order: so their own index is read, which is short, not the whole ledger.
_UNREAD: Final = (
    select(entries.c.id, entries.c.circle, entries.c.at, entries.c.period)
    .outerjoin(entry_periods, entry_periods.c.entry == entries.c.id)
    .where(entries.c.item.is_(None), entries.c.period.is_not(None), entry_periods.c.entry.is_(None))
)
_WITHOUT_DAYS: Final = (
    select(entries.c.circle)
    .select_from(entry_periods)
    .join(entries, entries.c.id == entry_periods.c.entry)
    .where(entry_periods.c.since.is_(None))
)
_KEEP: Final = insert(entry_periods)
_TO_DO: Final = (
    select(attributing.c.circle)
    .where(attributing.c.done_at.is_(None))
    .order_by(attributing.c.circle)
)
_DONE: Final = (
    update(attributing)
    .where(attributing.c.circle == bindparam("which"))
    .values(done_at=bindparam("now"))
)
_LEFT_OVER: Final = (
    select(
        spendings.c.item,
        (spendings.c.regulated - spendings.c.attributed).label("cents"),
        spendings.c.decided,
        entries.c.at,
        items.c.paid,
        actions.c.workstream,
    )
    .join(entries, entries.c.id == spendings.c.decided)
    .join(items, (items.c.circle == spendings.c.circle) & (items.c.number == spendings.c.item))
    .outerjoin(actions, (actions.c.circle == items.c.circle) & (actions.c.number == items.c.action))
    .where(spendings.c.circle == bindparam("circle"), WAITS)
    .order_by(spendings.c.decided)
)
_ATTRIBUTE: Final = insert(attributions)
_ATTRIBUTION: Final = Mapper(Attribution, attributions)


@dataclass(frozen=True, slots=True)
class TypedPeriod:
    """The words of an envelope's period, and when they were typed, in the circle's zone."""

    entry: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What was decided and is attributed to nothing: of which decision (its entry, when), paid."""

    spending: Spending
    decided: int
    at: datetime
    paid: bool


class Rereading(UnitPart):
    """What is read once of what an older program wrote, within one transaction."""

    async def unread_periods(self) -> tuple[TypedPeriod, ...]:
        """The words of periods that nobody has read into days yet."""
        rows = await self._session.all(_UNREAD)
        times = await self._settings.times_of({CircleId(row.circle) for row in rows})
        return tuple(TypedPeriod(row.id, row.period, times[row.circle].at(row.at)) for row in rows)

    async def circles_without_days(self) -> tuple[CircleId, ...]:
        """Those with an envelope whose period was read and tells no days."""
        rows = await self._session.all(_WITHOUT_DAYS)
        return tuple(sorted({CircleId(row.circle) for row in rows}))

    async def to_attribute(self) -> tuple[CircleId, ...]:
        """The circles in which that is still to be done."""
        return tuple(CircleId(row.circle) for row in await self._session.all(_TO_DO))

    async def left_over(self, circle: CircleId) -> tuple[LeftOver, ...]:
        """What is to be attributed there, in the order of the first decisions."""
        rows = await self._session.all(_LEFT_OVER, {"circle": circle})
        times = await self._settings.times(circle)
        return tuple(
            LeftOver(
                Spending(row.item, row.workstream, row.cents),
                row.decided,
                times.at(row.at),
                row.paid,
            )
            for row in rows
        )

    async def attribute(self, circle: CircleId, rows: Sequence[Attribution], now: datetime) -> None:
        """Write it down: it is done, at that instant."""
        told = [_ATTRIBUTION.row(one, circle=circle) for one in rows]
        await self._session.run(_ATTRIBUTE, told)
        await self._session.run(_DONE, {"which": circle, "now": now})

    async def keep_periods(self, read: Mapping[int, Days | None]) -> None:
        """Keep the days that the words of these entries tell; None: they tell none."""
        rows = [
            {"entry": entry, "since": days and days.since, "until": days and days.until}
            for entry, days in read.items()
        ]
        await self._session.run(_KEEP, rows)
