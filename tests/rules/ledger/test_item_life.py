"""The life of a declared item, as its entries tell it."""

import pytest

from circle.ledger import EntryKind, ItemState, Postings
from circle.life import corrected_by, fold, is_balanced, weigh
from tests.rules.ledger.lives import BOB, Life, declared

REGULATED, REFUSED = EntryKind.REGULATED, EntryKind.REFUSED
POSTPONED, PRO_BONO = EntryKind.POSTPONED, EntryKind.PRO_BONO
INVOICED, PAID = EntryKind.INVOICED, EntryKind.PAID
QUESTIONED, ANSWERED = EntryKind.QUESTIONED, EntryKind.ANSWERED
CORRECTED, CANCELLED = EntryKind.CORRECTED, EntryKind.CANCELLED


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], ItemState.DECLARED),
        ([QUESTIONED], ItemState.QUESTIONED),
        ([POSTPONED], ItemState.POSTPONED),
        ([REGULATED], ItemState.REGULATED),
        ([REFUSED], ItemState.REFUSED),
        ([PRO_BONO], ItemState.PRO_BONO),
        ([CANCELLED], ItemState.CANCELLED),
        ([QUESTIONED, REGULATED], ItemState.REGULATED),
        ([POSTPONED, REGULATED], ItemState.REGULATED),
        ([QUESTIONED, POSTPONED], ItemState.QUESTIONED),
        ([QUESTIONED, CORRECTED], ItemState.QUESTIONED),
        ([POSTPONED, CORRECTED], ItemState.POSTPONED),
        ([REGULATED, CORRECTED], ItemState.REGULATED),
        ([REGULATED, POSTPONED], ItemState.POSTPONED),
    ],
)
def test_an_item_stands_where_its_last_entries_put_it(kinds, state):
    life = Life()
    for kind in kinds:
        life.then(kind, 5000)
    assert life.item.state is state


@pytest.mark.parametrize("order", [[INVOICED, PAID], [PAID, INVOICED]])
def test_invoiced_and_paid_in_any_order_it_is_paid(order):
    life = Life().then(REGULATED, 5000)
    for kind in order:
        life.then(kind, 5000, number="F-1")
    assert (life.item.state, life.item.invoice) == (ItemState.PAID, "F-1")


def test_a_payment_taken_back_leaves_the_invoice():
    life = Life().then(REGULATED, 5000).then(INVOICED, 5000, number="F-1").then(PAID, 5000)
    assert life.then(PAID).item.state is ItemState.INVOICED


def test_an_invoice_taken_back_leaves_the_decision():
    life = Life().then(REGULATED, 5000).then(INVOICED, 5000, number="F-1")
    assert life.then(INVOICED).item.state is ItemState.REGULATED


def test_a_question_taken_back_lets_the_item_wait_again():
    life = Life().then(QUESTIONED)
    assert life.then(ANSWERED, corrects=life.entries[-1].id).item.state is ItemState.DECLARED


def test_a_question_stands_while_another_one_is_taken_back():
    life = Life().then(QUESTIONED).then(QUESTIONED)
    assert life.then(ANSWERED, corrects=life.entries[1].id).item.state is ItemState.QUESTIONED


def test_who_declared_it_and_when_stay_through_corrections():
    first = Life().then(CORRECTED, 5000).item
    assert (first.declared_by, first.asked) == (BOB, 5000)


@pytest.mark.parametrize(
    ("kinds", "refused"),
    [
        ([REGULATED], QUESTIONED),
        ([REFUSED], QUESTIONED),
        ([REGULATED], CANCELLED),
        ([CANCELLED], REGULATED),
        ([CANCELLED], CORRECTED),
        ([CANCELLED], CANCELLED),
        ([], INVOICED),
        ([REFUSED], PAID),
        ([REGULATED, INVOICED], REFUSED),
        ([REGULATED, PAID], POSTPONED),
        ([], EntryKind.DECLARED),
    ],
)
def test_what_cannot_come_then_is_refused(kinds, refused):
    life = Life()
    for kind in kinds:
        life.then(kind, 5000, number="F-1")
    with pytest.raises(ValueError, match="cannot come then"):
        life.then(refused, 5000)


def test_nothing_is_told_without_a_declaration():
    with pytest.raises(ValueError, match="declares nothing"):
        fold(Life().then(REGULATED, 5000).entries[1:])


# What it weighs


@pytest.mark.parametrize(
    ("kinds", "weight"),
    [
        ([], Postings(asked=8000)),
        ([QUESTIONED], Postings(asked=8000)),
        ([POSTPONED], Postings(asked=8000)),
        ([REFUSED], Postings()),
        ([CANCELLED], Postings()),
        ([REGULATED], Postings(regulated=5000)),
        ([REGULATED, INVOICED], Postings(regulated=5000, invoiced=5000)),
        ([REGULATED, PAID], Postings(regulated=5000, paid=5000)),
        ([REGULATED, INVOICED, PAID], Postings(regulated=5000, invoiced=5000, paid=5000)),
        ([REGULATED, REFUSED], Postings()),
        ([REGULATED, POSTPONED], Postings(asked=8000)),
    ],
)
def test_an_item_weighs_what_it_now_is(kinds, weight):
    life = Life()
    for kind in kinds:
        life.then(kind, 5000, number="F-1")
    assert weigh(life.item) == weight
    assert sum((entry.postings for entry in life.entries), Postings()) == weight


def test_invoice_and_payment_follow_a_corrected_amount():
    life = Life().then(REGULATED, 5000).then(INVOICED, 5000, number="F-1").then(PAID, 5000)
    life.then(REGULATED, 6000)
    assert life.entries[-1].postings == Postings(regulated=1000, invoiced=1000, paid=1000)


def test_an_item_without_amount_asks_for_nothing():
    assert declared(amount=None).postings == Postings()


def test_postings_that_disagree_with_the_item_are_seen():
    life = Life().then(REGULATED, 5000)
    assert is_balanced(life.entries)
    assert not is_balanced([*life.entries, life.entries[-1]])


# What corrects what


def test_the_first_decision_corrects_nothing():
    assert corrected_by(REGULATED, Life().then(POSTPONED).entries) is None


def test_a_second_decision_corrects_the_first():
    life = Life().then(REGULATED, 5000)
    assert corrected_by(REFUSED, life.entries) == life.entries[-1].id


def test_a_decision_after_one_was_put_off_corrects_that():
    life = Life().then(REGULATED, 5000).then(POSTPONED)
    assert corrected_by(REGULATED, life.entries) == life.entries[-1].id


def test_what_is_told_anew_corrects_what_was_told_last():
    life = Life().then(CORRECTED, 5000).then(QUESTIONED)
    assert corrected_by(CORRECTED, life.entries) == life.entries[1].id


def test_a_question_corrects_nothing():
    assert corrected_by(QUESTIONED, Life().then(QUESTIONED).entries) is None
