"""When the coordination should look closer at a circle, and why.

Limits that no circle sets: they help the coordination look, they decide nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Final

from circle.circles import CircleState
from circle.envelopes import Use
from circle.ledger import Postings
from circle.overview import Standing
from circle.people import Role
from circle.time import DAY

SILENT: Final = timedelta(days=30)
WAITING: Final = timedelta(days=60)
NEARLY_SPENT: Final = Fraction(9, 10)
BARELY_SPENT: Final = Fraction(1, 5)
FAR_IN_PERIOD: Final = Fraction(2, 3)
ASLEEP: Final = frozenset({CircleState.DORMANT, CircleState.CLOSED})


class AlertKind(StrEnum):
    """Why, most pressing first."""

    UNBALANCED = "unbalanced"
    NO_STEWARD = "no-steward"
    NEARLY_SPENT = "nearly-spent"
    WAITING = "waiting"
    BARELY_SPENT = "barely-spent"
    SILENT = "silent"
    NO_MEETING = "no-meeting"


@dataclass(frozen=True, slots=True)
class Alert:
    """One reason.

    `days` since when, `share` of an envelope used, `number` of the envelope or of the items that
    wait, `cents` that do not add up, `until` when the envelope's period lasts.
    """

    kind: AlertKind
    days: int = 0
    share: Fraction | None = None
    number: int = 0
    cents: int = 0
    until: date | None = None


def alerts(
    standing: Standing,
    uses: Sequence[Use],
    meeting: datetime | None,
    gap: Postings,
    now: datetime,
) -> tuple[Alert, ...]:
    """Why this circle needs a look, most pressing first; one asleep only where sums are wrong.

    `uses` of its envelopes, its next `meeting`, `gap` between its items and its entries.
    """
    found = [*_unbalanced(gap)]
    if standing.circle.state not in ASLEEP:
        found += _life(standing, meeting, now)
        found += _money(uses, now.date())
    return tuple(sorted(found, key=lambda alert: list(AlertKind).index(alert.kind)))


def _unbalanced(gap: Postings) -> Iterator[Alert]:
    cents = max(map(abs, (gap.granted, gap.asked, gap.regulated, gap.invoiced, gap.paid)))
    if cents:
        yield Alert(AlertKind.UNBALANCED, cents=cents)


def _life(standing: Standing, meeting: datetime | None, now: datetime) -> Iterator[Alert]:
    if not standing.members.get(Role.STEWARD):
        yield Alert(AlertKind.NO_STEWARD)
    if standing.waiting_since is not None and now - standing.waiting_since > WAITING:
        days = (now.date() - standing.waiting_since.astimezone(now.tzinfo).date()).days
        yield Alert(AlertKind.WAITING, days=days, number=standing.waiting)
    begun = standing.circle.created_at.astimezone(now.tzinfo).date()
    quiet = now.date() - (standing.last or begun)
    if quiet >= SILENT:
        yield Alert(AlertKind.SILENT, days=quiet.days)
    if meeting is None:
        yield Alert(AlertKind.NO_MEETING)


def _money(uses: Iterable[Use], today: date) -> Iterator[Alert]:
    for use in uses:
        since, until = period_of(use)
        if not use.envelope.amount or not since <= today <= until:
            continue
        share = Fraction(use.spent, use.envelope.amount)
        about = partial(Alert, share=share, number=use.envelope.number, until=until)
        if share > NEARLY_SPENT:
            yield about(AlertKind.NEARLY_SPENT)
        elif share < BARELY_SPENT and elapsed(since, until, today) >= FAR_IN_PERIOD:
            yield about(AlertKind.BARELY_SPENT)


def period_of(use: Use) -> tuple[date, date]:
    """The days of an envelope's period; where none reads, from its entry to the year's end."""
    envelope = use.envelope
    if envelope.since and envelope.until:
        return envelope.since, envelope.until
    return envelope.at.date(), date(envelope.at.year, 12, 31)


def elapsed(since: date, until: date, today: date) -> Fraction:
    """How much of these whole days, both included, is over at the end of today."""
    return Fraction((today - since + DAY).days, (until - since + DAY).days)
