"""Envelopes: money granted by funders, for a workstream and a period, spent in a set order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from circle.entries import EnvelopeEntry, Granted
from circle.money import Cents
from circle.people import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Money granted to a circle, as its entries tell it. Cents; numbered in order of entry.

    `entries` are their ids, oldest first. `since`, `until`: the days of its period, both included,
    where the words of it tell them (`commands.shared.periods`).
    """

    number: int
    amount: Cents
    at: datetime
    by: PersonKey
    funder: str | None = None
    workstream: int | None = None
    period: str | None = None
    entries: tuple[int | None, ...] = ()
    since: date | None = None
    until: date | None = None


def fold_envelopes(entries: Iterable[EnvelopeEntry]) -> tuple[Envelope, ...]:
    """The envelopes that these entries tell, oldest first: grants and their corrections."""
    envelopes: dict[int, Envelope] = {}
    told_by: dict[int | None, int] = {}
    for entry in entries:
        granted = isinstance(entry.event, Granted)
        number = len(envelopes) + 1 if granted else told_by[entry.corrects]
        told_by[entry.id] = number
        envelopes[number] = _after(envelopes.get(number), entry, number)
    return tuple(envelopes.values())


def _after(before: Envelope | None, entry: EnvelopeEntry, number: int) -> Envelope:
    told = Envelope(
        number=number,
        amount=entry.event.amount,
        at=entry.at,
        by=entry.by,
        funder=entry.event.funder,
        workstream=entry.event.workstream,
        period=entry.event.period,
        entries=(*(before.entries if before else ()), entry.id),
    )
    return told if before is None else replace(told, at=before.at, by=before.by)


def period_start(envelope: Envelope) -> date:
    """The first day of an envelope's period; without one, of the year in which it was entered."""
    return envelope.since or date(envelope.at.year, 1, 1)


@dataclass(frozen=True, slots=True)
class Spending:
    """What was decided on an item, and the workstream of its action. Cents."""

    item: int
    workstream: int | None
    regulated: int
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """What an envelope was used for. Cents."""

    envelope: Envelope
    spent: int = 0
    paid: int = 0

    @property
    def left(self) -> int:
        """What remains in it."""
        return self.envelope.amount - self.spent


def spend(envelopes: Sequence[Envelope], spendings: Iterable[Spending]) -> tuple[Use, ...]:
    """How the decided amounts, in the order of their decision, empty the envelopes.

    An item takes from the envelopes of its own workstream, then from those of none, then from
    the others; among them from the oldest period first, then in the order of entry. What no
    envelope holds any more is attributed to none.
    """
    uses = {one.number: Use(one) for one in envelopes}
    for _ in _attributed(uses, spendings):
        pass
    return tuple(uses.values())


def attributed(
    envelopes: Sequence[Envelope], spendings: Iterable[Spending]
) -> tuple[tuple[int, int, int], ...]:
    """The parts of what was decided: item, envelope (numbers), cents; in the order of `spend`."""
    return tuple(_attributed({one.number: Use(one) for one in envelopes}, spendings))


def _attributed(
    uses: dict[int, Use], spendings: Iterable[Spending]
) -> Iterator[tuple[int, int, int]]:
    envelopes = [use.envelope for use in uses.values()]
    ordered = sorted(envelopes, key=lambda one: (period_start(one), one.number))
    nearest: dict[int | None, Sequence[Envelope]] = {}
    for spending in spendings:
        of = spending.workstream
        if of not in nearest:
            nearest[of] = sorted(ordered, key=partial(_farness, of))
        for number, cents in _shares(spending.regulated, nearest[of], uses):
            use = uses[number]
            paid = use.paid + cents if spending.paid else use.paid
            uses[number] = replace(use, spent=use.spent + cents, paid=paid)
            yield spending.item, number, cents


def spend_together(envelopes: Sequence[Envelope], cents: int) -> tuple[Use, ...] | None:
    """What is spent of each envelope once so much was decided; what is paid is not told.

    The same as `spend`, whatever was decided first; None where that matters: some envelope is of
    a workstream.
    """
    if any(one.workstream is not None for one in envelopes):
        return None
    left = cents
    uses: dict[int, Use] = {}
    for one in sorted(envelopes, key=lambda one: (period_start(one), one.number)):
        spent = max(0, min(left, one.amount))
        uses[one.number] = Use(one, spent)
        left -= spent
    return tuple(uses[one.number] for one in envelopes)


def _shares(
    due: int, nearest: Sequence[Envelope], uses: Mapping[int, Use]
) -> Iterator[tuple[int, int]]:
    for envelope in nearest:
        if due <= 0:
            return
        cents = min(due, uses[envelope.number].left)
        if cents > 0:
            due -= cents
            yield envelope.number, cents


def _farness(workstream: int | None, envelope: Envelope) -> int:
    """Own workstream, none, another one."""
    if envelope.workstream is None:
        return 1
    return 0 if envelope.workstream == workstream else 2
