"""Looking ahead spares steps and changes nothing: the share is that of each step taken."""

import random
from fractions import Fraction

import pytest

from circle.tally import shares
from circle.tally.equal import equal_shares
from circle.tally.instance import instance_of
from tests.rules.tally.elections import sharing

ELECTIONS = 600


def seeded(seed, dearest=None, options=12, voters=14):
    """An election of which many have thousands of steps, or stories that change at each."""
    chance = random.Random(seed)
    dearest = dearest or chance.choice([300, 3000, 60_000])
    costs = {f"p{n}": chance.randint(1, dearest) for n in range(chance.randint(2, options))}
    chosen = chance.choice([0.1, 0.3, 0.6])
    ballots = [
        [option for option in costs if chance.random() < chosen]
        for _ in range(chance.randint(2, voters))
    ]
    budget = sum(costs.values()) * chance.choice([5, 20, 50, 90]) // 100
    return sharing(costs, ballots, budget, "add1")


def step_by_step(election):
    """The last share that does not overspend, or the first that buys all: each step exactly."""
    instance, share = instance_of(election), Fraction(election.budget, len(election.ballots))
    bought = equal_shares(instance, share)
    while len(bought) < len(instance.projects):
        following = equal_shares(instance, share + shares.RAISE)
        if sum(one.cost for one in following) > election.budget:
            break
        share, bought = share + shares.RAISE, following
    return share, bought


def test_the_share_is_the_one_found_step_by_step():
    found = {seed: shares.allocate(seeded(seed)) for seed in range(ELECTIONS)}
    differing = [
        seed
        for seed, told in found.items()
        if (told.share, told.purchases) != step_by_step(seeded(seed))
    ]
    assert differing == []


@pytest.mark.parametrize("seed", range(5))
def test_amounts_of_a_thousand_million_take_few_counts(seed, monkeypatch):
    counts, count = [], shares.sales
    monkeypatch.setattr(shares, "sales", lambda *asked: counts.append(asked) or count(*asked))
    shares.allocate(seeded(seed, dearest=100_000_000_000, options=20, voters=40))
    assert len(counts) < 400
