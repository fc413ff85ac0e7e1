"""Which envelope holds what was decided: the rule, without store nor entries."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.attribution import (
    Attribution,
    Portion,
    Unheld,
    may_hold,
    placed,
    released,
    standing,
    together,
)
from circle.envelopes import Envelope, Use
from tests.rules.ledger.lives import ALICE, AT

OCTOBER = date(2026, 10, 5)
AUTUMN = {"since": date(2026, 10, 1), "until": date(2026, 12, 31)}
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


def use(number: int, amount: int, *, spent: int = 0, **rest) -> Use:
    return Use(Envelope(number=number, amount=amount, at=AT, by=ALICE, **rest), spent)


def work(cents: int, item: int = 1, **rest) -> Unheld:
    return Unheld(item=item, cents=cents, **({"day": OCTOBER} | rest))


def held(uses, *waiting) -> dict[int, int]:
    return together(placed(uses, waiting))


def moved(*steps) -> list[Attribution]:
    """Attributions of one item: envelope and cents of each."""
    return [
        Attribution(envelope=number, item=1, cents=cents, cause=n, at=AT)
        for n, (number, cents) in enumerate(steps)
    ]


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_the_first_and_the_last_day_of_a_period_are_in_it(day, may):
    assert may_hold(use(1, 100, **AUTUMN).envelope, work(10, day=day)) is may


def test_without_period_any_day_is_held():
    assert held([use(1, 100)], work(10, day=date(1999, 1, 1))) == {1: 10}


def test_another_workstream_s_envelope_holds_nothing():
    assert held([use(1, 100, workstream=5)], work(10, workstream=6), work(10, item=2)) == {}


def test_the_workstream_s_own_comes_before_that_of_the_whole_circle():
    uses = [use(1, 100, **AUTUMN), use(2, 100, workstream=5, **YEAR)]
    assert held(uses, work(130, workstream=5)) == {2: 100, 1: 30}


def test_the_period_that_ends_first_comes_first():
    uses = [use(1, 100, **YEAR), use(2, 100, since=date(2026, 1, 1), until=date(2026, 11, 30))]
    assert held(uses, work(130)) == {2: 100, 1: 30}


def test_a_period_that_ends_comes_before_none():
    assert held([use(1, 100), use(2, 100, **YEAR)], work(130)) == {2: 100, 1: 30}


def test_of_two_alike_the_lower_number_comes_first():
    assert held([use(2, 100, **YEAR), use(1, 100, **YEAR)], work(130)) == {1: 100, 2: 30}


def test_what_no_envelope_holds_waits():
    assert list(placed([use(1, 100, spent=80)], [work(50), work(50, item=2)])) == [
        Portion(1, 1, 20)
    ]


def test_what_was_attributed_last_is_let_go_first():
    parts = standing(moved((1, 60), (2, 40), (1, 10)))
    assert list(released(parts, 30)) == [Portion(1, 1, -10), Portion(1, 2, -20)]


def test_what_was_let_go_is_the_last_that_its_envelope_got():
    assert standing(moved((1, 60), (2, 40), (1, 10), (1, -10), (2, -20))) == (
        Portion(1, 1, 60),
        Portion(1, 2, 20),
    )


ways = st.sampled_from([{}, AUTUMN, YEAR, {"since": date(2027, 1, 1), "until": date(2027, 6, 30)}])
streams = st.sampled_from([None, 1, 2])
many_uses = st.lists(st.tuples(st.integers(0, 90), ways, streams), max_size=5).map(
    lambda told: [use(n, *one[:1], **one[1], workstream=one[2]) for n, one in enumerate(told, 1)]
)
many_works = st.lists(
    st.tuples(st.integers(0, 60), streams, st.sampled_from([OCTOBER, date(2027, 2, 1)])),
    max_size=6,
).map(lambda told: [work(c, n, workstream=s, day=d) for n, (c, s, d) in enumerate(told, 1)])


@given(many_uses, many_works)
def test_no_more_is_placed_than_waits_nor_than_is_left(uses, works):
    parts = list(placed(uses, works))
    assert all(part.cents > 0 for part in parts)
    for one in works:
        assert sum(part.cents for part in parts if part.item == one.item) <= one.cents
    sums = together(parts)
    assert all(sums.get(one.envelope.number, 0) <= one.left for one in uses)


@given(many_uses, many_works)
def test_nothing_waits_beside_room_that_may_hold_it(uses, works):
    parts = list(placed(uses, works))
    sums = together(parts)
    for one in works:
        if sum(part.cents for part in parts if part.item == one.item) < one.cents:
            room = [u for u in uses if may_hold(u.envelope, one)]
            assert all(sums.get(u.envelope.number, 0) == u.left for u in room)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 50)), max_size=6), st.integers(0, 400))
def test_letting_go_and_what_is_left_add_up(steps, cents):
    before = standing(moved(*steps))
    gone = list(released(before, cents))
    after = standing([*moved(*steps), *moved(*((one.envelope, one.cents) for one in gone))])
    total = sum(part.cents for part in before)
    assert -sum(part.cents for part in gone) == min(cents, total)
    assert sum(part.cents for part in after) == total - min(cents, total)
    assert after == before[: len(after) - 1] + after[-1:] if after else True
