"""Approval: one among several, and dates with *si besoin*."""

from hypothesis import given
from hypothesis import strategies as st

from circle.tally import Outcome, as_values, outcome, tally
from tests.rules.tally.elections import election

lists = st.lists(st.lists(st.sampled_from("ABCD"), unique=True).map(tuple), max_size=12)
dates = st.lists(st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 2)), max_size=12)


def approval(choices, options="ABCD", **fields):
    return election("approval", choices, options=options, **fields)


def brute_points(choices, option):
    return sum(choice.get(option, 0) for choice in choices)


def test_each_approval_is_a_point():
    result = tally(approval([("A", "B"), ("B",), ()], options="ABC"))
    assert result.counts == {"A": 1, "B": 2, "C": 0}


def test_options_come_from_most_to_fewest():
    assert tally(approval([("C", "A"), ("C",)], options="ABC")).winners == ("C", "A", "B")


def test_equal_options_share_a_place_in_declared_order():
    result = as_values(tally(approval([("D", "B"), ("B", "D", "A")])))
    assert result["winners"] == [["B", "D"], "A", "C"]


def test_a_shared_first_place_is_a_tie():
    vote = approval([("A", "B")])
    assert outcome(vote, tally(vote)) == Outcome.TIE


def test_a_shared_second_place_is_no_tie():
    vote = approval([("A",)])
    assert outcome(vote, tally(vote)) == Outcome.DECIDED


def test_empty_ballots_are_cast_and_leave_a_tie():
    result = tally(approval([(), None]))
    assert (result.cast, result.tie) == (2, True)


def test_no_ballot_is_void_and_no_tie():
    vote = approval([], electorate=3)
    assert (tally(vote).tie, outcome(vote, tally(vote))) == (False, Outcome.VOID)


def test_a_lone_option_wins():
    assert tally(approval([("A",)], options="A")).winners == ("A",)


def test_a_date_counts_two_and_if_needed_one():
    result = tally(approval([{"A": 2, "B": 1}, {"B": 2, "C": 0}], options="ABC"))
    assert result.counts == {"A": 2, "B": 3, "C": 0}


def test_a_plain_list_among_dates_says_yes():
    result = tally(approval([("A",), {"B": 1}], options="AB"))
    assert result.counts == {"A": 2, "B": 1}


def test_an_empty_table_makes_no_vote_on_dates():
    assert tally(approval([("A",), {}], options="AB")).counts == {"A": 1, "B": 0}


@given(dates)
def test_points_are_the_sum_of_what_ballots_say(choices):
    counts = tally(approval(choices)).counts
    assert counts == {option: brute_points(choices, option) for option in "ABCD"}


@given(lists)
def test_a_list_counts_as_a_table_of_ones(choices):
    tables = [dict.fromkeys(choice, 1) for choice in choices]
    assert tally(approval(choices)).counts == tally(approval(tables)).counts


@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(choices, shuffler):
    shuffled = shuffler.sample(choices, len(choices))
    assert tally(approval(shuffled)) == tally(approval(choices))


@given(dates)
def test_every_option_has_one_place(choices):
    flat = [option for place in tally(approval(choices)).winners for option in place]
    assert sorted(flat) == list("ABCD")


@given(lists)
def test_one_more_approval_keeps_a_winner_first(choices):
    winners = tally(approval(choices)).winners
    assert tally(approval([*choices, (winners[0][0],)])).winners[0] == winners[0][0]
