"""Receipts: noted with the entry they prove, fetched afterwards, kept by their hash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import CircleId
from circle.people import PersonKey
from circle.ports import Receipts
from circle.receipts import Kept
from storage.accounts import NOBODY, is_others
from storage.engine import reading, writing
from storage.session import Session
from storage.settings import Settings
from storage.tables.receipts import receipts
from storage.times import to_micros

_ADD: Final = insert(receipts)
_KNOWN: Final = select(receipts.c.id).where(receipts.c.event_id == bindparam("event"))
_COUNT: Final = select(receipts.c.id).where(
    receipts.c.circle == bindparam("of_circle"), receipts.c.item == bindparam("of_item")
)
_OF_CIRCLE: Final = (
    select(receipts)
    .where(receipts.c.circle == bindparam("circle"))
    .order_by(receipts.c.item, receipts.c.id)
)
_WAITING: Final = (
    select(receipts.c.id, receipts.c.attachment)
    .where(receipts.c.sha256.is_(None), receipts.c.reason.is_(None), ~is_others(receipts.c.circle))
    .order_by(receipts.c.id)
    .limit(bindparam("most"))
)
_KEEP: Final = (
    update(receipts)
    .where(receipts.c.id == bindparam("which"))
    .values(sha256=bindparam("hash"), reason=bindparam("why"))
)
_PROVES: Final = select(receipts.c.id).where(receipts.c.sha256 == bindparam("hash"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A file sent for an entry. `attachment` is its description, as JSON."""

    item: int
    by: PersonKey
    at: datetime
    event_id: str
    name: str
    mimetype: str
    size: int
    attachment: str


class SqlReceipts(Receipts):
    """Receipts within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def add(self, circle: CircleId, receipt: Receipt) -> None:
        """Note a receipt; it is fetched later."""
        values = {
            "circle": circle,
            "item": receipt.item,
            "by": receipt.by,
            "at": to_micros(receipt.at),
            "event_id": receipt.event_id,
            "name": receipt.name,
            "mimetype": receipt.mimetype,
            "size": receipt.size,
            "attachment": receipt.attachment,
        }
        await self._session.run(_ADD, values)

    async def known(self, event_id: str) -> bool:
        """Whether this message was already noted as a receipt."""
        return await self._session.first(_KNOWN, {"event": event_id}) is not None

    async def count(self, circle: CircleId, item: int) -> int:
        """How many receipts an entry has."""
        return len(await self._session.all(_COUNT, {"of_circle": circle, "of_item": item}))

    async def of_circle(self, circle: CircleId) -> tuple[Kept, ...]:
        """Every receipt of the circle, by entry, in the order in which they came."""
        rows = await self._session.all(_OF_CIRCLE, {"circle": circle})
        times = await self._settings.times(circle)
        return tuple(
            Kept(
                item=row.item,
                at=times.at(row.at),
                name=row.name,
                mimetype=row.mimetype,
                size=row.size,
                sha256=row.sha256,
            )
            for row in rows
        )


class ReceiptQueue:
    """Receipts to fetch from circles that no other account has.

    Each call is a transaction of its own.
    """

    def __init__(self, engine: AsyncEngine, account: str = NOBODY) -> None:
        self._engine = engine
        self._account = account

    async def waiting(self, most: int) -> list[tuple[int, str]]:
        """The oldest receipts not fetched yet: row and description."""
        async with reading(self._engine) as connection:
            rows = await Session(connection).all(_WAITING, {"me": self._account, "most": most})
        return [(row.id, row.attachment) for row in rows]

    async def kept(self, row: int, sha256: str) -> bool:
        """The file is in the state directory, under this hash; whether it proves anything.

        Whoever sent it may have been forgotten meanwhile.
        """
        await self._end(row, sha256, None)
        async with reading(self._engine) as connection:
            return await Session(connection).first(_PROVES, {"hash": sha256}) is not None

    async def lost(self, row: int, reason: str) -> None:
        """The file cannot be had; it is not tried again."""
        await self._end(row, None, reason)

    async def _end(self, row: int, sha256: str | None, reason: str | None) -> None:
        async with writing(self._engine) as connection:
            values = {"which": row, "hash": sha256, "why": reason}
            await Session(connection).run(_KEEP, values)
