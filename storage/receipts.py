"""Receipts: noted with the entry they prove, fetched afterwards, kept by their hash."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import BigInteger, bindparam, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import CircleId
from circle.people import PersonKey
from circle.ports import Receipts
from circle.receipts import Kept, Usage
from storage.accounts import NOBODY, is_others
from storage.engine import reading, writing
from storage.mapping import Mapper
from storage.session import Statements
from storage.settings import UnitPart
from storage.tables.receipts import discarded, receipts
from storage.times import from_micros, to_micros

_OVER_A_MONTH: Final = timedelta(days=32)
_LEAST_TIME: Final = timedelta(microseconds=1)
_NOTHING: Final = Usage(entry=0, month=0, circle=0)
LEAST: Final = 500_000
"""Bytes that a receipt counts for until it is there: what a message says of its file is a word."""

_ADD: Final = insert(receipts)
_OF_EVENT: Final = select(receipts).where(receipts.c.event_id == bindparam("event"))
_OF_CIRCLE: Final = (
    select(receipts)
    .where(receipts.c.circle == bindparam("circle"))
    .order_by(receipts.c.item, receipts.c.id)
)
_unended: Final = receipts.c.sha256.is_(None) & receipts.c.reason.is_(None)
_OURS: Final = ~is_others(receipts.c.circle)
_DUE: Final = (
    select(receipts)
    .where(_unended, _OURS, receipts.c.due <= bindparam("now"))
    .order_by(receipts.c.attempts, receipts.c.id)
    .limit(bindparam("most"))
)
_NEXT: Final = select(func.min(receipts.c.due).label("due")).where(
    _unended, _OURS, receipts.c.due > bindparam("now")
)
_LATER: Final = (
    update(receipts)
    .where(receipts.c.id == bindparam("which"), _unended)
    .values(due=bindparam("then"), attempts=bindparam("tried"))
)
_END: Final = (
    update(receipts)
    .where(receipts.c.id == bindparam("which"), _unended)
    .values(
        sha256=bindparam("hash"),
        size=func.coalesce(bindparam("bytes", type_=BigInteger), receipts.c.size),
        reason=bindparam("why"),
    )
)
_PROVING: Final = select(receipts.c.sha256).where(
    receipts.c.sha256.in_(bindparam("hashes", expanding=True))
)
_REMOVE: Final = delete(receipts).where(receipts.c.id == bindparam("which"))
_DISCARD: Final = insert(discarded)
_DISCARDED: Final = (
    select(discarded.c.id, discarded.c.sha256)
    .where(~is_others(discarded.c.circle))
    .order_by(discarded.c.id)
)
_FORGET: Final = delete(discarded).where(discarded.c.id == bindparam("which"))

# Of what is kept or still to come, but one receipt.
_counted: Final = case(
    (receipts.c.sha256.is_not(None), receipts.c.size),
    (receipts.c.size < LEAST, LEAST),
    else_=receipts.c.size,
)
_bytes: Final = func.coalesce(func.sum(_counted), 0)
_beside: Final = receipts.c.reason.is_(None) & (receipts.c.id != bindparam("but"))
_of_circle: Final = receipts.c.circle == bindparam("of_circle")
_of_month: Final = receipts.c.at.between(bindparam("since"), bindparam("until"))
_USAGE: Final = select(
    select(func.count())
    .where(_beside, _of_circle, receipts.c.item == bindparam("of_item"))
    .scalar_subquery()
    .label("entry"),
    select(_bytes)
    .where(_beside, receipts.c.by == bindparam("who"), _of_month)
    .scalar_subquery()
    .label("month"),
    select(_bytes).where(_beside, _of_circle).scalar_subquery().label("circle"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A file sent for an entry. `attachment` is its description, as JSON.

    `row` is None until it is noted; `attempts`: how often it was fetched in vain; `sha256` is None
    until it is kept.
    """

    item: int
    by: PersonKey
    at: datetime
    event_id: str
    name: str
    mimetype: str
    size: int
    attachment: str
    circle: CircleId | None = None
    row: int | None = None
    attempts: int = 0
    sha256: str | None = None


_RECEIPT: Final = Mapper(Receipt, receipts, renamed={"row": "id"})
_KEPT: Final = Mapper(Kept, receipts)


