"""Majority judgment, against medians taken out one by one."""

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from circle.tally import Outcome, as_values, judgment, outcome, tally
from tests.rules.tally.elections import election

grades = st.lists(st.integers(0, 6), min_size=1, max_size=19)
ballots = st.lists(st.dictionaries(st.sampled_from("ABC"), st.integers(0, 6)), max_size=9)
full_ballots = st.lists(st.fixed_dictionaries(dict.fromkeys("ABC", st.integers(0, 6))), max_size=9)


def judged(choices, options="ABC", **fields):
    return election("judgment", choices, options=options, **fields)


def medians_taken_out(given_grades):
    """The definition, word for word: the lower median, then the same without it, and so on."""
    left, value = sorted(given_grades), []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return tuple(value)


def by_removal(choices, options):
    voting = [choice for choice in choices if choice]
    return {
        option: medians_taken_out([choice.get(option, 0) for choice in voting])
        for option in options
    }


def flat(winners):
    return [option for place in winners for option in place]


@given(grades)
def test_the_majority_value_takes_medians_out_one_by_one(given_grades):
    assert judgment.majority_value(sorted(given_grades)) == medians_taken_out(given_grades)


@given(ballots)
def test_options_are_sorted_by_majority_value(choices):
    values = by_removal(choices, "ABC")
    told = [values[option] for option in flat(tally(judged(choices)).winners)]
    assert told == sorted(values.values(), reverse=True)


@given(ballots)
def test_options_share_a_place_when_their_majority_values_are_equal(choices):
    values = by_removal(choices, "ABC")
    places = tally(judged(choices)).winners
    assert len(places) == len(set(values.values()))


def test_seventeen_options_and_eighteen_judges_are_ranked_as_by_removal():
    seeded = random.Random(1817)
    options = [f"wine {rank}" for rank in range(17)]
    choices = [{option: seeded.randrange(7) for option in options} for _ in range(18)]
    values = by_removal(choices, options)
    ranked = [
        option if isinstance(option, tuple) else (option,)
        for option in tally(judged(choices, options)).winners
    ]
    assert [values[place[0]] for place in ranked] == sorted(set(values.values()), reverse=True)


def test_a_missing_grade_is_the_worst():
    assert tally(judged([{"A": 6}])).counts["B"] == (1, 0, 0, 0, 0, 0, 0)


def test_a_ballot_that_grades_nothing_is_cast_and_gives_no_grade():
    result = tally(judged([{"A": 6}, {}, None]))
    assert (result.cast, sum(result.counts["A"])) == (3, 1)


def test_the_counts_go_from_worst_to_best():
    result = as_values(tally(judged([{"A": 0}, {"A": 6}, {"A": 6}], options="A")))
    assert result["counts"] == {"A": [1, 0, 0, 0, 0, 0, 2]}


def test_a_longer_scale_has_longer_counts():
    assert len(tally(judged([{"A": 11}])).counts["B"]) == 12


def test_equal_majority_values_are_a_tie():
    vote = judged([{"A": 3, "B": 3}], options="AB")
    assert outcome(vote, tally(vote)) == Outcome.TIE


def test_nobody_grading_anything_leaves_everybody_tied():
    assert tally(judged([{}, {}])).winners == (("A", "B", "C"),)


def test_no_ballot_is_void_and_no_tie():
    vote = judged([], electorate=3)
    assert (tally(vote).tie, outcome(vote, tally(vote))) == (False, Outcome.VOID)


def test_the_lower_median_is_taken_of_an_even_number():
    gauge = judgment.gauges(judged([{"A": 6}, {"A": 6}, {"A": 2}, {"A": 2}], options="A"))["A"]
    assert gauge.grade == 2


def test_the_gauge_tells_who_grades_above_and_below():
    gauge = judgment.gauges(judged([{"A": grade} for grade in (0, 3, 3, 5, 6)], options="A"))["A"]
    assert gauge == judgment.Gauge(3, above=Fraction(2, 5), below=Fraction(1, 5))


def test_the_gauge_rises_when_more_grade_above_than_below():
    gauge = judgment.gauges(judged([{"A": grade} for grade in (0, 3, 3, 5, 6)], options="A"))["A"]
    assert gauge.rising


def test_the_gauge_does_not_rise_when_as_many_grade_above_and_below():
    assert not judgment.Gauge(3, above=Fraction(1, 5), below=Fraction(1, 5)).rising


def test_there_is_no_gauge_without_grades():
    assert judgment.gauges(judged([{}])) == {}


@given(ballots, st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(choices, shuffler):
    shuffled = shuffler.sample(choices, len(choices))
    assert tally(judged(shuffled)) == tally(judged(choices))


@given(ballots)
def test_an_empty_ballot_changes_no_place(choices):
    assert tally(judged([*choices, {}])).winners == tally(judged(choices)).winners


@given(full_ballots.filter(len), st.data())
def test_a_better_grade_never_takes_the_first_place_away(choices, data):
    winner = flat(tally(judged(choices)).winners[:1])[0]
    raised = data.draw(st.sampled_from(range(len(choices))))
    choices[raised] = choices[raised] | {winner: 6}
    assert winner in flat(tally(judged(choices)).winners[:1])
