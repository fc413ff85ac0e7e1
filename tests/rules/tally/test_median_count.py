"""The low median of proposed amounts."""

from hypothesis import given
from hypothesis import strategies as st

from circle.tally import Outcome, as_values, outcome, tally
from tests.rules.tally.elections import election

amounts = st.lists(st.integers(0, 10**6), min_size=1, max_size=30)


def median(choices, **fields):
    return election("median", choices, **fields)


def test_between_two_middle_amounts_the_lower_is_taken():
    assert tally(median([30000, 10000, 20000, 15000])).amount == 15000


def test_one_amount_is_the_median():
    assert tally(median([4200])).amount == 4200


def test_a_blank_ballot_is_cast_and_proposes_nothing():
    result = tally(median([100, None, 300]))
    assert (result.cast, result.amount, result.counts) == (3, 100, (100, 300))


def test_without_an_amount_there_is_no_median():
    assert as_values(tally(median([None])))["amount"] is None


def test_no_ballot_is_void():
    vote = median([], electorate=4)
    assert outcome(vote, tally(vote)) == Outcome.VOID


def test_an_amount_is_decided():
    vote = median([100])
    assert outcome(vote, tally(vote)) == Outcome.DECIDED


def test_the_counts_are_the_sorted_amounts_as_money():
    assert as_values(tally(median([5, 100000])))["counts"] == ["0.05", "1000.00"]


@given(amounts)
def test_the_median_is_always_a_proposed_amount(choices):
    assert tally(median(choices)).amount in choices


@given(amounts)
def test_at_least_half_ask_as_much_and_at_least_half_ask_as_little(choices):
    amount = tally(median(choices)).amount
    assert 2 * sum(choice <= amount for choice in choices) >= len(choices)
    assert 2 * sum(choice >= amount for choice in choices) >= len(choices)


@given(amounts, st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(choices, shuffler):
    shuffled = shuffler.sample(choices, len(choices))
    assert tally(median(shuffled)).amount == tally(median(choices)).amount


@given(amounts, st.integers(0, 10**6))
def test_asking_more_never_lowers_the_median(choices, more):
    raised = [choices[0] + more, *choices[1:]]
    assert tally(median(raised)).amount >= tally(median(choices)).amount
