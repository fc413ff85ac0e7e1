"""The measures of the contributive dynamic: exact, undefined where nothing can be divided."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.evaluation import (
    FEWEST,
    Facts,
    Led,
    Measure,
    MeasureKind,
    Worked,
    back,
    measures,
    ranges,
)
from circle.people import PersonKey
from circle.time import Days

MARCH = Days(date(2026, 3, 1), date(2026, 3, 31))
IN_MARCH, IN_FEBRUARY = date(2026, 3, 9), date(2026, 2, 9)
PEOPLE = tuple(PersonKey(f"p{n}") for n in range(8))


def worked(who, minutes=60, day=IN_MARCH, regulated=0, *, pro_bono=False):
    return Worked(PEOPLE[who], day, minutes, regulated, pro_bono)


def told(kind, facts, days=MARCH, used=None):
    return next(one for one in measures(facts, days, used) if one.kind is kind)


def value(kind, facts, **rest):
    return told(kind, facts, **rest).value


def test_the_worked_case_of_the_spread():
    minutes = (50, 100, 150, 300)
    facts = Facts(tuple(worked(who, one) for who, one in enumerate(minutes)))
    assert value(MeasureKind.HOURS_SPREAD, facts) == Fraction(1, 3)


def test_hours_of_one_person_are_added_before_they_are_compared():
    facts = Facts((worked(0, 50), worked(0, 50), worked(1, 100)))
    assert value(MeasureKind.HOURS_SPREAD, facts) == 0


def test_amounts_are_compared_between_those_who_have_any():
    facts = Facts((worked(0, regulated=500), worked(1, regulated=500), worked(2)))
    assert value(MeasureKind.AMOUNTS_SPREAD, facts) == 0


def test_paid_and_pro_bono_hours_are_shares_of_all_hours():
    facts = Facts((worked(0, 30, regulated=5), worked(1, 60, pro_bono=True), worked(2, 30)))
    found = value(MeasureKind.PAID_SHARE, facts), value(MeasureKind.PRO_BONO_SHARE, facts)
    assert found == (Fraction(1, 4), Fraction(1, 2))


def test_work_outside_of_the_days_does_not_count():
    facts = Facts((worked(0, 30, regulated=5), worked(1, 999, IN_FEBRUARY)))
    assert value(MeasureKind.PAID_SHARE, facts) == 1


def test_retention_is_that_of_the_period_before():
    facts = Facts((worked(0, day=IN_FEBRUARY), worked(1, day=IN_FEBRUARY), worked(1), worked(2)))
    assert value(MeasureKind.RETENTION, facts) == Fraction(1, 2)


def test_passage_counts_who_came_first_and_then_contributed():
    attended = dict.fromkeys(PEOPLE[:3], IN_MARCH) | {PEOPLE[3]: IN_FEBRUARY}
    contributed = {PEOPLE[0]: IN_MARCH, PEOPLE[3]: IN_MARCH}
    facts = Facts(attended=attended, contributed=contributed)
    assert value(MeasureKind.PASSAGE, facts) == Fraction(1, 3)


def test_who_had_contributed_before_coming_makes_no_passage():
    facts = Facts(attended={PEOPLE[0]: IN_MARCH}, contributed={PEOPLE[0]: IN_FEBRUARY})
    assert value(MeasureKind.PASSAGE, facts) is None


def test_actions_led_by_others_are_a_share_of_those_that_moved():
    led = (
        Led(PEOPLE[0], IN_MARCH, by_steward=True),
        Led(PEOPLE[1], IN_MARCH, by_steward=False),
        Led(PEOPLE[2], IN_FEBRUARY, by_steward=False),
    )
    assert value(MeasureKind.LED_BY_OTHERS, Facts(led=led)) == Fraction(1, 2)


@pytest.mark.parametrize("kind", MeasureKind)
def test_of_nothing_every_measure_is_undefined(kind):
    assert value(kind, Facts()) is None


@pytest.mark.parametrize(("people", "shown"), [(FEWEST - 1, None), (FEWEST, Fraction(0))])
def test_below_five_people_a_measure_is_not_told(people, shown):
    facts = Facts(tuple(worked(who) for who in range(people)))
    assert told(MeasureKind.HOURS_SPREAD, facts).shown == shown


def test_before_a_month_comes_the_whole_month_before():
    assert MARCH.before() == Days(date(2026, 2, 1), date(2026, 2, 28))


def test_before_a_quarter_comes_the_quarter_before():
    first = Days(date(2026, 1, 1), date(2026, 3, 31))
    assert first.before() == Days(date(2025, 10, 1), date(2025, 12, 31))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(1, 9))
def test_periods_follow_each_other_without_gap(since, length, count):
    periods = back(Days(since, since + timedelta(days=length)), count)
    gaps = {two.since - one.until for one, two in pairwise(periods)}
    assert gaps <= {timedelta(days=1)}


WORK = st.builds(
    Worked,
    st.sampled_from(PEOPLE),
    st.dates(date(2026, 2, 1), date(2026, 3, 31)),
    st.integers(0, 600),
    st.integers(0, 10_000),
    st.booleans(),
)


@given(st.lists(WORK))
def test_every_measure_is_between_nothing_and_the_whole(work):
    found = [one.value for one in measures(Facts(tuple(work)), MARCH, Fraction(1, 2))]
    assert all(0 <= one <= 1 for one in found if one is not None)


@given(st.lists(WORK), st.randoms())
def test_the_order_of_work_changes_no_measure(work, random):
    shuffled = random.sample(work, len(work))
    assert measures(Facts(tuple(work)), MARCH, None) == measures(
        Facts(tuple(shuffled)), MARCH, None
    )


@given(st.lists(WORK))
def test_paid_and_pro_bono_hours_never_exceed_all_hours(work):
    facts = Facts(tuple(work))
    found = value(MeasureKind.PAID_SHARE, facts), value(MeasureKind.PRO_BONO_SHARE, facts)
    assert sum(share or 0 for share in found) <= 1


def spread(*values, people=FEWEST):
    return [
        (Measure(MeasureKind.PASSAGE, None if one is None else Fraction(one, 100), people),)
        for one in values
    ]


def test_a_range_tells_the_edges_and_the_quarters():
    [found] = ranges(spread(0, 40, 20, 10, 30))
    edges = (found.least, found.lower, found.middle, found.upper, found.most)
    assert edges == tuple(Fraction(one, 10) for one in range(5))


@pytest.mark.parametrize(
    "told", [spread(1, 2, 3), spread(1, 2, 3, 4, people=4), spread(*[None] * 9)]
)
def test_too_few_circles_make_no_range(told):
    assert ranges(told) == ()
