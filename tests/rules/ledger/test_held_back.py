"""What adopted votes hold back (docs/words.md: The budget's figures)."""

import pytest

from circle.figures import Commitment, Figures, Held, committed

V1_ON_A1 = Commitment(1, 10000, 1)
V2_ON_A1 = Commitment(2, 5000, 1)
V3_ALONE = Commitment(3, 4000, None)


@pytest.mark.parametrize(
    ("by_vote", "by_action", "held"),
    [
        ({}, {}, 10000),
        ({1: 4000}, {}, 6000),
        ({1: 10000}, {}, 0),
        ({1: 12000}, {}, 0),
        ({}, {1: 3000}, 7000),
        ({1: 4000}, {1: 3000}, 3000),
        ({}, {2: 3000}, 10000),
    ],
)
def test_a_vote_holds_its_amount_less_what_was_regulated_for_it(by_vote, by_action, held):
    assert committed([V1_ON_A1], by_vote, by_action) == held


def test_what_was_regulated_on_an_action_serves_its_oldest_vote_first():
    assert committed([V2_ON_A1, V1_ON_A1], {}, {1: 12000}) == 3000


def test_what_the_oldest_does_not_need_goes_to_the_next():
    assert committed([V1_ON_A1, V2_ON_A1], {1: 10000}, {1: 2000}) == 3000


def test_a_vote_without_action_counts_only_what_names_it():
    assert committed([V3_ALONE], {3: 1000}, {1: 9000}) == 3000


def test_what_names_a_vote_that_shared_a_sum_serves_its_amounts_in_their_order():
    shared = [Commitment(4, 5000, 1), Commitment(4, 3000, None), Commitment(4, 2000, 2)]
    assert committed(shared, {4: 6000}, {1: 9000, 2: 500}) == 2000 + 1500


def test_regulating_for_a_vote_takes_nothing_from_the_available():
    assert Held((V1_ON_A1,)).freed(8000, vote=None, action=1) == 8000


def test_beyond_what_a_vote_holds_it_is_taken_from_the_available():
    assert Held((V1_ON_A1,)).freed(13000, vote=1, action=None) == 10000


def test_what_names_neither_frees_nothing():
    assert Held((V1_ON_A1,)).freed(8000, vote=None, action=None) == 0


def test_what_is_available_is_neither_decided_nor_held_back():
    figures = Figures(granted=100, committed=20, asked=50, regulated=30, invoiced=10, paid=5)
    assert figures.available == 50
