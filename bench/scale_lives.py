"""Five years of declared items: what happens to each, when, by the rules of the ledger."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bench.scale_people import HELD, held_on, session_id
from bench.scale_size import (
    ASSEMBLY,
    CIRCLES,
    DAYS,
    GRANTS,
    START,
    YEARS,
    Circle,
    World,
    event_id,
)
from circle.circles import CircleId
from circle.entries import (
    Cancelled,
    Corrected,
    Declared,
    Entry,
    EnvelopeEntry,
    Granted,
    Invoiced,
    ItemEntry,
    ItemEvent,
    ItemRefused,
    Paid,
    Postponed,
    Questioned,
    QuestionTakenBack,
    Regulated,
)
from circle.ledger import EntryKind, Item, Nature, Postings
from circle.life import corrected_by, fold, posted
from circle.money import Cents
from circle.people import PersonKey
from circle.ports import E
from circle.time import Minutes
from storage.ledger.rows import item_row

Row = dict[str, Any]
Step = tuple[float, EntryKind]
_ASKED = (1_500, 2_000, 4_000, 8_000, 12_000, 30_000)
_A_YEAR = 10_000
"""Granted for each item of a year, in cents."""


@dataclass(slots=True)
class Life:
    """An item: what will happen to it, and what has been written of it."""

    circle: Circle
    number: int
    steps: list[Step]
    asked: int | None
    pro_bono: bool
    nature: Nature
    written: list[ItemEntry] = field(default_factory=list)
    item: Item | None = None


def lives(world: World) -> list[Life]:
    """As many items as it takes for that many entries, in the order of declaration."""
    plans: list[tuple[float, list[Step], Circle]] = []
    left = world.entries - GRANTS
    while left > 0:
        day = world.chance.random() * DAYS
        steps = _steps(world, day)[:left]
        left -= len(steps)
        plans.append((day, steps, world.any_circle()))
    plans.sort(key=lambda plan: plan[0])
    return [_life(world, steps, circle) for _, steps, circle in plans]


def _steps(world: World, day: float) -> list[Step]:
    draw = world.chance.random
    steps = [(day, EntryKind.DECLARED)]
    if draw() < 0.04:
        steps.append((day + 1, EntryKind.CORRECTED))
    if draw() < 0.02:
        steps.append((day + 2, EntryKind.CANCELLED))
    else:
        if draw() < 0.04:
            steps += [(day + 3, EntryKind.QUESTIONED), (day + 5, EntryKind.ANSWERED)]
        steps += _decided(world, day + 20 + 30 * draw())
    return [step for step in steps if step[0] < DAYS]


def _decided(world: World, day: float) -> list[Step]:
    draw = world.chance.random
    steps = [(day - 5, EntryKind.POSTPONED)] if draw() < 0.03 else []
    if draw() < 0.04:
        return [*steps, (day, EntryKind.REFUSED)]
    steps.append((day, EntryKind.REGULATED))
    if draw() < 0.85:
        steps += [(day + 10, EntryKind.INVOICED), (day + 30, EntryKind.PAID)]
    return steps


def _life(world: World, steps: list[Step], circle: Circle) -> Life:
    circle.items += 1
    draw = world.chance.random()
    expense = draw < 0.2
    asked = None if 0.2 <= draw < 0.45 else world.chance.choice(_ASKED)
    return Life(
        circle=circle,
        number=circle.items,
        steps=steps,
        asked=asked,
        pro_bono=asked is None and draw < 0.35,
        nature=Nature.EXPENSE if expense else Nature.CONTRIBUTION,
    )


class Ledger:
    """Writes all lives together, in the order of time, as the years would have."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._last = 0
        self.items: list[Row] = []

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Each entry with its circle; `items` holds those that end with what was told."""
        for circle, entry in self._grants():
            yield circle, self._numbered(entry)
        heap = [(life.steps[0][0], place, 0, life) for place, life in enumerate(lives(self._world))]
        heapq.heapify(heap)
        while heap:
            day, place, step, life = heap[0]
            yield life.circle.id, self._written(life, day, life.steps[step][1])
            if step + 1 < len(life.steps):
                heapq.heapreplace(heap, (life.steps[step + 1][0], place, step + 1, life))
                continue
            heapq.heappop(heap)
            self.items.append(item_row(CircleId(life.circle.id), life.written))
            life.written.clear()

    def _grants(self) -> Iterator[tuple[int, Entry]]:
        declared = self._world.entries / 2.8 / (CIRCLES + 3) / YEARS
        for year in range(YEARS):
            for circle in self._world.circles:
                weight = 4 if circle.id == ASSEMBLY else 1
                amount = max(50_000, round(declared * weight * 1.1) * _A_YEAR)
                yield (
                    circle.id,
                    EnvelopeEntry(
                        at=START + timedelta(days=year * 365, seconds=circle.id),
                        by=PersonKey(circle.people[0]),
                        event=Granted(
                            amount=Cents(amount),
                            funder=("Région", "MEL", "FEDER")[year % 3],
                            period=str(START.year + year),
                        ),
                        postings=Postings(granted=amount),
                    ),
                )

    def _numbered(self, entry: E) -> E:
        self._last += 1
        source = event_id("entry", self._last)
        return replace(entry, id=self._last, source=source)

    def _written(self, life: Life, day: float, kind: EntryKind) -> ItemEntry:
        entry = _entry(life, day, kind, self._world)
        entry = self._numbered(posted(life.item, entry))
        life.written.append(entry)
        life.item = fold(life.written)
        return entry


def _entry(life: Life, day: float, kind: EntryKind, world: World) -> ItemEntry:
    told = kind in {EntryKind.DECLARED, EntryKind.CORRECTED}
    meeting = min(HELD, max(1, round((day + 30) * 4 / 365)))
    decided = kind in {EntryKind.REGULATED, EntryKind.REFUSED, EntryKind.POSTPONED}
    place = min(life.circle.actions, 1 + int(day / DAYS * life.circle.actions))
    vote = min(life.circle.votes, 1 + int(day / DAYS * life.circle.votes))
    worker = life.circle.contributors[life.number % len(life.circle.contributors)]
    at = START + timedelta(days=day)
    return ItemEntry(
        at=at,
        by=PersonKey(worker if told else life.circle.people[0]),
        item=life.number,
        event=_told(life, kind, at.date(), worker, world) if told else _became(life, kind),
        corrects=_corrects(life, kind),
        action=place if life.number % 4 else None,
        vote=vote if life.number % 12 == 0 else None,
        meeting=meeting if decided else None,
        session=session_id(life.circle.id, meeting) if decided and day > held_on(1) else None,
        what=f"affiches et réseaux, fois {life.number}" if told else "",
    )


def _told(life: Life, kind: EntryKind, day: date, worker: str, world: World) -> ItemEvent:
    work = life.nature is Nature.CONTRIBUTION
    tells = Declared if kind is EntryKind.DECLARED else Corrected
    return tells(
        nature=life.nature,
        person=PersonKey(worker),
        day=day,
        minutes=Minutes(world.chance.randrange(30, 420, 15)) if work else None,
        amount=None if life.asked is None else Cents(life.asked),
        pro_bono=life.pro_bono,
    )


def _became(life: Life, kind: EntryKind) -> ItemEvent:
    cents = Cents(life.asked or 1_000)
    became: dict[EntryKind, ItemEvent] = {
        EntryKind.QUESTIONED: Questioned(),
        EntryKind.ANSWERED: QuestionTakenBack(),
        EntryKind.CANCELLED: Cancelled(),
        EntryKind.POSTPONED: Postponed(),
        EntryKind.REFUSED: ItemRefused(),
        EntryKind.REGULATED: Regulated(cents),
        EntryKind.INVOICED: Invoiced(f"F-{life.number}", cents),
        EntryKind.PAID: Paid(cents),
    }
    return became[kind]


def _corrects(life: Life, kind: EntryKind) -> int | None:
    if kind is EntryKind.ANSWERED:
        return next(one.id for one in life.written if isinstance(one.event, Questioned))
    return corrected_by(kind, life.written)
