"""A long count is made once, and never while others wait."""

import pytest

from circle.tally import Rule, tally
from circle.tally.waiting import LIGHT, Counted, CountFirstError, while_others_wait
from tests.rules.tally.elections import sharing

SMALL = sharing({"a": 300, "b": 200}, ["a", "ab"], 300)
LONG = sharing({f"p{n}": 100 for n in range(20)}, [["p1"]] * (LIGHT // 20 + 1), 300)


@pytest.fixture
def counts():
    return []


@pytest.fixture
def count(counts):
    def how(election):
        counts.append(election)
        return len(counts)

    return Counted(how)


def test_the_same_election_is_counted_once(count, counts):
    assert [count(SMALL), count(sharing({"a": 300, "b": 200}, ["a", "ab"], 300))] == [1, 1]
    assert counts == [SMALL]


def test_another_ballot_makes_another_count(count, counts):
    count(SMALL)
    count(sharing({"a": 300, "b": 200}, ["a", "a"], 300))
    assert len(counts) == 2


def test_while_others_wait_a_long_count_is_asked_for_and_not_made(count, counts):
    with while_others_wait(), pytest.raises(CountFirstError) as asked:
        count(LONG)
    assert (asked.value.election, counts) == (LONG, [])


def test_while_others_wait_a_short_count_is_made_at_once(count):
    with while_others_wait():
        assert count(SMALL) == 1


def test_what_was_counted_first_is_there_for_who_waits(count):
    count(LONG)
    with while_others_wait():
        assert count(LONG) == 1


def test_afterwards_everything_is_counted_again_as_it_comes(count):
    with while_others_wait():
        pass
    assert count(LONG) == 1


def test_only_the_last_elections_are_kept(count, counts):
    for budget in range(80):
        count(sharing({"a": 300}, ["a"], budget))
    assert len(count._known) == 64
    count(sharing({"a": 300}, ["a"], 39))
    assert len(counts) == 80


def test_the_result_of_a_share_comes_from_what_was_counted():
    assert tally(SMALL).rule is Rule.SHARES
    with while_others_wait():
        assert tally(SMALL) == tally(SMALL)
    with while_others_wait(), pytest.raises(CountFirstError):
        tally(LONG)
