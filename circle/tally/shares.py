"""Equal shares with its completions, and the greedy result beside it (docs/domain.md: Deciding)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from circle.tally.approval import points
from circle.tally.election import Election
from circle.tally.equal import Purchase, Sale, equal_shares, sales
from circle.tally.horizon import horizon
from circle.tally.instance import BudgetInstance, instance_of
from circle.tally.result import Allocation, Result
from circle.tally.waiting import Counted
from circle.votes import Completion

RAISE = 100  # cents a voter: 1.00 €, or one unit of a .pb file's currency
_WORTH, _LONGEST = 8, 31  # steps


@dataclass(frozen=True, slots=True)
class Shares:
    """Who finances what. `share` is what each voter held in the end, in cents.

    `purchases` were paid by their supporters; `completed` come from what was left.
    """

    share: Fraction
    purchases: tuple[Purchase, ...]
    completed: tuple[str, ...]
    allocation: Allocation
    greedy: Allocation


def tally(election: Election) -> Result:
    """The options funded; ties are settled by the rule itself, so that none remains."""
    shares = allocate(election)
    return Result(
        rule=election.rule,
        winners=shares.allocation.funded,
        cast=election.cast,
        electorate=election.electorate,
        quorum_met=election.quorum_met,
        counts=points(election),
        allocation=shares.allocation,
        greedy=shares.greedy,
    )


def _allocate(election: Election) -> Shares:
    instance = instance_of(election)
    budget = election.budget or 0
    share = Fraction(budget, max(instance.voters, 1))
    if election.completion in {Completion.ADD1, Completion.ADD1U}:
        share = _add1(instance, budget, share)
    purchases = equal_shares(instance, share)
    bought = Allocation(tuple(purchase.id for purchase in purchases), _spent(purchases))
    allocation = bought
    if election.completion in {Completion.UTILITARIAN, Completion.ADD1U}:
        allocation = _utilitarian(instance, budget, bought)
    completed = allocation.funded[len(purchases) :]
    greedy = _utilitarian(instance, budget, Allocation())
    return Shares(share, purchases, completed, allocation, greedy)


allocate = Counted(_allocate)
"""The whole story of a vote by equal shares, for words and pictures; counted once."""


def _utilitarian(instance: BudgetInstance, budget: int, start: Allocation) -> Allocation:
    """Adds projects by votes, then lower cost, then declared order; skips what does not fit."""
    funded, spent = list(start.funded), start.spent
    by_votes = sorted(instance.projects.values(), key=lambda p: (-p.votes, p.cost, p.rank))
    for project in by_votes:
        if project.id not in start.funded and spent + project.cost <= budget:
            funded.append(project.id)
            spent += project.cost
    return Allocation(tuple(funded), spent)


def _add1(instance: BudgetInstance, budget: int, share: Fraction) -> Fraction:
    """The share raised until more would overspend, or nothing more can be bought.

    Steps that tell the same story are jumped over, as far as it surely lasts: a project that one
    voter alone supports may need thousands of them. Where stories are short, looking ahead costs
    more than it spares: it waits for more steps alike.
    """
    story, alike, patience = sales(instance, share), 0, 0
    while len(story) < len(instance.projects):
        if alike >= patience:
            jumped = max(ceil(horizon(instance, story, share) / RAISE) - 1, 0)
            share, alike = share + jumped * RAISE, 0
            patience = 0 if jumped > _WORTH else min(2 * patience + 1, _LONGEST)
        following = sales(instance, share + RAISE)
        if _spent(following) > budget:
            break
        alike = alike + 1 if _order(following) == _order(story) else 0
        share, story = share + RAISE, following
    return share


def _order(story: Iterable[Sale]) -> list[str]:
    return [sale.id for sale in story]


def _spent(story: Iterable[Purchase | Sale]) -> int:
    return sum(sale.cost for sale in story)
