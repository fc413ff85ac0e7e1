"""The ledger: entries appended, figures summed from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select

from circle.circles import CircleId
from circle.envelopes import Envelope, Spending, fold_envelopes
from circle.figures import Commitment
from circle.ledger import Entry, EntryKind, Item, Postings
from circle.life import is_balanced
from circle.people import PersonKey
from circle.ports import Effort, ItemFilter, ItemTotals, Ledger
from storage.entries import entry_row, item_row, read_entry, read_item
from storage.ledger_statements import (
    APPEND,
    APPEND_TEXT,
    BALANCE,
    BY_DAY,
    COMMITMENTS,
    EFFORT,
    ENTRIES,
    ENVELOPES,
    ITEM,
    ITEMS,
    LATEST,
    MANY,
    OF_ITEM,
    OF_SESSION,
    REGULATED_BY_ACTION,
    REGULATED_BY_VOTE,
    SAVE_ITEM,
    SPENDINGS,
    SPOKEN_OF,
    SUM_ITEMS,
    SUMS,
    WAITING_NOW,
)
from storage.session import Session, Statement, Values, within
from storage.settings import Settings
from storage.tables.ledger import entries, items


class SqlLedger(Ledger):
    """The ledger within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def append(self, circle: CircleId, entry: Entry) -> Entry:
        """Write an entry, for ever; the same with its `id`.

        ValueError if it tells of an item that no entry declares, if the item's postings would no
        longer sum up to what it weighs, or if it corrects an entry of something else.
        IntegrityError if the item is decided, invoiced or paid already, or the entry corrected.
        """
        rows = await self._session.all(APPEND, entry_row(circle, entry))
        written = replace(entry, id=rows[0].id)
        if entry.what:
            await self._session.run(APPEND_TEXT, {"entry": written.id, "what": entry.what})
        if entry.item is not None:
            await self._retell(circle, written)
        return written

    async def _retell(self, circle: CircleId, entry: Entry) -> None:
        """Keep the item's row in step with its entries."""
        declares = entry.kind is EntryKind.DECLARED
        told = (entry,) if declares else await self.history(circle, entry.item or 0)
        if not is_balanced(told):
            raise ValueError(f"the postings of entry {entry.id} are not those of its item")
        if entry.corrects is not None and entry.corrects not in {one.id for one in told}:
            raise ValueError(f"entry {entry.id} corrects nothing of its item")
        await self._session.run(SAVE_ITEM, item_row(circle, told))

    async def history(self, circle: CircleId, number: int) -> tuple[Entry, ...]:
        """Every entry that tells of that item."""
        return await self._entries(circle, OF_ITEM, {"item": number})

    async def of_session(self, circle: CircleId, session: int) -> tuple[Entry, ...]:
        """Every entry written in that session."""
        return await self._entries(circle, OF_SESSION, {"session": session})

    async def _entries(
        self, circle: CircleId, statement: Statement, values: Values
    ) -> tuple[Entry, ...]:
        rows = await self._session.all(statement, {**values, "circle": circle})
        times = await self._settings.times(circle)
        return tuple(read_entry(row, times) for row in rows)

    async def item(self, circle: CircleId, number: int) -> Item | None:
        """That contribution or expense of the circle."""
        values = {"circle": circle, "number": number}
        found = await self._read(circle, await self._session.all(ITEM, values))
        return found[0] if found else None

    async def many(self, circle: CircleId, numbers: Collection[int]) -> Mapping[int, Item]:
        """Those of these contributions and expenses that there are, by number."""
        if not numbers:
            return {}
        rows = await self._session.all(MANY, {"circle": circle, "numbers": sorted(numbers)})
        return {one.number: one for one in await self._read(circle, rows)}

    async def _read(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[Item, ...]:
        times = await self._settings.times(circle)
        return tuple(read_item(row, times) for row in rows)

    async def items(
        self, circle: CircleId, which: ItemFilter, limit: int | None = None, offset: int = 0
    ) -> tuple[Item, ...]:
        """A page of those items, by number; without a limit, all of them."""
        conditions, values = _matching(which)
        page = ITEMS.where(*conditions).order_by(items.c.number)
        found = page.limit(limit).offset(offset or None)
        return await self._read(
            circle, await self._session.all(found, {**values, "circle": circle})
        )

    async def count_items(self, circle: CircleId, which: ItemFilter) -> int:
        """How many there are."""
        conditions, values = _matching(which)
        here = items.c.circle == bindparam("circle")
        counted = select(func.count()).select_from(items).where(here, *conditions)
        row = await self._session.first(counted, {**values, "circle": circle})
        return int(row[0]) if row else 0

    async def sum_items(self, circle: CircleId, which: ItemFilter) -> ItemTotals:
        """What those items sum up to."""
        conditions, values = _matching(which)
        [row] = await self._session.all(SUM_ITEMS.where(*conditions), {**values, "circle": circle})
        return ItemTotals(*(int(figure) for figure in row))

    async def latest(self, circle: CircleId, limit: int) -> tuple[Entry, ...]:
        """The last entries, latest first."""
        return await self._entries(circle, LATEST, {"most": limit})

    async def between(
        self, circle: CircleId, since: datetime | None, until: datetime | None
    ) -> tuple[Entry, ...]:
        """The entries written from `since` on, before `until`, in the order of writing."""
        found = ENTRIES.where(*within(entries.c.at, since, until)).order_by(entries.c.id)
        return await self._entries(circle, found, {})

    async def totals(self, circle: CircleId) -> Postings:
        """The sum of all entries, in cents."""
        rows = await self._session.all(BALANCE, {"circle": circle})
        return _postings(rows) if rows else Postings()

    async def totals_between(
        self, circle: CircleId, since: datetime | None, until: datetime | None
    ) -> Postings:
        """The sum of the entries written from `since` on, before `until`, in cents."""
        summed = SUMS.where(*within(entries.c.at, since, until))
        return _postings(await self._session.all(summed, {"circle": circle}))

    async def commitments(self, circle: CircleId) -> tuple[Commitment, ...]:
        """The adopted votes with an amount that may still hold money back, oldest first."""
        rows = await self._session.all(COMMITMENTS, {"circle": circle})
        return tuple(Commitment(row.vote, row.amount, row.action) for row in rows)

    async def regulated_by_vote(self, circle: CircleId) -> Mapping[int, int]:
        """What was regulated on the entries that name each vote, in cents."""
        rows = await self._session.all(REGULATED_BY_VOTE, {"circle": circle})
        return {row.vote: int(row.cents) for row in rows}

    async def regulated_by_action(self, circle: CircleId) -> Mapping[int, int]:
        """What was regulated on the entries that name each action and no vote, in cents."""
        rows = await self._session.all(REGULATED_BY_ACTION, {"circle": circle})
        return {row.action: int(row.cents) for row in rows}

    async def effort(self, circle: CircleId, since: date, until: date) -> Effort:
        """The work of these days, both included; first-timers had done none in this circle."""
        values = {"circle": circle, "since": since.isoformat(), "until": until.isoformat()}
        rows = await self._session.all(EFFORT, values)
        return Effort(
            minutes=sum(int(row.minutes) for row in rows),
            contributors=frozenset(PersonKey(row.person) for row in rows),
            first_timers=frozenset(PersonKey(row.person) for row in rows if not row.before),
        )

    async def minutes_by_day(
        self, circle: CircleId, since: date, until: date
    ) -> Mapping[date, int]:
        """The work of each of these days, both included; days without any are left out."""
        values = {"circle": circle, "since": since.isoformat(), "until": until.isoformat()}
        rows = await self._session.all(BY_DAY, values)
        return {date.fromisoformat(row.day): int(row.minutes) for row in rows}

    async def envelopes(self, circle: CircleId) -> tuple[Envelope, ...]:
        """What was granted to the circle, as corrected since."""
        return fold_envelopes(await self._entries(circle, ENVELOPES, {}))

    async def spendings(self, circle: CircleId) -> tuple[Spending, ...]:
        """What was decided on items, in the order in which they were first decided."""
        rows = await self._session.all(SPENDINGS, {"circle": circle})
        return tuple(
            Spending(row.item, row.workstream, int(row.cents), paid=row.paid) for row in rows
        )

    async def funders(self, circle: CircleId) -> tuple[str, ...]:
        """Who granted anything to the circle, by name."""
        return tuple(sorted({one.funder for one in await self.envelopes(circle) if one.funder}))


def _matching(which: ItemFilter) -> tuple[Sequence[ColumnElement[bool]], Values]:
    conditions: list[ColumnElement[bool]] = []
    values: dict[str, object] = {}
    if which.person is not None:
        conditions.append(items.c.person == bindparam("person"))
        values["person"] = which.person
    if which.payee is not None:
        conditions.append(items.c.payee == bindparam("payee"))
        values["payee"] = which.payee
    if which.states is not None:
        conditions.append(items.c.state.in_(sorted(which.states)))
    if which.passed_over is not None:
        conditions.append(~SPOKEN_OF)
        values["passed_over"] = which.passed_over
    if which.since is not None:
        conditions.append(items.c.day >= bindparam("since"))
        values["since"] = which.since.isoformat()
    if which.until is not None:
        conditions.append(items.c.day <= bindparam("until"))
        values["until"] = which.until.isoformat()
    if which.waiting is not None:
        conditions.append(WAITING_NOW if which.waiting else ~WAITING_NOW)
    return conditions, values


def _postings(rows: Sequence[Row[Any]]) -> Postings:
    granted, asked, regulated, invoiced, paid = (int(cents) for cents in rows[0])
    return Postings(granted, asked, regulated, invoiced, paid)
