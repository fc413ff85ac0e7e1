"""A vote as equal shares sees it: projects with supporters, and equal ballots together."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from circle.tally.election import Election

Key = tuple[Fraction | int, int, int, int]


@dataclass(frozen=True, slots=True)
class Project:
    """An option with a supporter. `cost` in cents; `rank` is the declared order.

    `groups` are those of its supporters; `votes` counts them one by one.
    """

    rank: int
    id: str
    cost: int
    groups: tuple[int, ...]
    votes: int

    def key(self, effective_votes: Fraction | int) -> Key:
        """Sorts projects: most effective votes, lowest cost, most votes, first declared."""
        return (-effective_votes, self.cost, -self.votes, self.rank)


@dataclass(frozen=True, slots=True)
class BudgetInstance:
    """Projects by rank. Voters with equal ballots are a group: `weights` says how many."""

    projects: dict[int, Project]
    weights: tuple[int, ...]
    voters: int


def instance_of(election: Election) -> BudgetInstance:
    """The projects that have a supporter, and the groups that support them."""
    ballots = Counter(b.choice for b in election.ballots if isinstance(b.choice, tuple))
    weights = tuple(ballots.values())
    supporters: dict[str, list[int]] = {option.id: [] for option in election.options}
    for group, choice in enumerate(ballots):
        for option_id in choice:
            supporters[option_id].append(group)
    projects = {}
    for rank, option in enumerate(election.options):
        groups = tuple(supporters[option.id])
        votes = sum(weights[group] for group in groups)
        if votes:
            projects[rank] = Project(rank, option.id, option.cost or 0, groups, votes)
    return BudgetInstance(projects, weights, election.cast)
