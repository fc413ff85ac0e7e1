"""The worked cases of tests/cases/votes.json, each one whole."""

from fractions import Fraction

import pytest

from circle.gini import gini
from circle.prorata import prorata
from circle.tally import Completion, judgment, shares, tally
from circle.tally.median import low_median
from tests.rules.tally.elections import CASES, as_fractions, election, sharing


def by_name(family):
    return [pytest.param(case, id=case.get("name", str(case))) for case in CASES[family]]


def shared(case, completion):
    costs = {option: cost * 100 for option, cost in case["costs"].items()}
    return sharing(costs, list(case["ballots"].values()), case["budget"] * 100, completion)


@pytest.mark.parametrize("case", by_name("judgment"))
def test_judgment_names_the_published_winner(case):
    ballots = [{"X": x, "Y": y} for x, y in zip(case["X"], case["Y"], strict=True)]
    assert tally(election("judgment", ballots, options="XY")).winners[0] == case["winner"]


def test_judgment_of_the_book_has_the_published_majority_values():
    book = CASES["judgment"][0]
    values = {name: judgment.majority_value(sorted(book[name])) for name in "XY"}
    assert values == {"X": (9, 9, 11, 7, 11), "Y": (9, 9, 10, 8, 11)}


@pytest.mark.parametrize("case", by_name("median"))
def test_the_low_median_is_the_published_one(case):
    assert low_median([int(amount) for amount in case["amounts"]]) == int(case["result"])


@pytest.mark.parametrize("case", by_name("prorata"))
def test_the_pro_rata_is_the_published_one(case):
    given = prorata([claim * 100 for claim in case["asked"]], case["envelope"] * 100)
    assert list(given) == [round(amount * 100) for amount in case["given"]]


def test_the_pro_rata_of_the_circles_is_the_published_one():
    asked = [500_000, 400_000, 350_000, 250_000]
    assert prorata(asked, 1_000_000) == (333_333, 266_667, 233_333, 166_667)


@pytest.mark.parametrize("case", by_name("gini"))
def test_the_gini_is_the_published_one(case):
    assert gini(case["x"]) == Fraction(case["gini"])


@pytest.mark.parametrize("case", by_name("shares"))
def test_equal_shares_without_completion_funds_the_published_projects(case):
    assert list(tally(shared(case, Completion.NONE)).winners) == case["mes"]


@pytest.mark.parametrize("case", by_name("shares"))
def test_equal_shares_then_votes_funds_the_published_projects(case):
    assert list(tally(shared(case, Completion.UTILITARIAN)).winners) == case["mes_u"]


@pytest.mark.parametrize("case", by_name("shares"))
def test_greedy_funds_the_published_projects(case):
    greedy = tally(shared(case, Completion.NONE)).greedy
    assert list(greedy.funded) == case["greedy_votes"]


@pytest.mark.parametrize("case", by_name("shares"))
def test_equal_shares_tells_the_published_effective_votes_and_prices(case):
    trace = [
        (purchase.id, purchase.effective_votes, purchase.price / 100)
        for purchase in shares.allocate(shared(case, Completion.NONE)).purchases
    ]
    assert trace == [as_fractions(row) for row in case["mes_trace"]]
