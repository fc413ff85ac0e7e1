"""When claims meet what is available: room for one, a proposal for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.claims import Cap, proposal, room
from circle.figures import Commitment, Held
from tests.rules.ledger.lives import ALICE, BOB, item

NOTHING = Held()
NO_CAP = Cap()
ON_A1 = Held((Commitment(1, 10000, 1),))


def claims(*asked, **rest):
    return [item(n, cents, **rest) for n, cents in enumerate(asked, start=1)]


@pytest.mark.parametrize(("available", "most"), [(5000, 5000), (0, 0), (-300, 0)])
def test_there_is_room_for_what_is_available(available, most):
    assert room(available, NOTHING, item()) == most


def test_what_a_vote_holds_for_the_item_is_room_too():
    assert room(5000, ON_A1, item(action=1)) == 15000
    assert room(5000, ON_A1, item(vote=1)) == 15000
    assert room(5000, ON_A1, item(action=2)) == 5000


def test_the_worked_case_of_the_field():
    shares = proposal(claims(500000, 400000, 350000, 250000), 1000000, NOTHING, NO_CAP)
    assert shares == (333333, 266667, 233333, 166667)


def test_what_fits_is_proposed_as_asked():
    assert proposal(claims(5000, 3000), 9000, NOTHING, NO_CAP) == (5000, 3000)


def test_with_nothing_available_zeros_are_proposed():
    assert proposal(claims(5000, 3000), -200, NOTHING, NO_CAP) == (0, 0)


def test_what_a_vote_holds_goes_to_its_item_first():
    held = [item(1, 10000, action=1), item(2, 6000), item(3, 6000)]
    assert proposal(held, 6000, ON_A1, NO_CAP) == (10000, 3000, 3000)


def test_two_items_of_one_action_share_what_its_vote_holds():
    held = [item(1, 8000, action=1), item(2, 8000, action=1)]
    assert proposal(held, 0, ON_A1, NO_CAP) == (8000, 2000)


def test_an_item_without_amount_gets_none():
    assert proposal([item(1, None), item(2, 5000)], 1000, NOTHING, NO_CAP) == (0, 1000)


def test_nobody_is_proposed_more_than_the_cap():
    several = [item(1, 400), item(2, 300), item(3, 600, person=ALICE)]
    assert proposal(several, 10000, NOTHING, Cap(500)) == (400, 100, 500)


def test_what_somebody_was_given_before_counts_in_the_cap():
    assert proposal(claims(400, 300), 10000, NOTHING, Cap(500, {BOB: 300})) == (200, 0)


amounts = st.one_of(st.none(), st.integers(0, 50_000))
links = st.sampled_from([{}, {"action": 1}, {"action": 2}, {"vote": 1}, {"vote": 3}])
people = st.sampled_from([ALICE, BOB])
several = st.lists(st.tuples(amounts, links, people), max_size=8)
votes = st.lists(st.tuples(st.integers(0, 30_000), st.sampled_from([None, 1, 2])), max_size=4)


def made(drawn):
    return [
        item(n, asked, person=person, **link)
        for n, (asked, link, person) in enumerate(drawn, start=1)
    ]


def held_by(drawn):
    return Held(tuple(Commitment(n, *one) for n, one in enumerate(drawn, start=1)))


@given(several, st.integers(-1000, 100_000), votes, st.sampled_from([None, 0, 3000]))
def test_a_proposal_can_always_be_decided_line_by_line(drawn, available, commitments, cap):
    items, held = made(drawn), held_by(commitments)
    for one, cents in zip(items, proposal(items, available, held, Cap(cap)), strict=True):
        assert cents <= room(available, held, one)
        freed = held.freed(cents, vote=one.vote, action=one.action)
        held = held.after(cents, vote=one.vote, action=one.action)
        available -= cents - freed


@given(several, st.integers(-1000, 100_000), votes, st.sampled_from([None, 0, 3000]))
def test_a_proposal_never_exceeds_what_was_asked_nor_the_cap(drawn, available, commitments, cap):
    items = made(drawn)
    shares = proposal(items, available, held_by(commitments), Cap(cap))
    assert all(0 <= share <= (one.asked or 0) for one, share in zip(items, shares, strict=True))
    for person in (ALICE, BOB):
        mine = [share for one, share in zip(items, shares, strict=True) if one.person == person]
        assert cap is None or sum(mine) <= cap
