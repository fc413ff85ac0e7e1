"""The vote file: what is read, what is written, and that both agree."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.tally import Completion, CountedBallot, Election, Option, Quorum, Rule, tally
from circle.votefile import Overrides, parse_vote, write_vote

ids = ("A12", "A14", "Café & co")
texts = st.text(st.characters(codec="utf-8"), max_size=12)
CHOICES = {
    Rule.MAJORITY: st.sampled_from(["yes", "no", "abstain"]),
    Rule.CONSENT: st.sampled_from(["consent", "concern", "objection", "abstain"]),
    Rule.MEDIAN: st.none() | st.integers(0, 10**8),
    Rule.APPROVAL: st.lists(st.sampled_from(ids), unique=True).map(tuple)
    | st.dictionaries(st.sampled_from(ids), st.integers(0, 2)),
    Rule.JUDGMENT: st.dictionaries(st.sampled_from(ids), st.integers(0, 6)),
    Rule.SHARES: st.lists(st.sampled_from(ids), unique=True).map(tuple),
}
optional_share = st.none() | st.fractions(Fraction(1, 9), 1, max_denominator=12)


@st.composite
def elections(draw):
    rule = draw(st.sampled_from(list(Rule)))
    choices = draw(st.lists(CHOICES[rule], max_size=6))
    ballots = (
        CountedBallot(f"v{rank}", choice, draw(texts))
        for rank, choice in enumerate(choices, start=1)
    )
    shared = {"completion": draw(st.sampled_from(Completion)), "budget": draw(st.integers(0, 999))}
    return Election(
        rule=rule,
        question=draw(texts),
        electorate=len(choices) + draw(st.integers(1, 9)),
        quorum=draw(st.builds(Quorum, share=optional_share.filter(bool)) | st.none()),
        threshold=draw(optional_share),
        minimum=draw(st.none() | st.integers(0, 9)),
        options=tuple(Option(option, f"{option}!", draw(st.integers(0, 10**9))) for option in ids),
        ballots=tuple(ballots),
        **(shared if rule is Rule.SHARES else {}),
    )


def vote(**fields):
    """A small majority file, with these fields instead of its own; None takes one away."""
    file = {"rule": "majority", "electorate": 3, "ballots": [{"voter": "v1", "choice": "yes"}]}
    return json.dumps({key: value for key, value in (file | fields).items() if value is not None})


@given(elections())
def test_what_is_written_is_read_back(election):
    assert parse_vote(write_vote(election)) == election


@given(elections())
def test_a_recount_of_the_file_gives_the_same_result(election):
    assert tally(parse_vote(write_vote(election))) == tally(election)


def test_the_example_of_the_contract_is_read():
    election = parse_vote(
        '{"rule": "shares", "question": "…", "electorate": 12, "quorum": "1/2", '
        '"threshold": "2/3", "minimum": 3, "budget": "3000.00", "completion": "add1u", '
        '"options": [{"id": "A12", "text": "Café", "cost": "500.00"}], '
        '"ballots": [{"voter": "v1", "choice": ["A12"]}]}'
    )
    assert election == Election(
        rule=Rule.SHARES,
        question="…",
        electorate=12,
        quorum=Quorum(share=Fraction(1, 2)),
        threshold=Fraction(2, 3),
        minimum=3,
        budget=300000,
        options=(Option("A12", "Café", 50000),),
        ballots=(CountedBallot("v1", ("A12",)),),
    )


def test_each_option_and_ballot_has_its_line():
    election = Election(
        rule=Rule.SHARES,
        electorate=2,
        budget=300000,
        options=(Option("A12", "Café", 50000), Option("A14", "Four", 7)),
        ballots=(CountedBallot("v1", ("A12", "A14")), CountedBallot("v2", ())),
    )
    assert write_vote(election) == (
        "{\n"
        ' "rule": "shares",\n'
        ' "question": "",\n'
        ' "electorate": 2,\n'
        ' "budget": "3000.00",\n'
        ' "completion": "add1u",\n'
        ' "options": [\n'
        '  {"id": "A12", "text": "Café", "cost": "500.00"},\n'
        '  {"id": "A14", "text": "Four", "cost": "0.07"}\n'
        " ],\n"
        ' "ballots": [\n'
        '  {"voter": "v1", "choice": ["A12", "A14"]},\n'
        '  {"voter": "v2", "choice": []}\n'
        " ]\n"
        "}\n"
    )


def test_a_number_of_people_is_written_as_a_number():
    election = Election(rule=Rule.MAJORITY, electorate=9, quorum=Quorum(people=7))
    assert json.loads(write_vote(election))["quorum"] == 7


@pytest.mark.parametrize(
    ("quorum", "expected"),
    [
        (None, None),
        (7, Quorum(people=7)),
        ("7", Quorum(people=7)),
        ("50 %", Quorum(share=Fraction(1, 2))),
        ("2/3", Quorum(share=Fraction(2, 3))),
    ],
)
def test_a_quorum_has_three_forms_or_none(quorum, expected):
    assert parse_vote(vote(quorum=quorum)).quorum == expected


def test_a_field_that_is_null_is_absent():
    assert parse_vote('{"quorum": null, ' + vote()[1:]).quorum is None


def test_what_is_absent_has_its_default():
    election = parse_vote(vote())
    assert (election.threshold, election.minimum, election.completion) == (
        None,
        None,
        Completion.ADD1U,
    )


def test_the_reason_of_an_objection_is_read():
    ballots = [{"voter": "v1", "choice": "objection", "reason": "trop cher"}]
    election = parse_vote(vote(rule="consent", ballots=ballots))
    assert election.ballots[0].reason == "trop cher"


def test_another_rule_may_be_asked():
    ballots = [{"voter": "v1", "choice": {"a": 1}}]
    file = vote(rule="judgment", options=[{"id": "a"}], ballots=ballots)
    assert parse_vote(file, Overrides(rule=Rule.APPROVAL)).rule is Rule.APPROVAL


def test_another_quorum_may_be_asked():
    quorum = Quorum(people=2)
    assert parse_vote(vote(quorum="1/2"), Overrides(quorum=quorum)).quorum == quorum


def test_another_completion_may_be_asked():
    asked = Overrides(completion=Completion.NONE)
    assert parse_vote(vote(completion="add1"), asked).completion is Completion.NONE


def test_an_option_without_text_is_told_by_its_id():
    assert parse_vote(vote(options=[{"id": "A12"}])).options == (Option("A12", "A12"),)
