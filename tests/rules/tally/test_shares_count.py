"""Equal shares: the edges of its definition, one by one. Costs in cents."""

from fractions import Fraction

import pytest

from circle.tally import Allocation, Completion, Outcome, as_values, outcome, shares, tally
from tests.rules.tally.elections import sharing


def funded(costs, ballots, budget, completion=Completion.NONE):
    return tally(sharing(costs, ballots, budget, completion)).allocation.funded


def test_the_share_is_exactly_the_budget_divided_by_the_ballots():
    told = shares.allocate(sharing({"a": 1000}, ["a", "a", ""], 1000, Completion.NONE))
    assert told.share == Fraction(1000, 3)


def test_an_empty_ballot_keeps_its_share_away():
    assert funded({"a": 1000}, ["a", "a", ""], 1000) == ()


def test_exactly_enough_money_is_enough():
    assert funded({"a": 900}, ["a", "a", "a"], 900) == ("a",)


def test_a_cent_short_is_too_little():
    assert funded({"a": 901}, ["a", "a", "a"], 900) == ()


def test_equal_effective_votes_go_to_the_lowest_cost():
    assert funded({"a": 400, "b": 200}, ["ab", "ab"], 600) == ("b", "a")


def test_the_lowest_cost_comes_before_the_most_votes():
    # x empties its supporters: then a and b each have two voters who can pay, a has one more.
    costs, ballots = {"x": 800, "a": 320, "b": 300}, ["x", "x", "xa", "x", "a", "a", "b", "b"]
    assert funded(costs, ballots, 1600) == ("x", "b", "a")


def test_equal_costs_too_go_to_the_most_votes():
    # x empties its supporters: then a and b each have two voters who can pay, a has one more.
    costs, ballots = {"x": 800, "b": 300, "a": 300}, ["x", "x", "xa", "x", "a", "a", "b", "b"]
    assert funded(costs, ballots, 1600) == ("x", "a", "b")


def test_all_equal_goes_to_the_first_declared():
    assert funded({"b": 300, "a": 300}, ["ab", "ab"], 300) == ("b",)


def test_who_has_less_than_the_price_gives_all_and_the_others_the_rest():
    costs, ballots = {"a": 900, "b": 500}, ["ab", "a", "a", "b"]
    second = shares.allocate(sharing(costs, ballots, 1600, Completion.NONE)).purchases[1]
    assert (second.price, second.payers, second.limited) == (400, 1, 1)


def test_effective_votes_are_the_cost_divided_by_the_price():
    costs, ballots = {"a": 900, "b": 500}, ["ab", "a", "a", "b"]
    second = shares.allocate(sharing(costs, ballots, 1600, Completion.NONE)).purchases[1]
    assert second.effective_votes == Fraction(5, 4)


def test_who_has_nothing_left_is_told_as_a_supporter_who_pays_nothing():
    costs, ballots = {"a": 1200, "b": 300}, ["ab", "a", "a", "b"]
    bought = shares.allocate(sharing(costs, ballots, 1600, Completion.NONE)).purchases[1]
    assert (bought.supporters, bought.payers, bought.limited) == (2, 1, 0)


def test_what_costs_nothing_is_funded_if_somebody_wants_it():
    assert funded({"f": 0, "u": 0, "a": 100}, ["f", "a"], 0) == ("f",)


def test_what_costs_nothing_is_funded_when_its_supporters_have_nothing_left():
    assert funded({"a": 300, "f": 0}, ["af", "a", "a"], 300) == ("a", "f")


def test_what_costs_nothing_has_all_its_votes_as_effective_votes():
    costs, ballots = {"a": 400, "f": 0}, ["af", "a", "a", "a"]
    bought = shares.allocate(sharing(costs, ballots, 400, Completion.NONE)).purchases
    assert [(row.id, row.effective_votes, row.price) for row in bought] == [
        ("a", 4, 100),
        ("f", 1, 0),
    ]


