"""Consent: objections, concerns, the minimum of answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.tally import Outcome, Quorum, outcome, tally
from circle.tally.consent import minimum
from tests.rules.tally.elections import answered, election

few = st.integers(0, 9)


def consent(**answers):
    return answered("consent", **answers)


def ended(vote):
    return outcome(vote, tally(vote))


def test_consents_of_enough_people_are_adopted():
    assert ended(consent(consent=3)) == Outcome.ADOPTED


def test_a_concern_does_not_block():
    assert ended(consent(concern=1, abstain=2)) == Outcome.ADOPTED


def test_one_objection_blocks():
    assert ended(consent(consent=9, objection=1)) == Outcome.REJECTED


def test_abstentions_alone_adopt_nothing():
    assert ended(consent(abstain=5)) == Outcome.REJECTED


def test_too_few_answers_are_no_quorum():
    assert ended(consent(consent=2, electorate=9)) == Outcome.NO_QUORUM


def test_too_few_answers_with_an_objection_are_no_quorum():
    assert ended(consent(consent=1, objection=1, electorate=9)) == Outcome.NO_QUORUM


def test_nobody_answering_is_no_quorum():
    assert ended(consent(electorate=9)) == Outcome.NO_QUORUM


def test_every_kind_of_answer_counts_for_the_minimum():
    assert tally(consent(concern=1, objection=1, abstain=1, electorate=12)).quorum_met is True


def test_every_answer_is_counted():
    counts = tally(consent(abstain=2, concern=1)).counts
    assert list(counts.items()) == [
        ("consent", 0),
        ("concern", 1),
        ("objection", 0),
        ("abstain", 2),
    ]


@pytest.mark.parametrize(
    ("people", "needed"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (12, 3), (13, 4), (16, 4), (17, 5), (100, 25)],
)
def test_the_usual_minimum_is_three_or_a_quarter_but_never_more_than_everybody(people, needed):
    assert minimum(election("consent", [], electorate=people)) == needed


def test_a_minimum_asked_replaces_the_usual_one():
    assert minimum(election("consent", [], electorate=40, minimum=2)) == 2


def test_a_minimum_asked_is_never_more_than_everybody():
    assert minimum(election("consent", [], electorate=4, minimum=6)) == 4


def test_a_quorum_asked_holds_beside_the_minimum():
    vote = consent(consent=3, electorate=9, fields={"quorum": Quorum(people=5)})
    assert ended(vote) == Outcome.NO_QUORUM


@given(consent=few, concern=few, abstain=few, objection=st.integers(1, 9))
def test_nothing_is_adopted_over_an_objection(**answers):
    assert tally(answered("consent", **answers)).adopted is False


@given(consent=few, concern=few, objection=few, abstain=few)
def test_one_more_consent_never_turns_adoption_away(consent, **others):
    before = tally(answered("consent", electorate=40, consent=consent, **others))
    after = tally(answered("consent", electorate=40, consent=consent + 1, **others))
    assert after.adopted >= before.adopted
