"""The ledger: entries appended, figures summed from them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
)

from circle.actions import ActionState
from circle.circles import CircleId
from circle.ledger import WAITING, Commitment, Entry, EntryKind, Item, ItemState, Nature, Postings
from circle.people import PersonKey
from circle.ports import Effort, ItemFilter, Ledger
from storage.entries import entry_row, item_row, read_entry, read_item
from storage.session import Session, Values, upsert
from storage.settings import Settings
from storage.tables.actions import actions
from storage.tables.ledger import MOVES_REGULATED, entries, entry_texts, items
from storage.tables.votes import HOLDING, votes
from storage.times import to_micros

_HERE: Final = entries.c.circle == bindparam("circle")
_APPEND: Final = insert(entries).returning(entries.c.id)
_APPEND_TEXT: Final = insert(entry_texts)
_SAVE_ITEM: Final = upsert(items, "circle", "number")
_ENTRIES: Final = (
    select(entries, entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .where(_HERE)
)
_OF_ITEM: Final = _ENTRIES.where(entries.c.item == bindparam("item")).order_by(entries.c.id)
_LATEST: Final = _ENTRIES.order_by(entries.c.at.desc(), entries.c.id.desc()).limit(
    bindparam("most")
)
_ITEMS: Final = (
    select(items, entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == items.c.told_by)
    .where(items.c.circle == bindparam("circle"))
)
_ITEM: Final = _ITEMS.where(items.c.number == bindparam("number"))
_TOTALS: Final = select(
    *(
        func.coalesce(func.sum(entries.c[name]), 0).label(name)
        for name in ("granted", "asked", "regulated", "invoiced", "paid")
    )
).where(_HERE)
_TOTALS_BETWEEN: Final = _TOTALS.where(
    entries.c.at >= bindparam("since"), entries.c.at < bindparam("until")
)
# An action done or dropped holds nothing back any more (LANGUAGE: the budget's figures).
_COMMITMENTS: Final = (
    select(votes.c.number, votes.c.budget, votes.c.action)
    .outerjoin(
        actions, and_(actions.c.circle == votes.c.circle, actions.c.number == votes.c.action)
    )
    .where(
        votes.c.circle == bindparam("circle"),
        HOLDING,
        or_(votes.c.action.is_(None), actions.c.state == ActionState.OPEN.value),
    )
    .order_by(votes.c.number)
)
_REGULATED_BY_VOTE: Final = (
    select(entries.c.vote, func.sum(entries.c.regulated).label("cents"))
    .where(_HERE, MOVES_REGULATED, entries.c.vote.is_not(None))
    .group_by(entries.c.vote)
)
_REGULATED_BY_ACTION: Final = (
    select(entries.c.action, func.sum(entries.c.regulated).label("cents"))
    .where(_HERE, MOVES_REGULATED, entries.c.vote.is_(None), entries.c.action.is_not(None))
    .group_by(entries.c.action)
)
_FUNDERS: Final = (
    select(entries.c.funder)
    .where(_HERE, entries.c.funder.is_not(None))
    .distinct()
    .order_by(entries.c.funder)
)
_earlier: Final = items.alias("earlier")


def _is_work(item: Any) -> ColumnElement[bool]:
    return and_(
        item.c.nature == Nature.CONTRIBUTION.value, item.c.state != ItemState.CANCELLED.value
    )


_WORKED_BEFORE: Final = exists().where(
    _earlier.c.circle == bindparam("circle"),
    _earlier.c.person == items.c.person,
    _earlier.c.day < bindparam("since"),
    _is_work(_earlier),
)
_EFFORT: Final = (
    select(
        items.c.person,
        func.coalesce(func.sum(items.c.minutes), 0).label("minutes"),
        _WORKED_BEFORE.label("before"),
    )
    .where(
        items.c.circle == bindparam("circle"),
        items.c.day >= bindparam("since"),
        items.c.day <= bindparam("until"),
        _is_work(items),
    )
    .group_by(items.c.person)
)


_BY_DAY: Final = (
    select(items.c.day, func.coalesce(func.sum(items.c.minutes), 0).label("minutes"))
    .where(
        items.c.circle == bindparam("circle"),
        items.c.day >= bindparam("since"),
        items.c.day <= bindparam("until"),
        _is_work(items),
    )
    .group_by(items.c.day)
)


class SqlLedger(Ledger):
    """The ledger within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def append(self, circle: CircleId, entry: Entry) -> Entry:
        """Write an entry, for ever; the same with its `id`.

        ValueError if it tells of an item that no entry declares.
        """
        rows = await self._session.all(_APPEND, entry_row(circle, entry))
        written = replace(entry, id=rows[0].id)
        if entry.what:
            await self._session.run(_APPEND_TEXT, {"entry": written.id, "what": entry.what})
        if entry.item is not None:
            await self._retell(circle, written)
        return written

    async def _retell(self, circle: CircleId, entry: Entry) -> None:
        """Keep the item's row in step with its entries."""
        declares = entry.kind is EntryKind.DECLARED
        told = [entry] if declares else await self._of_item(circle, entry)
        await self._session.run(_SAVE_ITEM, item_row(circle, told))

    async def _of_item(self, circle: CircleId, entry: Entry) -> Sequence[Entry]:
        rows = await self._session.all(_OF_ITEM, {"circle": circle, "item": entry.item})
        times = await self._settings.times(circle)
        return [read_entry(row, times) for row in rows]

    async def item(self, circle: CircleId, number: int) -> Item | None:
        """That contribution or expense of the circle."""
        values = {"circle": circle, "number": number}
        found = await self._read(circle, await self._session.all(_ITEM, values))
        return found[0] if found else None

    async def _read(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[Item, ...]:
        times = await self._settings.times(circle)
        return tuple(read_item(row, times) for row in rows)

    async def items(
        self, circle: CircleId, which: ItemFilter, limit: int, offset: int = 0
    ) -> tuple[Item, ...]:
        """A page of those items, by number."""
        conditions, values = _matching(which)
        page = _ITEMS.where(*conditions).order_by(items.c.number)
        rows = await self._session.all(
            page.limit(bindparam("most")).offset(bindparam("skip")),
            {**values, "circle": circle, "most": limit, "skip": offset},
        )
        return await self._read(circle, rows)

    async def count_items(self, circle: CircleId, which: ItemFilter) -> int:
        """How many there are."""
        conditions, values = _matching(which)
        here = items.c.circle == bindparam("circle")
        counted = select(func.count()).select_from(items).where(here, *conditions)
        row = await self._session.first(counted, {**values, "circle": circle})
        return int(row[0]) if row else 0

    async def latest(self, circle: CircleId, limit: int) -> tuple[Entry, ...]:
        """The last entries, latest first."""
        rows = await self._session.all(_LATEST, {"circle": circle, "most": limit})
        times = await self._settings.times(circle)
        return tuple(read_entry(row, times) for row in rows)

    async def totals(self, circle: CircleId) -> Postings:
        """The sum of all entries, in cents."""
        return _postings(await self._session.all(_TOTALS, {"circle": circle}))

    async def totals_between(self, circle: CircleId, since: datetime, until: datetime) -> Postings:
        """The sum of the entries written from `since` on, before `until`, in cents."""
        values = {"circle": circle, "since": to_micros(since), "until": to_micros(until)}
        return _postings(await self._session.all(_TOTALS_BETWEEN, values))

    async def commitments(self, circle: CircleId) -> tuple[Commitment, ...]:
        """The adopted votes with an amount that may still hold money back, oldest first."""
        rows = await self._session.all(_COMMITMENTS, {"circle": circle})
        return tuple(Commitment(row.number, row.budget, row.action) for row in rows)

    async def regulated_by_vote(self, circle: CircleId) -> Mapping[int, int]:
        """What was regulated on the entries that name each vote, in cents."""
        rows = await self._session.all(_REGULATED_BY_VOTE, {"circle": circle})
        return {row.vote: int(row.cents) for row in rows}

    async def regulated_by_action(self, circle: CircleId) -> Mapping[int, int]:
        """What was regulated on the entries that name each action and no vote, in cents."""
        rows = await self._session.all(_REGULATED_BY_ACTION, {"circle": circle})
        return {row.action: int(row.cents) for row in rows}

    async def effort(self, circle: CircleId, since: date, until: date) -> Effort:
        """The work of these days, both included; first-timers had done none in this circle."""
        values = {"circle": circle, "since": since.isoformat(), "until": until.isoformat()}
        rows = await self._session.all(_EFFORT, values)
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
        rows = await self._session.all(_BY_DAY, values)
        return {date.fromisoformat(row.day): int(row.minutes) for row in rows}

    async def funders(self, circle: CircleId) -> tuple[str, ...]:
        """Who granted anything to the circle, by name."""
        rows = await self._session.all(_FUNDERS, {"circle": circle})
        return tuple(row.funder for row in rows)


_WAITING: Final = items.c.state.in_([state.value for state in sorted(WAITING)])


def _matching(which: ItemFilter) -> tuple[Sequence[ColumnElement[bool]], Values]:
    conditions: list[ColumnElement[bool]] = []
    values: dict[str, object] = {}
    if which.person is not None:
        conditions.append(items.c.person == bindparam("person"))
        values["person"] = which.person
    if which.since is not None:
        conditions.append(items.c.day >= bindparam("since"))
        values["since"] = which.since.isoformat()
    if which.until is not None:
        conditions.append(items.c.day <= bindparam("until"))
        values["until"] = which.until.isoformat()
    if which.waiting is not None:
        conditions.append(_WAITING if which.waiting else ~_WAITING)
    return conditions, values


def _postings(rows: Sequence[Row[Any]]) -> Postings:
    granted, asked, regulated, invoiced, paid = (int(cents) for cents in rows[0])
    return Postings(granted, asked, regulated, invoiced, paid)