def test_a_project_dearer_than_the_budget_is_never_funded():
    assert funded({"a": 5000, "b": 100}, ["ab", "a"], 200, Completion.ADD1U) == ("b",)


def test_a_budget_of_zero_funds_nothing_that_costs():
    assert funded({"a": 1}, ["a"], 0, Completion.ADD1U) == ()


def test_no_ballot_funds_nothing_and_is_void():
    vote = sharing({"a": 100}, [], 1000, Completion.ADD1U)
    assert (tally(vote).winners, outcome(vote, tally(vote))) == ((), Outcome.VOID)


def test_empty_ballots_fund_nothing_and_decide_so():
    vote = sharing({"a": 100}, ["", ""], 1000, Completion.ADD1U)
    assert (tally(vote).winners, outcome(vote, tally(vote))) == ((), Outcome.DECIDED)


def test_projects_without_supporter_take_no_part_in_any_completion():
    assert funded({"a": 100, "b": 100}, ["a", "a"], 1000, Completion.ADD1U) == ("a",)


def test_utilitarian_skips_what_does_not_fit():
    costs, ballots = {"a": 700, "b": 300, "c": 200}, ["a", "a", "b", "c", ""]
    assert funded(costs, ballots, 600, Completion.UTILITARIAN) == ("c", "b")


def test_add1_raises_shares_by_one_euro():
    told = shares.allocate(sharing({"a": 1000}, ["a", "a", ""], 1000, Completion.ADD1))
    assert told.share == Fraction(1000, 3) + 200


def test_add1_stops_before_the_first_outcome_that_would_overspend():
    # At 7.00 a voter, b would be bought beside a: 11.00 in all.
    told = shares.allocate(sharing({"a": 400, "b": 700}, "ab", 1000, Completion.ADD1))
    assert (told.share, told.allocation.funded) == (600, ("a",))


def test_add1_goes_on_when_the_outcome_is_already_exhaustive():
    # At once a alone, and b does not fit beside. Two euros later b comes first, and not a.
    assert funded({"a": 300, "b": 900}, ["ab", "b", ""], 1000, Completion.ADD1) == ("b",)


def test_a_project_that_one_voter_alone_supports_is_reached_by_millions_of_steps():
    costs, ballots = {"a": 1, "z": 9_000_000_000}, ["a", "", "", "z"]
    told = shares.allocate(sharing(costs, ballots, 10_000_000_000, Completion.ADD1))
    assert told.share == 9_000_000_000


def test_a_project_out_of_any_reach_stops_add1_in_the_end():
    assert funded({"a": 100, "p": 10**14}, "ap", 300, Completion.ADD1) == ("a",)


def test_what_was_bought_and_what_was_completed_are_told_apart():
    costs, ballots = {"a": 200, "b": 300}, ["a", "a", "b", ""]
    told = shares.allocate(sharing(costs, ballots, 500, Completion.UTILITARIAN))
    assert ([bought.id for bought in told.purchases], told.completed) == (["a"], ("b",))


def test_the_greedy_result_stands_beside():
    vote = sharing({"a": 1000, "b": 300}, ["a", "a", "b"], 1000, Completion.NONE)
    assert tally(vote).greedy == Allocation(("a",), 1000)


def test_the_votes_are_counted_by_option():
    counts = tally(sharing({"a": 1, "b": 1, "c": 1}, ["ab", "b"], 10)).counts
    assert counts == {"a": 1, "b": 2, "c": 0}


@pytest.mark.parametrize("completion", list(Completion))
def test_every_completion_tells_the_same_fields(completion):
    vote = sharing({"a": 250}, ["a"], 1000, completion)
    assert as_values(tally(vote)) == {
        "rule": "shares",
        "adopted": None,
        "winners": ["a"],
        "tie": False,
        "cast": 1,
        "electorate": 1,
        "quorum_met": True,
        "counts": {"a": 1},
        "funded": ["a"],
        "spent": "2.50",
        "greedy": {"funded": ["a"], "spent": "2.50"},
    }
