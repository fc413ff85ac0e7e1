"""Elections in a few words, for the tests of the counts."""

import json
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from circle.tally import CountedBallot, Election, Option, Rule

CASES = json.loads((Path(__file__).parents[2] / "cases" / "votes.json").read_text("utf-8"))


def election(rule, choices, *, options=(), electorate=None, **fields):
    """An election whose voters v1, v2… made these choices, in order."""
    ballots = tuple(
        CountedBallot(f"v{rank}", choice) for rank, choice in enumerate(choices, start=1)
    )
    return Election(
        rule=Rule(rule),
        electorate=len(ballots) if electorate is None else electorate,
        options=tuple(Option(option, option) for option in options),
        ballots=ballots,
        **fields,
    )


def answered(rule, *, electorate=None, fields=None, **answers):
    """A majority or a consent with so many ballots of each answer."""
    choices = [answer for answer, times in answers.items() for _ in range(times)]
    return election(rule, choices, electorate=electorate, **(fields or {}))


def sharing(costs, ballots, budget, completion="none"):
    """An election by equal shares; costs and budget in cents."""
    return Election(
        rule=Rule.SHARES,
        electorate=len(ballots),
        budget=budget,
        completion=completion,
        options=tuple(Option(option, option, cost) for option, cost in costs.items()),
        ballots=tuple(
            CountedBallot(f"v{rank}", tuple(ballot)) for rank, ballot in enumerate(ballots)
        ),
    )


@st.composite
def sharings(draw, completion="none", most_voters=7, least_cost=1):
    """Small elections by equal shares, where ties and exact payments are frequent."""
    unit = draw(st.sampled_from([1, 10, 100, 500]))
    values = draw(st.lists(st.integers(least_cost, 12), min_size=1, max_size=6))
    costs = {f"p{rank}": value * unit for rank, value in enumerate(values)}
    ballot = st.lists(st.sampled_from(sorted(costs)), unique=True)
    ballots = draw(st.lists(ballot, min_size=1, max_size=most_voters))
    budget = draw(st.integers(0, sum(costs.values()) + unit))
    return sharing(costs, ballots, budget, completion)


def as_fractions(row):
    """An option, and its figures as exact fractions."""
    return (row[0], *(Fraction(figure) for figure in row[1:]))
