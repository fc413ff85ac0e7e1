"""Envelopes: told by their entries, spent in a set order."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.entries import EnvelopeEntry, GrantCorrected
from circle.envelopes import Envelope, Spending, fold_envelopes, period_start, spend, spend_together
from circle.ledger import EntryKind
from commands.shared.periods import dated
from tests.entered import made
from tests.rules.ledger.lives import ALICE, AT, BOB


def grant(entry_id: int, amount: int, **rest) -> EnvelopeEntry:
    return made(EntryKind.GRANT, at=AT, by=ALICE, id=entry_id, amount=amount, **rest)


def envelope(number: int, amount: int, **rest) -> Envelope:
    made = Envelope(number=number, amount=amount, at=AT, by=ALICE, entries=(number,), **rest)
    return dated([made])[0]


def spent(envelopes, *spendings) -> list[int]:
    return [use.spent for use in spend(envelopes, spendings)]


def test_grants_are_numbered_in_the_order_of_entry():
    told = fold_envelopes([grant(7, 100, funder="MEL"), grant(9, 200)])
    assert [(one.number, one.amount, one.funder) for one in told] == [
        (1, 100, "MEL"),
        (2, 200, None),
    ]


def test_a_correction_changes_the_envelope_it_names_and_no_other():
    correction = made(
        EntryKind.CORRECTED, at=AT, by=BOB, id=9, amount=150, corrects=7, funder="MEL"
    )
    again = replace(correction, id=10, event=GrantCorrected(amount=120), corrects=9)
    [first, second] = fold_envelopes([grant(7, 100), grant(8, 200), correction, again])
    assert (first.amount, first.by, first.entries) == (120, ALICE, (7, 9, 10))
    assert second.amount == 200


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("2026", date(2026, 1, 1)),
        ("T3 2026", date(2026, 7, 1)),
        ("2025-2026", date(2025, 1, 1)),
        ("mars 2027", date(2027, 3, 1)),
        ("programme FEDER 2021 bis", date(2021, 1, 1)),
        ("bis 3", date(2026, 1, 1)),
        (None, date(2026, 1, 1)),
    ],
)
def test_a_period_begins_on_its_first_day(period, first):
    assert period_start(envelope(1, 100, period=period)) == first


def test_the_oldest_period_is_spent_first():
    envelopes = [envelope(1, 100, period="2027"), envelope(2, 100, period="2026")]
    assert spent(envelopes, Spending(1, None, 130)) == [30, 100]


def test_of_one_period_the_first_entered_is_spent_first():
    envelopes = [envelope(1, 100, period="2026"), envelope(2, 100, period="2026")]
    assert spent(envelopes, Spending(1, None, 130)) == [100, 30]


def test_without_a_period_it_is_that_of_the_year_of_its_entry():
    later = envelope(1, 100, period="2026")
    earlier = replace(envelope(2, 100), at=datetime(2025, 3, 1, tzinfo=AT.tzinfo))
    assert spent([later, earlier], Spending(1, None, 130)) == [30, 100]


def test_the_workstream_s_own_envelope_is_spent_before_the_others():
    envelopes = [envelope(1, 100, period="2020"), envelope(2, 100, workstream=5, period="2026")]
    assert spent(envelopes, Spending(1, 5, 130)) == [30, 100]


def test_another_workstream_s_envelope_is_spent_last():
    envelopes = [envelope(1, 100, workstream=5, period="2020"), envelope(2, 100, period="2026")]
    assert spent(envelopes, Spending(1, 6, 130)) == [30, 100]
    assert spent(envelopes, Spending(1, None, 50)) == [0, 50]


def test_what_was_decided_first_is_served_first():
    envelopes = [envelope(1, 100, workstream=5), envelope(2, 100)]
    assert spent(envelopes, Spending(1, None, 90), Spending(2, 5, 150)) == [100, 100]


def test_paid_is_told_where_it_was_spent():
    envelopes = [envelope(1, 100), envelope(2, 100)]
    uses = spend(envelopes, [Spending(1, None, 60), Spending(2, None, 60, paid=True)])
    assert [(use.spent, use.paid, use.left) for use in uses] == [(100, 40, 0), (20, 20, 80)]


amounts = st.integers(0, 10_000)
streams = st.sampled_from([None, 1, 2])
many_envelopes = st.lists(
    st.tuples(amounts, streams, st.sampled_from([None, "2025", "T2 2026", "x 1"])), max_size=6
)
many_spendings = st.lists(st.tuples(streams, amounts, st.booleans()), max_size=8)


@given(many_envelopes, many_spendings)
def test_every_cent_is_attributed_once_and_no_envelope_is_overdrawn(envelopes, spendings):
    made = [
        envelope(n, amount, workstream=stream, period=period)
        for n, (amount, stream, period) in enumerate(envelopes, start=1)
    ]
    decided = [Spending(n, *one[:2], paid=one[2]) for n, one in enumerate(spendings, start=1)]
    uses = spend(made, decided)
    total = sum(one.regulated for one in decided)
    assert sum(use.spent for use in uses) == min(total, sum(one.amount for one in made))
    assert all(0 <= use.paid <= use.spent <= use.envelope.amount for use in uses)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["2025", "2026", None])), max_size=5),
    st.lists(st.integers(0, 40), max_size=8),
)
def test_without_workstreams_what_is_spent_is_told_by_the_sum(amounts, decided):
    envelopes = [
        envelope(number, amount, period=period)
        for number, (amount, period) in enumerate(amounts, start=1)
    ]
    spendings = [Spending(item, None, cents) for item, cents in enumerate(decided)]
    together = spend_together(envelopes, sum(decided))
    assert together is not None
    assert [use.spent for use in together] == spent(envelopes, *spendings)


def test_with_a_workstream_the_sum_does_not_tell():
    assert spend_together([envelope(1, 100), envelope(2, 100, workstream=1)], 50) is None
