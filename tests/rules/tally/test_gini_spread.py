"""Gini, against the mean difference of all pairs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.gini import gini

values = st.lists(st.integers(0, 5000), min_size=1, max_size=15).filter(any)


def by_pairs(numbers):
    """Half the relative mean difference: another definition of the same figure."""
    differences = sum(abs(one - other) for one in numbers for other in numbers)
    return Fraction(differences, 2 * len(numbers) * sum(numbers))


@given(values)
def test_gini_is_half_the_relative_mean_difference(numbers):
    assert gini(numbers) == by_pairs(numbers)


def test_equal_values_have_no_spread():
    assert gini([80, 80, 80]) == 0


def test_one_value_has_no_spread():
    assert gini([80]) == 0


@pytest.mark.parametrize("numbers", [[], [0], [0, 0, 0]])
def test_gini_of_nothing_is_undefined(numbers):
    assert gini(numbers) is None


def test_a_negative_value_is_refused():
    with pytest.raises(ValueError, match="-5"):
        gini([10, -5])
