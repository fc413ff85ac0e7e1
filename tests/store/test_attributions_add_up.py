"""Whatever happens to a ledger: what envelopes hold is what a recount says, and stays there."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from circle.actions import Action
from circle.circles import Circle, Rules
from circle.entries import (
    Cancelled,
    Declared,
    Entry,
    EnvelopeEntry,
    GrantCorrected,
    Granted,
    ItemEntry,
    ItemEvent,
    ItemRefused,
    Paid,
    PaymentTakenBack,
    Placed,
    Postponed,
    ProBono,
    Regulated,
)
from circle.ledger import WAITING, Item, Nature, Postings
from circle.life import corrected_by, posted
from circle.money import Cents
from circle.people import PersonKey
from circle.ports import ItemFilter
from storage.uow import SqlUnitOfWork, Store
from tests.attributed import Ledger
from tests.prepared import prepared
from tests.store.making import make_circle

ALL = ItemFilter()
BEGUN = datetime(2026, 11, 24, 18, tzinfo=UTC)
AUTUMN = (date(2026, 10, 1), date(2026, 12, 31))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NEXT = (date(2027, 1, 1), date(2027, 12, 31))
OVER = {"refuse": ItemRefused(), "gift": ProBono(), "postpone": Postponed()}

cents = st.integers(1, 60)
one_of_few = st.integers(0, 4)
streams = st.sampled_from([None, None, 1, 2])
periods = st.sampled_from([None, AUTUMN, YEAR, NEXT])
days = st.sampled_from([date(2026, 2, 1), date(2026, 10, 1), date(2027, 3, 1)])
grants = st.tuples(st.just("grant"), cents, streams, periods)
declared = st.tuples(st.just("declare"), days, streams)
steps = st.lists(
    st.one_of(
        grants,
        grants,
        declared,
        declared,
        st.tuples(st.just("decide"), one_of_few, cents),
        st.tuples(st.just("decide"), one_of_few, cents),
        st.tuples(st.sampled_from([*OVER, "cancel", "pay"]), one_of_few),
        st.tuples(st.just("place"), one_of_few, one_of_few),
        st.tuples(st.just("regrant"), one_of_few, st.integers(0, 60), streams, periods),
    ),
    min_size=3,
    max_size=25,
)


@dataclass
class Life:
    """A circle whose ledger is written step by step."""

    uow: SqlUnitOfWork
    circle: Circle
    by: PersonKey
    at: datetime = BEGUN
    written: list[Entry] = field(default_factory=list)

    async def take(self, kind: str, *told: Any) -> Entry | None:
        """Do it, where it can be done by then; the entry written."""
        self.at += timedelta(minutes=1)
        match kind:
            case "grant":
                return await self._grant(*told)
            case "regrant":
                return await self._regrant(*told)
            case "declare":
                return await self._declare(*told)
            case _:
                return await self._item(kind, *told)

    async def _append(self, entry: Entry) -> Entry:
        return await self.uow.ledger.append(self.circle.id, entry)

    async def _grant(self, amount: int, stream: int | None, period: Any) -> Entry:
        event = Granted(amount=Cents(amount), workstream=stream, **_period(period))
        moved = Postings(granted=amount)
        return await self._append(
            EnvelopeEntry(at=self.at, by=self.by, event=event, postings=moved)
        )

    async def _regrant(self, at: int, amount: int, stream: int | None, period: Any) -> Entry | None:
        uses = await self.uow.ledger.uses(self.circle.id)
        if not uses or amount < uses[at % len(uses)].spent:
            return None
        before = uses[at % len(uses)].envelope
        event = GrantCorrected(amount=Cents(amount), workstream=stream, **_period(period))
        entry = EnvelopeEntry(
            at=self.at,
            by=self.by,
            event=event,
            postings=Postings(granted=amount - before.amount),
            corrects=before.entries[-1],
        )
        return await self._append(entry)

    async def _declare(self, day: date, action: int | None) -> Entry:
        number = await self.uow.ledger.count_items(self.circle.id, ALL) + 1
        event = Declared(nature=Nature.CONTRIBUTION, person=self.by, day=day, amount=Cents(50))
        entry = ItemEntry(at=self.at, by=self.by, item=number, event=event, action=action)
        return await self._append(posted(None, entry))

    async def _item(self, kind: str, at: int, *told: int) -> Entry | None:
        found = await self.uow.ledger.items(self.circle.id, ALL)
        item = found[at % len(found)] if found else None
        event = await self._event(kind, item, *told) if item else None
        if item is None or event is None:
            return None
        history = await self.uow.ledger.history(self.circle.id, item.number)
        entry = ItemEntry(
            at=self.at,
            by=self.by,
            item=item.number,
            event=event,
            action=item.action,
            corrects=corrected_by(event.kind, history),
        )
        return await self._append(posted(item, entry))

    async def _event(self, kind: str, item: Item, *told: int) -> ItemEvent | None:
        """What happens to the item; None where that cannot be."""
        if kind == "decide":
            return None if item.state == "cancelled" else Regulated(Cents(told[0]))
        if kind in OVER:
            return None if item.state == "cancelled" or item.paid else OVER[kind]
        if kind == "cancel":
            return Cancelled() if item.state in WAITING else None
        if item.regulated is None:
            return None
        if kind == "pay":
            return PaymentTakenBack() if item.paid else Paid(item.regulated)
        return await self._placed(item, told[0])

    async def _placed(self, item: Item, at: int) -> Placed | None:
        uses = await self.uow.ledger.uses(self.circle.id)
        waits = item.number in {one.item for one in await self.uow.ledger.unheld(self.circle.id)}
        free = [use for use in uses if use.left > 0] if waits else []
        return Placed(free[at % len(free)].envelope.number) if free else None


def _period(told: tuple[date, date] | None) -> dict[str, Any]:
    return {"period": "said", "since": told[0], "until": told[1]} if told else {}


async def rows(uow: SqlUnitOfWork, table: str) -> list[dict[str, Any]]:
    found = await uow.session.all(text(f"SELECT * FROM {table}"))  # noqa: S608
    return [dict(row._mapping) for row in found]


async def held(uow: SqlUnitOfWork) -> dict[tuple[int, int], int]:
    """What was written down: item, envelope, cents."""
    sums: dict[tuple[int, int], int] = {}
    for row in await rows(uow, "attributions"):
        key = row["item"], row["envelope"]
        sums[key] = sums.get(key, 0) + row["cents"]
    return {key: total for key, total in sums.items() if total}


async def recount(uow: SqlUnitOfWork) -> Ledger:
    told = {row["entry"]: row["since"] and (row["since"], row["until"]) for row in
            await rows(uow, "entry_periods")}  # fmt: skip
    entries = sorted(await rows(uow, "entries"), key=lambda row: row["id"])
    return Ledger(told, {1: 1, 2: 2}).read(entries)


async def check(life: Life) -> None:
    """Everything that must hold after each step."""
    told, now = await recount(life.uow), await held(life.uow)
    assert now == {key: total for key, total in told.held().items() if total}
    paid = {item.number for item in await life.uow.ledger.items(life.circle.id, ALL) if item.paid}
    for row in await rows(life.uow, "envelopes"):
        mine = {item: total for (item, number), total in now.items() if number == row["number"]}
        assert row["granted"] == told.envelopes[row["number"]]["granted"]
        assert row["attributed"] == sum(mine.values()) <= row["granted"]
        assert row["paid"] == sum(total for item, total in mine.items() if item in paid)
    for row in await rows(life.uow, "spendings"):
        assert row["regulated"] == told.items[row["item"]]["decided"]
        assert row["regulated"] - row["attributed"] == told.without(row["item"]) >= 0


def check_moved(entry: Entry, before: dict[Any, int], now: dict[Any, int], told: Ledger) -> None:
    """Only the item that an entry names loses; what it lets go, or brings, may be taken."""
    own = entry.item if isinstance(entry, ItemEntry) else None
    freed = {key[1] for key, total in before.items() if now.get(key, 0) < total}
    assert all(now.get(key, 0) >= total for key, total in before.items() if key[0] != own)
    if isinstance(entry, EnvelopeEntry):
        freed = {told.number_of[entry.id]}
    grown = {key for key, total in now.items() if total > before.get(key, 0)}
    assert all(item == own or envelope in freed for item, envelope in grown)


async def live(drawn: list[tuple[Any, ...]]) -> None:
    engine = await prepared()
    async with Store(engine, Rules()).transaction() as uow:
        circle = await make_circle(uow, "Littoral", "!littoral:localhost", BEGUN)
        by = (await uow.people.ensure("@alice:localhost", "Alice")).key
        for number, name in ((1, "Accueil"), (2, "Ateliers")):
            stream = await uow.circles.add_workstream(circle.id, name, None)
            await uow.actions.add(circle.id, _action(number, by, stream.id))
        life = Life(uow, circle, by)
        for step in drawn:
            before = await held(uow)
            entry = await life.take(*step)
            if entry is not None:
                check_moved(entry, before, await held(uow), await recount(uow))
            await check(life)
    await engine.dispose()


def _action(number: int, by: PersonKey, stream: int) -> Action:
    return Action(
        number=number,
        title="Café",
        added_by=by,
        added_at=BEGUN,
        workstream=stream,
        moved_at=BEGUN,
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(steps)
def test_what_envelopes_hold_is_what_a_recount_says_and_nothing_later_moves_it(drawn):
    asyncio.run(live(drawn))
