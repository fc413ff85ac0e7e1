"""Envelopes: told by their entries; which of them paid, as older programs computed it."""

from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from circle.attributed_before import Spending, attributed
from circle.attribution import together
from circle.entries import EnvelopeEntry, GrantCorrected
from circle.envelopes import Envelope, fold_envelopes
from circle.ledger import EntryKind
from tests.entered import made
from tests.rules.ledger.lives import ALICE, AT, BOB


def grant(entry_id: int, amount: int, **rest) -> EnvelopeEntry:
    return made(EntryKind.GRANT, at=AT, by=ALICE, id=entry_id, amount=amount, **rest)


def envelope(number: int, amount: int, year: int | None = None, **rest) -> Envelope:
    since = year and date(year, 1, 1)
    return Envelope(number=number, amount=amount, at=AT, by=ALICE, since=since, **rest)


def spent(envelopes, *spendings) -> list[int]:
    held = together(attributed(envelopes, spendings))
    return [held.get(one.number, 0) for one in envelopes]


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


def test_a_correction_tells_the_period_anew():
    days = {"period": "2026", "since": date(2026, 1, 1), "until": date(2026, 12, 31)}
    corrected = replace(grant(8, 0), event=GrantCorrected(amount=100, **days), corrects=7)
    [one] = fold_envelopes([grant(7, 100, period="an 26"), corrected])
    assert (one.period, one.since, one.until) == tuple(days.values())


def test_the_oldest_period_was_spent_first():
    envelopes = [envelope(1, 100, 2027), envelope(2, 100, 2026)]
    assert spent(envelopes, Spending(1, None, 130)) == [30, 100]


def test_of_one_period_the_first_entered_was_spent_first():
    envelopes = [envelope(1, 100, 2026), envelope(2, 100, 2026)]
    assert spent(envelopes, Spending(1, None, 130)) == [100, 30]


def test_without_a_period_it_was_that_of_the_year_of_its_entry():
    later = envelope(1, 100, 2026)
    earlier = replace(envelope(2, 100), at=datetime(2025, 3, 1, tzinfo=AT.tzinfo))
    assert spent([later, earlier], Spending(1, None, 130)) == [30, 100]


def test_the_workstream_s_own_envelope_was_spent_before_the_others():
    envelopes = [envelope(1, 100, 2020), envelope(2, 100, 2026, workstream=5)]
    assert spent(envelopes, Spending(1, 5, 130)) == [30, 100]


def test_another_workstream_s_envelope_was_spent_last():
    envelopes = [envelope(1, 100, 2020, workstream=5), envelope(2, 100, 2026)]
    assert spent(envelopes, Spending(1, 6, 130)) == [30, 100]
    assert spent(envelopes, Spending(1, None, 50)) == [0, 50]


def test_what_was_decided_first_was_served_first():
    envelopes = [envelope(1, 100, workstream=5), envelope(2, 100)]
    assert spent(envelopes, Spending(1, None, 90), Spending(2, 5, 150)) == [100, 100]


amounts = st.integers(0, 10_000)
streams = st.sampled_from([None, 1, 2])
many_envelopes = st.lists(
    st.tuples(amounts, st.sampled_from([None, 2025, 2026]), streams), max_size=6
)
many_spendings = st.lists(st.tuples(streams, amounts), max_size=8)


@given(many_envelopes, many_spendings)
def test_every_cent_was_attributed_once_and_no_envelope_overdrawn(envelopes, spendings):
    told = [envelope(n, *one[:2], workstream=one[2]) for n, one in enumerate(envelopes, start=1)]
    decided = [Spending(n, *one) for n, one in enumerate(spendings, start=1)]
    held = spent(told, *decided)
    assert sum(held) == min(sum(one.regulated for one in decided), sum(one.amount for one in told))
    assert all(cents <= one.amount for cents, one in zip(held, told, strict=True))
