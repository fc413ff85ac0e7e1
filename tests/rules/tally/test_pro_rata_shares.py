"""Pro rata: to the cent, never above what was asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.prorata import prorata

claims = st.lists(st.integers(0, 10**7), max_size=20)
amounts = st.integers(-(10**6), 10**8)


def test_claims_that_fit_are_given_whole():
    assert prorata([100, 250], 350) == (100, 250)


def test_nothing_available_gives_zeros():
    assert prorata([100, 250], 0) == (0, 0)


def test_less_than_nothing_available_gives_zeros():
    assert prorata([100, 250], -4000) == (0, 0)


def test_no_claim_gives_nothing():
    assert prorata([], 100) == ()


def test_claims_of_zero_stay_at_zero():
    assert prorata([0, 100], 50) == (0, 50)


def test_the_largest_remainders_get_the_missing_cents():
    # 10 × 1/21, 10 × 10/21, 10 × 10/21: 0.476, 4.762, 4.762.
    assert prorata([1, 10, 10], 10) == (0, 5, 5)


def test_equal_remainders_are_served_in_order_of_declaration():
    assert prorata([10, 10, 10], 10) == (4, 3, 3)


def test_a_negative_claim_is_refused():
    with pytest.raises(ValueError, match="-1"):
        prorata([10, -1], 5)


@given(claims, amounts)
def test_the_sum_is_what_is_available_or_what_was_asked(asked, available):
    assert sum(prorata(asked, available)) == min(sum(asked), max(available, 0))


@given(claims, amounts)
def test_nobody_gets_more_than_asked(asked, available):
    given_amounts = prorata(asked, available)
    assert all(0 <= got <= claim for got, claim in zip(given_amounts, asked, strict=True))


@given(claims.filter(any), st.integers(0, 10**7))
def test_everybody_is_within_a_cent_of_the_exact_part(asked, available):
    available = min(available, sum(asked))
    for got, claim in zip(prorata(asked, available), asked, strict=True):
        assert abs(got * sum(asked) - claim * available) < sum(asked)


@given(claims, amounts)
def test_who_asks_more_never_gets_less(asked, available):
    ordered = sorted(asked, reverse=True)
    assert list(prorata(ordered, available)) == sorted(prorata(ordered, available), reverse=True)
