"""How circles are told across circles: totals, a line a circle, never a person's amounts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from circle.circles import Circle, CircleId, CircleKind, CircleState
from circle.envelopes import Use
from circle.figures import Figures
from circle.money import Money
from circle.overview import Funding, Standing, by_funder
from circle.ports import UnitOfWork
from circle.text import fold
from circle.time import Days
from commands.across.replies import CircleLine, CirclesView, FunderLine, MoneyFacts, TotalFacts

PAGE = 20
RECENT = timedelta(days=30)


_FIGURES = ("granted", "committed", "asked", "regulated", "invoiced", "paid", "unattributed")
_ORDERS: Mapping[CirclesView, Callable[[Standing], tuple[object, ...]]] = {
    CirclesView.CIRCLES: lambda one: (fold(one.circle.name),),
    CirclesView.BUDGET: lambda one: (-_used(one.figures), fold(one.circle.name)),
    CirclesView.LATE: lambda one: (-one.late, -one.open, fold(one.circle.name)),
    CirclesView.HOURS: lambda one: (-one.minutes, fold(one.circle.name)),
    CirclesView.SILENCE: lambda one: (one.last or date.min, fold(one.circle.name)),
}


def _used(figures: Figures) -> Fraction:
    """The share of what was granted that is decided or held back; beyond all, what nobody gave."""
    used = figures.regulated + figures.committed
    if not figures.granted:
        return Fraction(2 if used else 0)
    return Fraction(used, figures.granted)


def ordered(standings: Sequence[Standing], view: CirclesView) -> list[Standing]:
    """In the order of that view: what most needs a look first."""
    return sorted(standings, key=_ORDERS[view])


def picked(
    circles: Sequence[Circle], state: CircleState | None, kind: CircleKind | None
) -> list[Circle]:
    """Those confirmed, in that state and of that kind (None: any), by name: what totals are of."""
    return [one for one in listed(circles, state, kind) if one.confirmed]


def listed(
    circles: Sequence[Circle], state: CircleState | None, kind: CircleKind | None
) -> list[Circle]:
    """The same with those that the coordination has still to confirm."""
    kept = [one for one in circles if state in (None, one.state) and kind in (None, one.kind)]
    return sorted(kept, key=lambda one: fold(one.name))


def named(circles: Sequence[Circle], name: str) -> Circle | None:
    """The circle of that name or alias; else the only one whose names begin with these words."""
    wanted = fold(name)
    exact = [one for one in circles if wanted in _names(one)]
    begun = [one for one in circles if any(_begins(known, wanted) for known in _names(one))]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def _names(circle: Circle) -> set[str]:
    return {fold(circle.name), *map(fold, circle.aliases)}


def _begins(known: str, words: str) -> bool:
    return known.startswith(words) and not known[len(words) :][:1].isalnum()


def days_of(span: Days | None, now: datetime) -> tuple[date, date]:
    """The days that were said; else the last thirty."""
    if span is not None:
        return span.since, span.until
    return (now - RECENT).date(), now.date()


def line(standing: Standing) -> CircleLine:
    """What every list tells of a circle."""
    circle, figures = standing.circle, standing.figures
    return CircleLine(
        name=circle.name,
        kind=circle.kind,
        state=circle.state,
        open=standing.open,
        late=standing.late,
        done=standing.done,
        minutes=standing.minutes,
        contributors=standing.contributors,
        votes=standing.votes,
        waiting=standing.waiting,
        last=standing.last,
        members=standing.members,
        confirmed=circle.confirmed,
        money=money_of(figures, circle.currency),
    )


def money_of(figures: Figures, currency: str) -> MoneyFacts:
    """The figures of a budget as money."""
    return MoneyFacts(
        granted=Money(figures.granted, currency),
        committed=Money(figures.committed, currency),
        asked=Money(figures.asked, currency),
        regulated=Money(figures.regulated, currency),
        invoiced=Money(figures.invoiced, currency),
        paid=Money(figures.paid, currency),
        available=Money(figures.available, currency),
    )


def totals(standings: Sequence[Standing]) -> TotalFacts:
    """Several circles together; people are not added up, some are in several."""
    figures = Figures(*(sum(getattr(one.figures, name) for one in standings) for name in _FIGURES))
    currency = standings[0].circle.currency if standings else "EUR"
    return TotalFacts(
        open=sum(one.open for one in standings),
        late=sum(one.late for one in standings),
        done=sum(one.done for one in standings),
        minutes=sum(one.minutes for one in standings),
        votes=sum(one.votes for one in standings),
        waiting=sum(one.waiting for one in standings),
        money=money_of(figures, currency),
    )


async def envelope_uses(
    uow: UnitOfWork, standings: Sequence[Standing]
) -> Mapping[CircleId, tuple[Use, ...]]:
    """What the envelopes of each circle hold."""
    return await uow.overview.uses([one.circle.id for one in standings])


async def funders(uow: UnitOfWork, standings: Sequence[Standing]) -> tuple[FunderLine, ...]:
    """The money of these circles by funder."""
    uses = await envelope_uses(uow, standings)
    split = by_funder(
        (use for of_circle in uses.values() for use in of_circle),
        (one.figures for one in standings),
    )
    currency = standings[0].circle.currency if standings else "EUR"
    return tuple(_funding(one, currency) for one in split)


def _funding(one: Funding, currency: str) -> FunderLine:
    return FunderLine(
        name=one.funder,
        granted=Money(one.granted, currency),
        regulated=Money(one.regulated, currency),
        paid=Money(one.paid, currency),
        available=Money(one.available, currency),
    )
