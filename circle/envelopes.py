"""Envelopes: money granted by funders, for a workstream and a period."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from circle.entries import EnvelopeEntry, Granted
from circle.money import Cents
from circle.people import PersonKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Money granted to a circle, as its entries tell it. Cents; numbered in order of entry.

    `entries` are their ids, oldest first. `since`, `until`: the days of its period, both included;
    without them any day is its own, whatever the words of its period.
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
        since=entry.event.since,
        until=entry.event.until,
        entries=(*(before.entries if before else ()), entry.id),
    )
    return told if before is None else replace(told, at=before.at, by=before.by)


@dataclass(frozen=True, slots=True)
class Use:
    """What an envelope holds of what was decided, and how much of that is paid. Cents."""

    envelope: Envelope
    spent: int = 0
    paid: int = 0

    @property
    def left(self) -> int:
        """What remains in it."""
        return self.envelope.amount - self.spent
