"""One run of the Method of Equal Shares at a given share (cost utilities, approval ballots).

Peters, Pierczyński and Skowron, *Proportional Participatory Budgeting with Additive Utilities*,
2021; equalshares.net. A project is looked at again only when the most that it could still offer
beats what the others could.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from circle.tally.demand import Demand
from circle.tally.instance import BudgetInstance
from circle.tally.purses import FINE, Purses, RoundedPurses, TooCloseError


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project bought together. Money in cents.

    Of its `supporters`, `payers` pay the full `price` each, `limited` pay all they have left
    (it is less), and any other has nothing left.
    """

    id: str
    cost: int
    effective_votes: Fraction
    price: Fraction
    supporters: int
    payers: int
    limited: int


class Sale(NamedTuple):
    """A purchase without its price."""

    id: str
    cost: int
    payers: int


def equal_shares(instance: BudgetInstance, share: Fraction) -> tuple[Purchase, ...]:
    """What is bought when each voter holds `share` cents, in the order of purchase."""
    purses = Purses(instance.weights, share)
    return tuple(_purchase(demand, purses) for demand in _run(instance, purses))


def sales(instance: BudgetInstance, share: Fraction, scale: int = FINE) -> tuple[Sale, ...]:
    """What `equal_shares` buys, faster: exactly where rounding to `1 / scale` cent cannot tell."""
    try:
        return _sales(instance, RoundedPurses(instance.weights, share, scale))
    except TooCloseError:
        return _sales(instance, Purses(instance.weights, share))


def _sales(instance: BudgetInstance, purses: Purses) -> tuple[Sale, ...]:
    return tuple(
        Sale(demand.project.id, demand.project.cost, demand.payers)
        for demand in _run(instance, purses)
    )


def _run(instance: BudgetInstance, purses: Purses) -> Iterator[Demand]:
    """The demands that are met, each one before it is paid."""
    demands = {rank: Demand(project) for rank, project in instance.projects.items()}
    # With full purses nobody is limited: a project has as many effective votes as votes.
    queue = [project.key(project.votes) for project in instance.projects.values()]
    heapify(queue)
    fresh: set[int] = set()
    while queue:
        rank = heappop(queue)[-1]
        demand = demands[rank]
        if not demand.affordable(purses):
            continue
        least, most = demand.effective_votes(purses)
        if not queue or demand.project.key(least) < queue[0]:
            yield demand
            purses.pay(demand)
            fresh.clear()
        elif rank in fresh:
            raise TooCloseError
        else:
            fresh.add(rank)
            heappush(queue, demand.project.key(most))


def _purchase(demand: Demand, purses: Purses) -> Purchase:
    limited = purses.filled(demand.limited)
    return Purchase(
        id=demand.project.id,
        cost=demand.project.cost,
        effective_votes=demand.effective_votes(purses)[0],
        price=Fraction(demand.due, demand.payers * purses.scale),
        supporters=demand.project.votes,
        payers=demand.payers,
        limited=sum(purses.weights[group] for group in limited),
    )
