"""What is done once at a start, or by `souci db upgrade`: what an older program left is read anew.

Each part is a transaction that says by what it writes that it is done: a start that was cut short
goes on where it was.
"""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.letters.compose import Composer
from bot.operations.replies import PeriodsUnread
from bot.operations.telling import tell_once
from circle.attributed_before import attributed
from circle.attribution import Attribution
from circle.circles import CircleId, Rules
from circle.envelopes import Envelope
from circle.refs import Kind, Ref
from commands.shared.periods import days_of
from storage.engine import Engine
from storage.uow import SqlUnitOfWork, Store
from storage.upgrade import upgrade

_YEAR: Final = re.compile(r"(?:19|20)\d\d")


async def bring_up(engine: Engine, rules: Rules, now: datetime) -> None:
    """The schema, then what was kept by it; `rules`: those of a circle that has set nothing.

    Raises what `storage.upgrade.upgrade` does.
    """
    await upgrade(engine)
    store = Store(engine, rules)
    await _read_periods(store)
    await _attribute(store, now)


async def _read_periods(store: Store) -> None:
    """The words of envelopes' periods as days, in the zone of each circle."""
    async with store.reading() as uow:
        if not await uow.rereading.unread_periods():
            return
    async with store.transaction() as uow:
        periods = await uow.rereading.unread_periods()
        await uow.rereading.keep_periods({one.entry: days_of(one.text, one.at) for one in periods})


async def _attribute(store: Store, now: datetime) -> None:
    """What was decided goes to the envelopes of which it was told until now, circle by circle."""
    async with store.reading() as uow:
        circles = await uow.rereading.to_attribute()
    for circle in circles:
        async with store.transaction() as uow:
            await uow.circles.lock(circle)
            if circle in await uow.rereading.to_attribute():
                await uow.rereading.attribute(circle, await _as_told(uow, circle), now)


async def _as_told(uow: SqlUnitOfWork, circle: CircleId) -> list[Attribution]:
    """Dated by the decision, or by the envelope where that came later."""
    envelopes = {one.number: _dated(one) for one in await uow.ledger.envelopes(circle)}
    left = {one.spending.item: one for one in await uow.rereading.left_over(circle)}
    spendings = (one.spending for one in left.values())
    return [
        Attribution(
            envelope=part.envelope,
            item=part.item,
            cents=part.cents,
            paid=part.cents if left[part.item].paid else 0,
            cause=left[part.item].decided,
            at=max(left[part.item].at, envelopes[part.envelope].at),
        )
        for part in attributed(tuple(envelopes.values()), spendings)
    ]


def _dated(envelope: Envelope) -> Envelope:
    """A period without days was taken to begin with the year that stands in its words."""
    year = _YEAR.search(envelope.period or "")
    if envelope.since is not None or year is None:
        return envelope
    return replace(envelope, since=date(int(year[0]), 1, 1))


async def tell(store: Store, composer: Composer, now: datetime) -> None:
    """Tell the stewards of each circle, once, which envelopes' periods tell no days."""
    async with store.transaction() as uow:
        circles = await uow.rereading.circles_without_days()
        for circle, envelopes in (await uow.overview.envelopes(circles)).items():
            unread = [one.number for one in envelopes if one.period and one.since is None]
            if unread:
                cause = f"periods:{circle}:{','.join(map(str, unread))}"
                told = PeriodsUnread(items=tuple(Ref(Kind.ENVELOPE, one) for one in unread))
                await tell_once(uow, composer, circle, cause, told, now)
