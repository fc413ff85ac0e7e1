"""Which envelope holds what was decided: written with the entry because of which (decision 37)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, insert, select

from circle.attribution import Attribution, Portion, Unheld, placed, released, standing, together
from circle.circles import CircleId
from circle.entries import Entry, EnvelopeEntry, ItemEntry, Placed
from circle.envelopes import Envelope, Use, fold_envelopes
from storage.ledger.rows import PERIOD, read_envelope_entry
from storage.mapping import Mapper
from storage.session import within
from storage.settings import UnitPart
from storage.tables.actions import actions
from storage.tables.ledger import (
    WAITS,
    attributing,
    attributions,
    entries,
    entry_periods,
    entry_texts,
    envelopes,
    items,
    spendings,
)

_TOLD: Final = (
    select(entries, entry_texts.c.what, *PERIOD)
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .outerjoin(entry_periods, entry_periods.c.entry == entries.c.id)
    .where(entries.c.circle == bindparam("circle"), entries.c.item.is_(None))
    .order_by(entries.c.id)
)
_HELD: Final = select(envelopes).where(envelopes.c.circle == bindparam("circle"))
_ATTRIBUTED: Final = select(func.coalesce(func.sum(envelopes.c.attributed), 0)).where(
    envelopes.c.circle == bindparam("circle")
)
_HERE: Final = attributions.c.circle == bindparam("circle")
_ATTRIBUTIONS: Final = select(attributions).order_by(attributions.c.id)
_OF_ITEM: Final = _ATTRIBUTIONS.where(_HERE, attributions.c.item == bindparam("item"))
_CAUSED: Final = _ATTRIBUTIONS.where(
    _HERE, attributions.c.cause.in_(bindparam("causes", expanding=True))
)
_HOLDERS: Final = (
    select(attributions.c.item, attributions.c.envelope)
    .where(_HERE)
    .group_by(attributions.c.item, attributions.c.envelope)
    .having(func.sum(attributions.c.cents) > 0)
    .order_by(attributions.c.item, func.min(attributions.c.id))
)
_MOVED: Final = select(func.coalesce(func.sum(attributions.c.cents), 0)).where(_HERE)
_DONE: Final = select(attributing.c.done_at).where(attributing.c.circle == bindparam("circle"))
_APPEND: Final = insert(attributions)
_SPENT: Final = (
    select(
        spendings.c.item,
        (spendings.c.regulated - spendings.c.attributed).label("cents"),
        items.c.day,
        items.c.paid,
        actions.c.workstream,
    )
    .join(items, (items.c.circle == spendings.c.circle) & (items.c.number == spendings.c.item))
    .outerjoin(actions, (actions.c.circle == items.c.circle) & (actions.c.number == items.c.action))
    .where(spendings.c.circle == bindparam("circle"))
)
_SPENT_ON: Final = _SPENT.where(spendings.c.item == bindparam("item"))
_WAITING: Final = _SPENT.where(WAITS).order_by(spendings.c.decided)
_WHICH: Final = select(envelopes.c.number).where(
    envelopes.c.circle == bindparam("circle"), envelopes.c.last_entry == bindparam("entry")
)
_ATTRIBUTION: Final = Mapper(Attribution, attributions)


class Attributing(UnitPart):
    """Envelopes, and what they hold."""

    async def envelopes(self, circle: CircleId) -> tuple[Envelope, ...]:
        """What was granted to the circle, as corrected since."""
        rows = await self._session.all(_TOLD, {"circle": circle})
        times = await self._settings.times(circle)
        return fold_envelopes(read_envelope_entry(row, times) for row in rows)

    async def funders(self, circle: CircleId) -> tuple[str, ...]:
        """Who granted anything to the circle, by name."""
        return tuple(sorted({one.funder for one in await self.envelopes(circle) if one.funder}))

    async def uses(self, circle: CircleId) -> tuple[Use, ...]:
        """The envelopes of the circle, and what each holds."""
        rows = await self._session.all(_HELD, {"circle": circle})
        held = {row.number: (row.attributed, row.paid) for row in rows}
        return tuple(Use(one, *held[one.number]) for one in await self.envelopes(circle))

    async def attributed(self, circle: CircleId) -> int:
        """What the envelopes of the circle hold in all, in cents."""
        [row] = await self._session.all(_ATTRIBUTED, {"circle": circle})
        return int(row[0])

    async def attributed_between(
        self, circle: CircleId, since: datetime | None, until: datetime | None
    ) -> int:
        """What was attributed from `since` on, before `until`, less what was let go, in cents."""
        summed = _MOVED.where(*within(attributions.c.at, since, until))
        [row] = await self._session.all(summed, {"circle": circle})
        return int(row[0])

    async def attributed_since(self, circle: CircleId) -> datetime | None:
        """When what an older program had left was attributed; None where it left nothing."""
        row = await self._session.first(_DONE, {"circle": circle})
        times = await self._settings.times(circle)
        return times.at_or_none(row.done_at) if row else None

    async def held_of(self, circle: CircleId, item: int) -> tuple[Portion, ...]:
        """What envelopes hold of an item, in the order in which it was attributed to them."""
        return standing(await self._attributions(circle, item))

    async def caused_by(
        self, circle: CircleId, causes: Collection[int]
    ) -> Mapping[int, tuple[Attribution, ...]]:
        """What these entries attributed, or let go; those that did neither are left out."""
        found: dict[int, tuple[Attribution, ...]] = {}
        for one in await self._told_attributions(circle, _CAUSED, causes=sorted(causes)):
            found[one.cause] = (*found.get(one.cause, ()), one)
        return found

    async def unheld(self, circle: CircleId) -> tuple[Unheld, ...]:
        """What was decided and no envelope holds, the oldest decision first."""
        return tuple(map(_waiting, await self._session.all(_WAITING, {"circle": circle})))

    async def holders(self, circle: CircleId) -> Mapping[int, tuple[int, ...]]:
        """The numbers of the envelopes that hold anything of each item."""
        found: dict[int, tuple[int, ...]] = {}
        for row in await self._session.all(_HOLDERS, {"circle": circle}):
            found[row.item] = (*found.get(row.item, ()), row.envelope)
        return found

    async def _attribute(self, circle: CircleId, entry: Entry) -> None:
        """Write what an entry attributes, or lets go; what waits takes the room that it makes."""
        if isinstance(entry, EnvelopeEntry):
            await self._check_told(circle, entry)
            await self._take(circle, entry)
        elif isinstance(entry.event, Placed):
            await self._place(circle, entry, entry.event.envelope)
        elif entry.postings.regulated or entry.postings.paid:
            await self._settle(circle, entry)

    async def _check_told(self, circle: CircleId, entry: EnvelopeEntry) -> None:
        if await self._session.first(_WHICH, {"circle": circle, "entry": entry.id}) is None:
            raise ValueError(f"entry {entry.id} corrects no envelope as it stands")

    async def _settle(self, circle: CircleId, entry: ItemEntry) -> None:
        """Only the difference is placed; of less, what was attributed last goes first."""
        before = await self._attributions(circle, entry.item)
        held, moved = standing(before), entry.postings.regulated
        waiting = await self._waiting_on(circle, entry.item)
        if moved > 0:
            new = replace(waiting, cents=min(moved, waiting.cents))
            parts = tuple(placed(await self.uses(circle), [new]))
        else:
            parts = tuple(released(held, max(0, -waiting.cents)))
        rows = [_row(entry, part, paid=waiting.paid) for part in parts]
        await self._append(circle, [*rows, *_repaid(entry, waiting, (*before, *rows))])
        if moved < 0 and parts:
            await self._take(circle, entry)

    async def _place(self, circle: CircleId, entry: ItemEntry, number: int) -> None:
        """The envelope that was named holds what it can of what waits, whatever it is for."""
        waiting = await self._waiting_on(circle, entry.item)
        left = {use.envelope.number: use.left for use in await self.uses(circle)}
        part = Portion(entry.item, number, min(waiting.cents, left[number]))
        await self._append(circle, [_row(entry, part, paid=waiting.paid)])

    async def _take(self, circle: CircleId, entry: Entry) -> None:
        """What waits takes what is left in envelopes, the oldest decision first.

        In any of them: an action's workstream may have changed since, and one then suits.
        """
        uses = await self.uses(circle)
        if not any(use.left for use in uses):
            return
        waiting = {one.item: one for one in await self.unheld(circle)}
        await self._append(
            circle,
            [
                _row(entry, part, paid=waiting[part.item].paid)
                for part in placed(uses, waiting.values())
            ],
        )

    async def _waiting_on(self, circle: CircleId, item: int) -> Unheld:
        """Of that item; where less was decided by now than is held of it, cents below zero."""
        rows = await self._session.all(_SPENT_ON, {"circle": circle, "item": item})
        return _waiting(rows[0])

    async def _attributions(self, circle: CircleId, item: int) -> tuple[Attribution, ...]:
        return await self._told_attributions(circle, _OF_ITEM, item=item)

    async def _told_attributions(
        self, circle: CircleId, statement: Any, **values: object
    ) -> tuple[Attribution, ...]:
        rows = await self._session.all(statement, {**values, "circle": circle})
        times = await self._settings.times(circle)
        return tuple(_ATTRIBUTION.read(row, times) for row in rows)

    async def _append(self, circle: CircleId, rows: Sequence[Attribution]) -> None:
        told = [_ATTRIBUTION.row(one, circle=circle) for one in rows]
        await self._session.run(_APPEND, told)


def _waiting(row: Row[Any]) -> Unheld:
    return Unheld(
        item=row.item,
        cents=row.cents,
        day=row.day,
        workstream=row.workstream,
        paid=row.paid,
    )


def _row(entry: Entry, part: Portion, *, paid: bool) -> Attribution:
    return Attribution(
        envelope=part.envelope,
        item=part.item,
        cents=part.cents,
        paid=part.cents if paid else 0,
        cause=entry.id or 0,
        at=entry.at,
    )


def _repaid(
    entry: ItemEntry, waiting: Unheld, known: Iterable[Attribution]
) -> Iterable[Attribution]:
    """What makes all that is held of an item paid, or none of it, as it now is."""
    told = tuple(known)
    held = together(standing(told))
    for number in dict.fromkeys(one.envelope for one in told):
        paid = sum(one.paid for one in told if one.envelope == number)
        due = held.get(number, 0) if waiting.paid else 0
        if due != paid:
            yield Attribution(
                envelope=number,
                item=entry.item,
                cents=0,
                paid=due - paid,
                cause=entry.id or 0,
                at=entry.at,
            )
