"""What the coordination may know of circles: totals, never what is one person's.

Everything here is asked for many circles at once: the store answers in a few grouped questions,
however many circles there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from circle.circles import Circle, CircleId
from circle.envelopes import Envelope, Use
from circle.figures import Figures
from circle.ledger import Postings
from circle.meetings import Meeting, next_start
from circle.people import Person, PersonKey, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a circle stands. Cents and minutes.

    `minutes`, `contributors` and `done` are those of a period, everything else of now.
    `waiting_since`: when the oldest item that waits for a decision was declared.
    """

    circle: Circle
    members: Mapping[Role, int]
    figures: Figures
    open: int
    late: int
    done: int
    votes: int
    minutes: int
    contributors: int
    waiting: int
    waiting_since: datetime | None
    last: date | None

    @property
    def used(self) -> int:
        """What was decided or is held back, in cents."""
        return self.figures.regulated + self.figures.committed


class Overview(Protocol):
    """Questions about several circles; closed ones answer as well."""

    async def standings(
        self, circles: Sequence[Circle], now: datetime, since: date, until: date
    ) -> tuple[Standing, ...]: ...
    async def meetings(
        self, circles: Sequence[CircleId], after: datetime
    ) -> Mapping[CircleId, tuple[Meeting, ...]]: ...
    async def envelopes(
        self, circles: Sequence[CircleId]
    ) -> Mapping[CircleId, tuple[Envelope, ...]]: ...
    async def uses(self, circles: Sequence[CircleId]) -> Mapping[CircleId, tuple[Use, ...]]: ...
    async def disagreements(self, circles: Sequence[CircleId]) -> Mapping[CircleId, Postings]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """What a coordinator wants to tell every circle. `cause`: the event that confirmed it."""

    number: int
    by: PersonKey
    at: datetime
    text: str
    cause: str | None = None


class Broadcasts(Protocol):
    """Messages to every circle: previewed, then confirmed once by who wrote them."""

    async def add(self, by: Person, at: datetime, text: str) -> Broadcast: ...
    async def get(self, number: int) -> Broadcast | None: ...
    async def latest(self, by: PersonKey) -> Broadcast | None: ...
    async def confirm(self, number: int, cause: str) -> bool: ...
    async def withdraw(self, number: int) -> bool: ...
    async def unreached(self, number: int) -> tuple[CircleId, ...]: ...


def soonest(meetings: Iterable[Meeting], after: datetime) -> datetime | None:
    """When the next of these meetings starts, or None."""
    starts = [start for one in meetings if (start := next_start(one, after)) is not None]
    return min(starts, default=None)


@dataclass(frozen=True, slots=True)
class Funding:
    """What one funder granted (None: nobody was named), and what it served for. Cents."""

    funder: str | None
    granted: int
    regulated: int
    paid: int

    @property
    def available(self) -> int:
        """What was not decided yet."""
        return self.granted - self.regulated


def by_funder(uses: Iterable[Use], figures: Iterable[Figures]) -> tuple[Funding, ...]:
    """The money by funder, by name, unnamed last.

    What was decided beyond every envelope is nobody's: it counts as that of no funder, so that
    the lines add up to the figures of the circles.
    """
    sums: dict[str | None, list[int]] = {}
    for use in uses:
        line = sums.setdefault(use.envelope.funder, [0, 0, 0])
        for place, cents in enumerate((use.envelope.amount, use.spent, use.paid)):
            line[place] += cents
    told = tuple(figures)
    beyond = (
        sum(one.granted for one in told) - sum(line[0] for line in sums.values()),
        sum(one.regulated for one in told) - sum(line[1] for line in sums.values()),
        sum(one.paid for one in told) - sum(line[2] for line in sums.values()),
    )
    if any(beyond):
        line = sums.setdefault(None, [0, 0, 0])
        sums[None] = [had + more for had, more in zip(line, beyond, strict=True)]
    named = sorted(sums, key=lambda name: (name is None, name or ""))
    return tuple(Funding(name, *sums[name]) for name in named)
