"""The two shortcuts of equal shares against its exact runs, on a thousand seeded elections.

Half of them are tight: many voters are limited, offers are close, and rounding is coarse.
"""

import random
from fractions import Fraction

import pytest

from circle.tally.equal import equal_shares, sales
from circle.tally.horizon import horizon
from circle.tally.instance import instance_of
from tests.rules.tally.elections import sharing

ELECTIONS = 1000
STEPS = 12


def seeded(seed):
    """An election, as equal shares sees it, and a share at which some things are affordable."""
    chance = random.Random(seed)
    dearest = chance.choice([40, 300])
    costs = {
        f"p{rank}": chance.randrange(dearest // 4, dearest) for rank in range(chance.randint(3, 8))
    }
    ballots = [
        [option for option in costs if chance.random() < 0.6] for _ in range(chance.randint(3, 8))
    ]
    share = Fraction(sum(costs.values()) * chance.randrange(20, 100), len(ballots) * 100)
    return instance_of(sharing(costs, ballots, 0)), share


def story(instance, share):
    return tuple((bought.id, bought.payers) for bought in equal_shares(instance, share))


def order(instance, share):
    return [bought.id for bought in equal_shares(instance, share)]


def rounded_story(instance, share, scale):
    return tuple((sale.id, sale.payers) for sale in sales(instance, share, scale))


def changes_too_soon(instance, share):
    """Whether the story changes before the horizon, at one of a few places."""
    lasts = horizon(instance, sales(instance, share), share)
    before = order(instance, share)
    places = [lasts * Fraction(step * step, STEPS * STEPS) for step in range(1, STEPS)]
    return any(order(instance, share + place) != before for place in places if lasts)


@pytest.mark.parametrize("scale", [1, 2, 16])
def test_coarse_money_tells_the_exact_story(scale):
    told = {
        seed: rounded_story(*seeded(seed), scale)
        for seed in range(ELECTIONS)
        if rounded_story(*seeded(seed), scale) != story(*seeded(seed))
    }
    assert told == {}


def test_rounded_money_buys_what_costs_nothing_when_nothing_is_left():
    instance = instance_of(sharing({"a": 300, "f": 0}, ["af", "a", "a"], 300))
    assert rounded_story(instance, Fraction(100), 1 << 96) == (("a", 3), ("f", 1))


def test_money_too_small_for_its_unit_is_counted_exactly():
    instance = instance_of(sharing({"a": 1}, ["a", "a", "a"], 1))
    assert rounded_story(instance, Fraction(1, 3), 1) == (("a", 3),)


def test_no_story_changes_before_its_horizon():
    assert [seed for seed in range(ELECTIONS) if changes_too_soon(*seeded(seed))] == []
