"""Which envelope holds what was decided (docs/domain.md: Where money sits).

An amount is attributed when it is decided, by entries of their own which are never changed
(decision 37). What no envelope may hold waits, oldest decision first, until one does. Cents.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from circle.envelopes import Envelope, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """By how much more an envelope holds of an item from now on; less than none: it lets go.

    `paid`: by how much more of that is paid. `cause`: the id of the entry because of which.
    """

    envelope: int
    item: int
    cents: int
    paid: int = 0
    cause: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheld:
    """What was decided on an item and no envelope holds; its day, and its action's workstream."""

    item: int
    cents: int
    day: date
    workstream: int | None = None
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """So many cents of an item that an envelope, by its number, holds or shall hold."""

    item: int
    envelope: int
    cents: int


def may_hold(envelope: Envelope, waiting: Unheld) -> bool:
    """Whether an amount may be attributed to it without anybody saying so.

    Its period holds the day of the work (without days, any), and it is of the action's workstream,
    or of none.
    """
    late = envelope.until is not None and envelope.until < waiting.day
    early = envelope.since is not None and waiting.day < envelope.since
    return not late and not early and envelope.workstream in (None, waiting.workstream)


def _rank(envelope: Envelope) -> tuple[bool, date, int]:
    """The workstream's own first, then those whose period ends first, then by number."""
    return envelope.workstream is None, envelope.until or date.max, envelope.number


def placed(uses: Sequence[Use], waiting: Iterable[Unheld]) -> Iterator[Portion]:
    """How these amounts, in their order, fill what is left in the envelopes that may hold them."""
    left = {use.envelope.number: use.left for use in uses}
    ordered = sorted((use.envelope for use in uses), key=_rank)
    for one in waiting:
        due = one.cents
        for envelope in ordered if any(left.values()) else ():
            cents = min(due, left[envelope.number]) if may_hold(envelope, one) else 0
            if cents > 0:
                due -= cents
                left[envelope.number] -= cents
                yield Portion(one.item, envelope.number, cents)


def standing(attributions: Iterable[Attribution]) -> tuple[Portion, ...]:
    """What envelopes hold of an item, in the order in which it was attributed to them.

    `attributions`: those of that item, oldest first; what is let go was attributed last.
    """
    held: list[Portion] = []
    for one in attributions:
        if one.cents > 0:
            held.append(Portion(one.item, one.envelope, one.cents))
        else:
            held = _less(held, one.envelope, -one.cents)
    return tuple(held)


def _less(held: Sequence[Portion], envelope: int, cents: int) -> list[Portion]:
    """The same once that envelope has let go so much of what it got last."""
    kept: list[Portion] = []
    for part in reversed(held):
        gone = min(cents, part.cents) if part.envelope == envelope else 0
        cents -= gone
        if part.cents > gone:
            kept.append(Portion(part.item, part.envelope, part.cents - gone))
    return kept[::-1]


def released(held: Sequence[Portion], cents: int) -> Iterator[Portion]:
    """What is let go so that these parts are so much less: what was attributed last goes first."""
    for part in reversed(held):
        gone = min(cents, part.cents)
        if gone > 0:
            cents -= gone
            yield Portion(part.item, part.envelope, -gone)


def together(parts: Iterable[Portion]) -> dict[int, int]:
    """The cents of each envelope, by its number, in the order in which they first come."""
    sums: dict[int, int] = {}
    for part in parts:
        sums[part.envelope] = sums.get(part.envelope, 0) + part.cents
    return {number: cents for number, cents in sums.items() if cents}
