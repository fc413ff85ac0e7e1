"""Few measures, exact, never about one person (docs/domain.md: Evaluation).

Each measure says how many people it is about; below `FEWEST` it is not told, so that nobody is
recognised. Where nothing can be divided, it is undefined. Figures alone mislead: an open question
to the members always stands beside them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final, Protocol

from circle.circles import CircleId
from circle.gini import gini
from circle.people import PersonKey
from circle.time import Days

FEWEST: Final = 5
FEWEST_CIRCLES: Final = 4


class MeasureKind(StrEnum):
    """What is measured, in the order in which it is told."""

    PASSAGE = "passage"
    RETENTION = "retention"
    HOURS_SPREAD = "hours-spread"
    AMOUNTS_SPREAD = "amounts-spread"
    PAID_SHARE = "paid-share"
    PRO_BONO_SHARE = "pro-bono-share"
    LED_BY_OTHERS = "led-by-others"
    ENVELOPE_USED = "envelope-used"


@dataclass(frozen=True, slots=True)
class Worked:
    """A contribution: minutes; `regulated` in cents; `pro_bono`: said or decided so."""

    person: PersonKey
    day: date
    minutes: int
    regulated: int
    pro_bono: bool


@dataclass(frozen=True, slots=True)
class Led:
    """An action that moved on that day, its first holder, and whether they are a steward."""

    person: PersonKey
    day: date
    by_steward: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a circle. `attended`, `contributed`: the first day of each person."""

    worked: tuple[Worked, ...] = ()
    led: tuple[Led, ...] = ()
    attended: Mapping[PersonKey, date] | None = None
    contributed: Mapping[PersonKey, date] | None = None


def back(days: Days, count: int) -> tuple[Days, ...]:
    """These days and the periods before them, `count` in all, oldest first."""
    found = [days]
    while len(found) < count:
        found.append(found[-1].before())
    return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class Measure:
    """A share or a spread from 0 to 1, of so many people. `value` None: undefined."""

    kind: MeasureKind
    value: Fraction | None
    people: int

    @property
    def suppressed(self) -> bool:
        """Whether too few people are concerned for it to be told."""
        return self.people < FEWEST

    @property
    def shown(self) -> Fraction | None:
        """The value, where it may be told and is defined."""
        return None if self.suppressed else self.value


def measures(facts: Facts, days: Days, used: Fraction | None) -> tuple[Measure, ...]:
    """All measures of a circle over these days. `used`: the share of its envelopes decided."""
    work = [one for one in facts.worked if days.hold(one.day)]
    people = {one.person for one in work}
    minutes = _sums((one.person, one.minutes) for one in work)
    amounts = _sums((one.person, one.regulated) for one in work if one.regulated)
    paid = sum(one.minutes for one in work if one.regulated and not one.pro_bono)
    given = sum(one.minutes for one in work if one.pro_bono)
    told = sum(minutes.values())
    kind = MeasureKind
    return (
        passage(facts, days),
        retention(facts.worked, days),
        Measure(kind.HOURS_SPREAD, gini(minutes.values()), len(minutes)),
        Measure(kind.AMOUNTS_SPREAD, gini(amounts.values()), len(amounts)),
        Measure(kind.PAID_SHARE, share(paid, told), len(people)),
        Measure(kind.PRO_BONO_SHARE, share(given, told), len(people)),
        led_by_others(facts.led, days),
        Measure(kind.ENVELOPE_USED, used, len(people)),
    )


def passage(facts: Facts, days: Days) -> Measure:
    """Of those who came for the first time in these days, who contributed by their end."""
    first = facts.contributed or {}
    came = {who for who, day in (facts.attended or {}).items() if days.hold(day)}
    new = {who for who in came if who not in first or first[who] >= days.since}
    began = {who for who in new if who in first and first[who] <= days.until}
    return Measure(MeasureKind.PASSAGE, share(len(began), len(new)), len(new))


def retention(worked: Collection[Worked], days: Days) -> Measure:
    """Of those who contributed in the period before, who contributed in these days."""
    before = days.before()
    then = {one.person for one in worked if before.hold(one.day)}
    now = {one.person for one in worked if days.hold(one.day)}
    return Measure(MeasureKind.RETENTION, share(len(then & now), len(then)), len(then))


def led_by_others(led: Iterable[Led], days: Days) -> Measure:
    """Of the actions that moved in these days, how many somebody else than a steward leads."""
    moved = [one for one in led if days.hold(one.day)]
    others = sum(not one.by_steward for one in moved)
    people = {one.person for one in moved}
    return Measure(MeasureKind.LED_BY_OTHERS, share(others, len(moved)), len(people))


def share(part: int, whole: int) -> Fraction | None:
    """The part of a whole; None of nothing."""
    return Fraction(part, whole) if whole else None


def _sums(pairs: Iterable[tuple[PersonKey, int]]) -> Mapping[PersonKey, int]:
    sums: dict[PersonKey, int] = defaultdict(int)
    for who, amount in pairs:
        sums[who] += amount
    return sums


@dataclass(frozen=True, slots=True)
class Range:
    """How a measure spreads over circles, none of which can be told from it."""

    kind: MeasureKind
    circles: int
    least: Fraction
    lower: Fraction
    middle: Fraction
    upper: Fraction
    most: Fraction


def ranges(told: Iterable[Sequence[Measure]]) -> tuple[Range, ...]:
    """The range of each measure over circles; of fewer than `FEWEST_CIRCLES`, none."""
    values: dict[MeasureKind, list[Fraction]] = defaultdict(list)
    for measured in told:
        for one in measured:
            if one.shown is not None:
                values[one.kind].append(one.shown)
    return tuple(
        _range(kind, sorted(values[kind]))
        for kind in MeasureKind
        if len(values[kind]) >= FEWEST_CIRCLES
    )


def _range(kind: MeasureKind, ordered: Sequence[Fraction]) -> Range:
    at = _quantile(ordered)
    quarter = Fraction(1, 4)
    return Range(
        kind, len(ordered), ordered[0], at(quarter), at(2 * quarter), at(3 * quarter), ordered[-1]
    )


def _quantile(ordered: Sequence[Fraction]) -> Callable[[Fraction], Fraction]:
    """Quantiles between the sorted values, in proportion (the usual linear ones)."""

    def at(rank: Fraction) -> Fraction:
        place = rank * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    return at


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An open question to the members of a circle."""

    number: int
    text: str
    at: datetime
    answers: int = 0


class Evaluating(Protocol):
    """What evaluation reads, and the open questions of circles. Answers never tell who wrote."""

    async def facts(self, circle: CircleId, since: date, until: date) -> Facts: ...
    async def ask(
        self, circle: CircleId, by: PersonKey, at: datetime, text: str
    ) -> OpenQuestion: ...
    async def question(self, circle: CircleId) -> OpenQuestion | None: ...
    async def answer(self, question: int, person: PersonKey, at: datetime, text: str) -> bool: ...
    async def answers(self, question: int) -> tuple[str, ...]: ...
