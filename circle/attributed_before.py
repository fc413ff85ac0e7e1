"""Which envelope paid, as programs before decision 37 computed it anew at each reading.

It is computed once more, of what they left, and written down (`bot.operations.rereading`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from circle.attribution import Portion
from circle.envelopes import Envelope


@dataclass(frozen=True, slots=True)
class Spending:
    """What was decided on an item, and the workstream of its action. Cents."""

    item: int
    workstream: int | None
    regulated: int


def attributed(envelopes: Sequence[Envelope], spendings: Iterable[Spending]) -> Iterator[Portion]:
    """How the decided amounts, in the order of their decision, emptied the envelopes.

    An item took from the envelopes of its own workstream, then from those of none, then from
    the others; among them from the oldest period first, then in the order of entry.
    """
    left = {one.number: int(one.amount) for one in envelopes}
    ordered = sorted(envelopes, key=lambda one: (_start(one), one.number))
    nearest: dict[int | None, Sequence[Envelope]] = {}
    for spending in spendings:
        of = spending.workstream
        if of not in nearest:
            nearest[of] = sorted(ordered, key=partial(_farness, of))
        yield from _shares(spending, nearest[of], left)


def _shares(
    spending: Spending, nearest: Sequence[Envelope], left: dict[int, int]
) -> Iterator[Portion]:
    due = spending.regulated
    for envelope in nearest:
        cents = min(due, left[envelope.number])
        if cents > 0:
            due -= cents
            left[envelope.number] -= cents
            yield Portion(spending.item, envelope.number, cents)


def _start(envelope: Envelope) -> date:
    """The first day of an envelope's period; without one, of the year in which it was entered."""
    return envelope.since or date(envelope.at.year, 1, 1)


def _farness(workstream: int | None, envelope: Envelope) -> int:
    """Own workstream, none, another one."""
    if envelope.workstream is None:
        return 1
    return 0 if envelope.workstream == workstream else 2
