"""Whatever happens to an item, its entries sum up to what it is, and it is decided once."""

from collections import Counter
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from circle.entries import Questioned
from circle.ledger import EntryKind, ItemState
from circle.life import FINAL, is_balanced
from tests.rules.ledger.lives import Life

STEPS = [kind for kind in EntryKind if kind not in {EntryKind.GRANT, EntryKind.DECLARED}]
cents = st.one_of(st.none(), st.integers(1, 9999))
steps = st.lists(st.tuples(st.sampled_from(STEPS), cents), min_size=1, max_size=20)
asked = st.one_of(st.none(), st.integers(0, 9999))


def lived(amount, drawn) -> Life:
    life = Life(amount=amount)
    for kind, cents in drawn:
        fields = {}
        if kind is EntryKind.REGULATED:
            cents = cents or 1  # noqa: PLW2901
        if kind is EntryKind.ANSWERED:
            questions = [one.id for one in life.entries if isinstance(one.event, Questioned)]
            corrected = {one.corrects for one in life.entries}
            standing = [one for one in questions if one not in corrected]
            fields = {"corrects": standing[0]} if standing else {}
        with suppress(ValueError):  # what cannot come then is refused, and nothing changes
            life.then(kind, cents, number="F-1" if cents else None, **fields)
    return life


@given(asked, steps)
def test_the_postings_always_sum_up_to_what_the_item_weighs(amount, drawn):
    assert is_balanced(lived(amount, drawn).entries)


@given(asked, steps)
def test_it_is_decided_once_and_every_other_decision_corrects_one(amount, drawn):
    entries = lived(amount, drawn).entries
    first = [one for one in entries if one.event.kind in FINAL and one.corrects is None]
    assert len(first) <= 1
    assert max(Counter(one.corrects for one in entries if one.corrects).values(), default=0) <= 1


@given(asked, steps)
def test_nothing_is_both_asked_and_decided(amount, drawn):
    item = lived(amount, drawn).item
    decided = {ItemState.REGULATED, ItemState.INVOICED, ItemState.PAID}
    assert (item.regulated is not None) == (item.state in decided)
    assert item.paid == (item.state is ItemState.PAID)
