"""The items that entries tell: found, listed by pages, summed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, bindparam, case, exists, func, select

from circle.circles import CircleId
from circle.entries import Declaration
from circle.ledger import WAITING, Item, ItemState
from circle.ports import ItemFilter, ItemTotals
from storage.ledger.rows import read_item
from storage.session import Values
from storage.settings import UnitPart
from storage.tables.ledger import entries, entry_texts, items

_HERE: Final = items.c.circle == bindparam("circle")
_ITEMS: Final = (
    select(items, entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == items.c.told_by)
    .where(_HERE)
    .order_by(items.c.number)
)
_ITEM: Final = _ITEMS.where(items.c.number == bindparam("number"))
_MANY: Final = _ITEMS.where(items.c.number.in_(bindparam("numbers", expanding=True)))
_WAITING_NOW: Final = items.c.state.in_(sorted(WAITING))
# What each figure of an item adds up to (circle.life.weigh).
_WEIGHED: Final[Mapping[str, ColumnElement[Any]]] = {
    "minutes": case((items.c.state != ItemState.CANCELLED, items.c.minutes)),
    "asked": case((_WAITING_NOW, items.c.asked)),
    "regulated": items.c.regulated,
    "invoiced": case((items.c.invoice.is_not(None), items.c.regulated)),
    "paid": case((items.c.paid, items.c.regulated)),
}
_SUM: Final = select(
    *(func.coalesce(func.sum(one), 0).label(name) for name, one in _WEIGHED.items())
).where(_HERE)
_COUNT: Final = select(func.count()).select_from(items).where(_HERE)
_SPOKEN_OF: Final = exists().where(
    entries.c.circle == items.c.circle,
    entries.c.item == items.c.number,
    entries.c.session == bindparam("passed_over"),
)
_MOST_ALIKE: Final = 5
_ALIKE: Final = (
    select(items.c.number, func.coalesce(entry_texts.c.what, "").label("what"))
    .outerjoin(entry_texts, entry_texts.c.entry == items.c.told_by)
    .where(
        _HERE,
        items.c.person == bindparam("by"),
        items.c.day == bindparam("on"),
        items.c.nature == bindparam("of"),
        items.c.minutes.is_not_distinct_from(bindparam("lasting")),
        items.c.asked.is_not_distinct_from(bindparam("for")),
        items.c.pro_bono == bindparam("freely"),
        items.c.number != bindparam("number"),
        items.c.state.not_in([ItemState.CANCELLED, ItemState.REFUSED]),
    )
    .order_by(items.c.number.desc())
    .limit(_MOST_ALIKE)
)


class Items(UnitPart):
    """The contributions and expenses of circles."""

    async def item(self, circle: CircleId, number: int) -> Item | None:
        """That contribution or expense of the circle."""
        values = {"circle": circle, "number": number}
        found = await self._read(circle, await self._session.all(_ITEM, values))
        return found[0] if found else None

    async def many(self, circle: CircleId, numbers: Collection[int]) -> Mapping[int, Item]:
        """Those of these contributions and expenses that there are, by number."""
        if not numbers:
            return {}
        rows = await self._session.all(_MANY, {"circle": circle, "numbers": sorted(numbers)})
        return {one.number: one for one in await self._read(circle, rows)}

    async def _read(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[Item, ...]:
        times = await self._settings.times(circle)
        return tuple(read_item(row, times) for row in rows)

    async def items(
        self, circle: CircleId, which: ItemFilter, limit: int | None = None, offset: int = 0
    ) -> tuple[Item, ...]:
        """A page of those items, by number; without a limit, all of them."""
        conditions, values = _matching(which)
        page = _ITEMS.where(*conditions).limit(limit).offset(offset or None)
        return await self._read(circle, await self._session.all(page, {**values, "circle": circle}))

    async def alike(self, circle: CircleId, number: int, told: Declaration) -> Mapping[int, str]:
        """The latest others of that person, day and figures that stand, with what they say.

        `number`: the item that is told so, which is none of them.
        """
        values = {
            "circle": circle,
            "number": number,
            "by": told.person,
            "on": told.day,
            "of": told.nature,
            "lasting": told.minutes,
            "for": told.amount,
            "freely": told.pro_bono,
        }
        return {row.number: row.what for row in await self._session.all(_ALIKE, values)}

    async def count_items(self, circle: CircleId, which: ItemFilter) -> int:
        """How many there are."""
        conditions, values = _matching(which)
        [row] = await self._session.all(_COUNT.where(*conditions), {**values, "circle": circle})
        return int(row[0])

    async def sum_items(self, circle: CircleId, which: ItemFilter) -> ItemTotals:
        """What those items sum up to."""
        conditions, values = _matching(which)
        [row] = await self._session.all(_SUM.where(*conditions), {**values, "circle": circle})
        return ItemTotals(*(int(figure) for figure in row))


def _matching(which: ItemFilter) -> tuple[Sequence[ColumnElement[bool]], Values]:
    conditions: list[ColumnElement[bool]] = []
    if which.person is not None:
        conditions.append(items.c.person == which.person)
    if which.payee is not None:
        conditions.append(items.c.payee == which.payee)
    if which.states is not None:
        conditions.append(items.c.state.in_(sorted(which.states)))
    if which.passed_over is not None:
        conditions.append(~_SPOKEN_OF)
    if which.since is not None:
        conditions.append(items.c.day >= which.since)
    if which.until is not None:
        conditions.append(items.c.day <= which.until)
    if which.waiting is not None:
        conditions.append(_WAITING_NOW if which.waiting else ~_WAITING_NOW)
    passed = {} if which.passed_over is None else {"passed_over": which.passed_over}
    return conditions, passed
