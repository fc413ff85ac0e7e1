"""Majority: quorum, simple and qualified, ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.tally import Outcome, Quorum, outcome, tally
from tests.rules.tally.elections import answered

few = st.integers(0, 12)
TWO_THIRDS = {"threshold": Fraction(2, 3)}


def majority(**answers):
    return answered("majority", **answers)


def ended(vote):
    return outcome(vote, tally(vote))


def test_more_yes_than_no_is_adopted():
    assert tally(majority(yes=3, no=2, abstain=9)).adopted is True


def test_more_no_than_yes_is_rejected():
    assert ended(majority(yes=2, no=3)) == Outcome.REJECTED


def test_a_tie_is_told_and_not_adopted():
    result = tally(majority(yes=2, no=2, abstain=1))
    assert (result.tie, result.adopted) == (True, False)


def test_a_tie_is_an_outcome():
    assert ended(majority(yes=2, no=2)) == Outcome.TIE


def test_only_abstentions_are_a_tie_of_zero_to_zero():
    assert ended(majority(abstain=3)) == Outcome.TIE


def test_no_ballot_at_all_is_no_tie():
    assert tally(majority(electorate=4)).tie is False


def test_no_ballot_at_all_is_not_adopted():
    assert ended(majority(electorate=4)) == Outcome.REJECTED


def test_every_answer_is_counted():
    counts = tally(majority(no=1, abstain=2)).counts
    assert list(counts.items()) == [("yes", 0), ("no", 1), ("abstain", 2)]


def test_four_of_six_pass_two_thirds_exactly():
    assert tally(majority(yes=4, no=2, fields=TWO_THIRDS)).adopted is True


def test_three_of_five_miss_two_thirds():
    assert tally(majority(yes=3, no=2, fields=TWO_THIRDS)).adopted is False


def test_abstentions_do_not_weigh_on_a_qualified_majority():
    assert tally(majority(yes=2, no=1, abstain=5, fields=TWO_THIRDS)).adopted is True


def test_nothing_but_abstentions_misses_a_qualified_majority():
    assert tally(majority(abstain=5, fields=TWO_THIRDS)).adopted is False


def test_half_as_a_threshold_is_the_simple_majority():
    assert tally(majority(yes=2, no=2, fields={"threshold": Fraction(1, 2)})).adopted is False


def test_unanimity_is_a_threshold_of_one():
    assert tally(majority(yes=3, abstain=1, fields={"threshold": Fraction(1)})).adopted is True


@pytest.mark.parametrize(
    ("quorum", "met"),
    [
        (None, True),
        (Quorum(share=Fraction(1, 2)), True),
        (Quorum(share=Fraction(4, 7)), True),
        (Quorum(share=Fraction(5, 7)), False),
        (Quorum(people=4), True),
        (Quorum(people=5), False),
        (Quorum(people=0), True),
        (Quorum(people=8), False),
        (Quorum(share=Fraction(1)), False),
    ],
)
def test_the_quorum_is_counted_on_all_ballots_and_rounded_up(quorum, met):
    vote = majority(yes=2, no=1, abstain=1, electorate=7, fields={"quorum": quorum})
    assert tally(vote).quorum_met is met


def test_without_quorum_met_nothing_is_adopted():
    vote = majority(yes=3, electorate=7, fields={"quorum": Quorum(people=4)})
    assert ended(vote) == Outcome.NO_QUORUM


def test_a_tie_without_quorum_is_told_as_a_missing_quorum():
    vote = majority(yes=1, no=1, electorate=7, fields={"quorum": Quorum(people=4)})
    assert ended(vote) == Outcome.NO_QUORUM


@given(yes=few, no=few, abstain=few)
def test_one_more_yes_never_turns_adoption_away(yes, no, abstain):
    before = tally(majority(yes=yes, no=no, abstain=abstain, fields=TWO_THIRDS))
    after = tally(majority(yes=yes + 1, no=no, abstain=abstain, fields=TWO_THIRDS))
    assert after.adopted >= before.adopted


@given(yes=few, no=few, abstain=few)
def test_an_abstention_changes_only_the_quorum(yes, no, abstain):
    before = tally(majority(yes=yes, no=no, abstain=abstain))
    assert tally(majority(yes=yes, no=no, abstain=abstain + 1)).adopted == before.adopted


@given(yes=few, no=few, parts=st.integers(1, 9), whole=st.integers(1, 9))
def test_a_qualified_majority_is_a_cross_multiplication(yes, no, parts, whole):
    threshold = Fraction(min(parts, whole), whole)
    enough = yes > no if 2 * threshold == 1 else yes * whole >= (yes + no) * min(parts, whole)
    result = tally(majority(yes=yes, no=no, fields={"threshold": threshold}))
    assert result.adopted is (enough and yes + no > 0)