class SqlReceipts(UnitPart, Receipts):
    """Receipts within one transaction."""

    async def add(self, circle: CircleId, receipt: Receipt) -> None:
        """Note a receipt; it is fetched later."""
        noted = {"circle": circle, "attempts": 0, "sha256": None}
        await self._session.run(_ADD, _RECEIPT.row(receipt, **noted))

    async def of_event(self, event_id: str) -> Receipt | None:
        """What this message sent as a receipt."""
        row = await self._session.first(_OF_EVENT, {"event": event_id})
        return _RECEIPT.read(row) if row else None

    async def usage(self, circle: CircleId, receipt: Receipt) -> Usage:
        """What there is beside this receipt, noted or not; the month is that of its instant."""
        times = await self._settings.times(circle)
        since, until = _month(times.at(receipt.at))
        values = {
            "but": receipt.row or 0,
            "of_circle": circle,
            "of_item": receipt.item,
            "who": receipt.by,
            "since": since,
            "until": until - _LEAST_TIME,
        }
        row = await self._session.first(_USAGE, values)
        return Usage(entry=row.entry, month=row.month, circle=row.circle) if row else _NOTHING

    async def keep(self, row: int, sha256: str, size: int) -> bool:
        """It is in the state directory; False where it was taken back or forgotten meanwhile."""
        return await self._end(row, sha256, size, None)

    async def lose(self, row: int, reason: str) -> bool:
        """It is not tried again; False where it was taken back or forgotten meanwhile."""
        return await self._end(row, None, None, reason)

    async def later(self, row: int, due: datetime, attempts: int) -> None:
        """It is tried again then, after so many attempts in vain."""
        await self._session.run(_LATER, {"which": row, "then": to_micros(due), "tried": attempts})

    async def remove(self, receipt: Receipt) -> None:
        """It was taken back: its file is to be deleted, unless it proves something else."""
        await self._session.run(_REMOVE, {"which": receipt.row})
        if receipt.sha256 is not None:
            values = {"circle": receipt.circle, "sha256": receipt.sha256}
            await self._session.run(_DISCARD, values)

    async def of_circle(self, circle: CircleId) -> tuple[Kept, ...]:
        """Every receipt of the circle, by entry, in the order in which they came."""
        rows = await self._session.all(_OF_CIRCLE, {"circle": circle})
        times = await self._settings.times(circle)
        return tuple(_KEPT.read(row, times) for row in rows)

    async def _end(
        self, row: int, sha256: str | None, size: int | None, reason: str | None
    ) -> bool:
        values = {"which": row, "hash": sha256, "bytes": size, "why": reason}
        return await self._session.run(_END, values) == 1


class ReceiptQueue:
    """Receipts to fetch from circles that no other account has, and files to delete.

    Each call is a transaction of its own. Instants are zone-aware.
    """

    def __init__(self, engine: AsyncEngine, account: str = NOBODY) -> None:
        self._engine = engine
        self._account = account

    async def due(self, now: datetime, most: int) -> list[Receipt]:
        """Those to fetch by now: what was never tried first, then in the order they came."""
        values = {"me": self._account, "now": to_micros(now), "most": most}
        async with reading(self._engine) as connection:
            rows = await Statements(connection).all(_DUE, values)
        return [_RECEIPT.read(row) for row in rows]

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next of those that are not due yet will be."""
        values = {"me": self._account, "now": to_micros(now)}
        async with reading(self._engine) as connection:
            row = await Statements(connection).first(_NEXT, values)
        return from_micros(row.due, UTC) if row and row.due is not None else None

    async def proving(self, hashes: Collection[str]) -> set[str]:
        """Of these files, those that still prove something."""
        async with reading(self._engine) as connection:
            rows = await Statements(connection).all(_PROVING, {"hashes": sorted(hashes)})
        return {row.sha256 for row in rows}

    async def discarded(self) -> list[tuple[int, str]]:
        """Files of receipts that were taken back: row and hash."""
        async with reading(self._engine) as connection:
            rows = await Statements(connection).all(_DISCARDED, {"me": self._account})
        return [(row.id, row.sha256) for row in rows]

    async def deleted(self, rows: Collection[int]) -> None:
        """These are done with."""
        async with writing(self._engine) as connection:
            await Statements(connection).run(_FORGET, [{"which": row} for row in rows])


def _month(at: datetime) -> tuple[datetime, datetime]:
    """The first instant of the calendar month, in the zone of `at`, and that of the next one."""
    since = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return since, (since + _OVER_A_MONTH).replace(day=1)
