"""Entries, appended for ever, each with the item it tells of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Row, bindparam, insert, select

from circle.circles import CircleId
from circle.entries import Declared, Entry, ItemEntry
from circle.life import is_balanced
from circle.ports import E
from storage.ledger.attributing import Attributing
from storage.ledger.rows import (
    PERIOD,
    entry_row,
    item_row,
    period_row,
    read_entry,
    read_item_entry,
)
from storage.session import Statement, Values, upsert, within
from storage.tables.ledger import entries, entry_periods, entry_texts, items
from storage.times import LocalTime

T = TypeVar("T")

_ENTRIES: Final = (
    select(entries, entry_texts.c.what, *PERIOD)
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .outerjoin(entry_periods, entry_periods.c.entry == entries.c.id)
    .where(entries.c.circle == bindparam("circle"))
)
_WRITTEN: Final = _ENTRIES.order_by(entries.c.id)
_APPEND: Final = insert(entries).returning(entries.c.id)
_APPEND_TEXT: Final = insert(entry_texts)
_APPEND_PERIOD: Final = insert(entry_periods)
_SAVE_ITEM: Final = upsert(items, "circle", "number")
_OF_ITEM: Final = _WRITTEN.where(entries.c.item == bindparam("item"))
_OF_SESSION: Final = _WRITTEN.where(entries.c.session == bindparam("session"))
_LATEST: Final = _ENTRIES.order_by(entries.c.at.desc(), entries.c.id.desc()).limit(
    bindparam("most")
)


class Entries(Attributing):
    """The entries of circles."""

    async def append(self, circle: CircleId, entry: E) -> E:
        """Write an entry, for ever; the same with its `id`. What it attributes is written with it.

        ValueError if it tells of an item that no entry declares, if the item's postings would no
        longer sum up to what it weighs, or if it corrects an entry of something else.
        IntegrityError if the item is decided, invoiced or paid already, or the entry corrected,
        or if an envelope would be granted less than it holds.
        """
        rows = await self._session.all(_APPEND, entry_row(circle, entry))
        written = replace(entry, id=rows[0].id)
        if entry.what:
            await self._session.run(_APPEND_TEXT, {"entry": written.id, "what": entry.what})
        if isinstance(written, ItemEntry):
            await self._retell(circle, written)
        elif written.event.period:
            await self._session.run(_APPEND_PERIOD, period_row(written))
        await self._attribute(circle, written)
        return written

    async def _retell(self, circle: CircleId, entry: ItemEntry) -> None:
        """Keep the item's row in step with its entries."""
        declares = isinstance(entry.event, Declared)
        told = (entry,) if declares else await self.history(circle, entry.item)
        if not is_balanced(told):
            raise ValueError(f"the postings of entry {entry.id} are not those of its item")
        if entry.corrects is not None and entry.corrects not in {one.id for one in told}:
            raise ValueError(f"entry {entry.id} corrects nothing of its item")
        await self._session.run(_SAVE_ITEM, item_row(circle, told))

    async def history(self, circle: CircleId, number: int) -> tuple[ItemEntry, ...]:
        """Every entry that tells of that item."""
        return await self._entries(read_item_entry, circle, _OF_ITEM, {"item": number})

    async def of_session(self, circle: CircleId, session: int) -> tuple[ItemEntry, ...]:
        """Every entry written in that session."""
        return await self._entries(read_item_entry, circle, _OF_SESSION, {"session": session})

    async def latest(self, circle: CircleId, limit: int) -> tuple[Entry, ...]:
        """The last entries, latest first."""
        return await self._entries(read_entry, circle, _LATEST, {"most": limit})

    async def between(
        self, circle: CircleId, since: datetime | None, until: datetime | None
    ) -> tuple[Entry, ...]:
        """The entries written from `since` on, before `until`, in the order of writing."""
        found = _WRITTEN.where(*within(entries.c.at, since, until))
        return await self._entries(read_entry, circle, found, {})

    async def _entries(
        self,
        read: Callable[[Row[Any], LocalTime], T],
        circle: CircleId,
        statement: Statement,
        values: Values,
    ) -> tuple[T, ...]:
        rows = await self._session.all(statement, {**values, "circle": circle})
        times = await self._settings.times(circle)
        return tuple(read(row, times) for row in rows)
