"""Files that are no vote file: each one gets its sentence, and only that one."""

import json

import pytest

from bot.cli.tally_cli import sentence
from circle.malformed import MalformedError
from circle.tally import Rule
from circle.votefile import Overrides, parse_vote

YES = {"voter": "v1", "choice": "yes"}
MAJORITY = {"rule": "majority", "electorate": 3, "ballots": [YES]}
SHARES = {
    "rule": "shares",
    "electorate": 3,
    "budget": "100.00",
    "options": [{"id": "A1", "cost": "50.00"}, {"id": "A2", "cost": "60.00"}],
    "ballots": [{"voter": "v1", "choice": ["A1"]}],
}
JUDGMENT = SHARES | {"rule": "judgment", "ballots": []}
MONEY = 'expected an amount with two decimals such as "500.00"'
QUORUM = 'expected a fraction such as "1/2", a percentage such as "50 %", or a number of people'
RULES = "expected one of majority, consent, median, approval, judgment, shares"
ANSWERS = "expected one of yes, no, abstain"
FIELDS = (
    "expected no other field than rule, question, electorate, quorum, threshold, minimum, "
    "budget, completion, options, ballots"
)
OPTION = "expected the id of one of the options"
TABLE = "expected an object: a whole number for each option id"


def refusal(text, overrides=None):
    with pytest.raises(MalformedError) as refused:
        parse_vote(text, overrides)
    return sentence(refused.value)


def without(file, field):
    return {key: value for key, value in file.items() if key != field}


def casting(choice, base=SHARES, rule=None):
    ballots = [{"voter": "v1", "choice": choice}]
    return base | {"rule": rule or base["rule"], "ballots": ballots}


def optioned(*options):
    return SHARES | {"options": list(options)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1: found nothing, expected JSON"),
        ("{", "line 1, column 2: found nothing, expected JSON"),
        ('{"rule":\n  majority}', 'line 2, column 3: found "majority}", expected JSON'),
        ('{"rule": "majority",}', 'line 1, column 21: found "}", expected JSON'),
        ('{"electorate": NaN}', "found NaN, expected JSON"),
        ('{"rule": 1, "rule": 2}', '"rule": found 2 a second time, expected it once'),
        (
            "[" * 100_000,
            "found more than can be read, expected numbers and lists of a reasonable size",
        ),
        (
            '{"electorate": ' + "9" * 5000 + "}",
            "found more than can be read, expected numbers and lists of a reasonable size",
        ),
        ("[]", "found [], expected an object"),
        ("null", "found null, expected an object"),
    ],
)
def test_what_is_not_a_json_object_is_refused(text, told):
    assert refusal(text) == told


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (without(MAJORITY, "rule"), f"rule: found nothing, {RULES}"),
        (MAJORITY | {"rule": "borda"}, f'rule: found "borda", {RULES}'),
        (MAJORITY | {"rule": ["majority"]}, f'rule: found ["majority"], {RULES}'),
        (MAJORITY | {"quorom": "1/2"}, f'quorom: found "1/2", {FIELDS}'),
        (MAJORITY | {"\x1b[2J": 1}, f'["\\u001b[2J"]: found 1, {FIELDS}'),
        (MAJORITY | {"question": 7}, "question: found 7, expected a text"),
        (
            without(MAJORITY, "electorate"),
            "electorate: found nothing, expected how many people could vote",
        ),
        (
            MAJORITY | {"electorate": 0},
            "electorate: found 0, expected a whole number from 1 to 1000000000",
        ),
        (
            MAJORITY | {"electorate": "12"},
            'electorate: found "12", expected a whole number from 1 to 1000000000',
        ),
        (
            MAJORITY | {"electorate": 12.0},
            "electorate: found 12.0, expected a whole number from 1 to 1000000000",
        ),
        (
            MAJORITY | {"electorate": True},
            "electorate: found true, expected a whole number from 1 to 1000000000",
        ),
        (
            MAJORITY | {"minimum": -1},
            "minimum: found -1, expected a whole number from 0 to 1000000000",
        ),
        (MAJORITY | {"quorum": "half"}, f'quorum: found "half", {QUORUM}'),
        (MAJORITY | {"quorum": "3/2"}, f'quorum: found "3/2", {QUORUM}'),
        (MAJORITY | {"quorum": 0.5}, f"quorum: found 0.5, {QUORUM}"),
        (MAJORITY | {"quorum": ""}, f'quorum: found "", {QUORUM}'),
        (
            MAJORITY | {"threshold": "0/3"},
            'threshold: found "0/3", expected a fraction such as "2/3" or a percentage',
        ),
        (
            MAJORITY | {"threshold": 0.66},
            'threshold: found 0.66, expected a fraction such as "2/3" or a percentage',
        ),
        (
            MAJORITY | {"completion": "add2"},
            'completion: found "add2", expected one of none, utilitarian, add1, add1u',
        ),
        (without(SHARES, "budget"), f"budget: found nothing, {MONEY}"),
        (SHARES | {"budget": None}, f"budget: found null, {MONEY}"),
        (SHARES | {"budget": 100}, f"budget: found 100, {MONEY}"),
        (SHARES | {"budget": "100"}, f'budget: found "100", {MONEY}'),
        (SHARES | {"budget": "100,00"}, f'budget: found "100,00", {MONEY}'),
        (SHARES | {"budget": "-1.00"}, f'budget: found "-1.00", {MONEY}'),
    ],
)
def test_a_field_that_says_something_else_is_refused(file, told):
    assert refusal(json.dumps(file)) == told


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (
            without(SHARES, "options"),
            "options: found nothing, expected a list of one option at least",
        ),
        (SHARES | {"options": []}, "options: found [], expected a list of one option at least"),
        (SHARES | {"options": {}}, "options: found {}, expected a list of one option at least"),
        (optioned("A1"), 'options[0]: found "A1", expected an object'),
        (optioned({"cost": "1.00"}), "options[0].id: found nothing, expected a text"),
        (optioned({"id": " ", "cost": "1.00"}), 'options[0].id: found " ", expected a text'),
        (optioned({"id": 3, "cost": "1.00"}), "options[0].id: found 3, expected a text"),
        (optioned({"id": "A1"}), f"options[0].cost: found nothing, {MONEY}"),
        (optioned({"id": "A1", "cost": 5.5}), f"options[0].cost: found 5.5, {MONEY}"),
        (optioned({"id": "A1", "cost": "5.5"}), f'options[0].cost: found "5.5", {MONEY}'),
        (
            optioned({"id": "A1", "price": "5.50"}),
            'options[0].price: found "5.50", expected no other field than id, text, cost',
        ),
        (
            optioned(*SHARES["options"], {"id": "A1", "cost": "1.00"}),
            'options[2].id: found "A1" a second time, expected it once',
        ),
    ],
)
def test_an_option_that_is_none_is_refused(file, told):
    assert refusal(json.dumps(file)) == told


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (without(MAJORITY, "ballots"), "ballots: found nothing, expected a list"),
        (MAJORITY | {"ballots": {"v1": "yes"}}, 'ballots: found {"v1": "yes"}, expected a list'),
        (MAJORITY | {"ballots": ["yes"]}, 'ballots[0]: found "yes", expected an object'),
        (
            MAJORITY | {"ballots": [{"choice": "yes"}]},
            "ballots[0].voter: found nothing, expected a text",
        ),
        (
            MAJORITY | {"ballots": [{"voter": "", "choice": "yes"}]},
            'ballots[0].voter: found "", expected a text',
        ),
        (
            MAJORITY | {"ballots": [{"voter": "v1"}]},
            "ballots[0].choice: found nothing, expected the answer of the voter",
        ),
        (
            MAJORITY | {"ballots": [YES, {"voter": "v2", "choice": "no"}, YES]},
            'ballots[2].voter: found "v1" a second time, expected it once',
        ),
        (
            MAJORITY | {"electorate": 1, "ballots": [YES, {"voter": "v2", "choice": "no"}]},
            "ballots: found 2, expected at most 1, the electorate",
        ),
        (casting("maybe", MAJORITY), f'ballots[0].choice: found "maybe", {ANSWERS}'),
        (casting(None, MAJORITY), f"ballots[0].choice: found null, {ANSWERS}"),
        (
            casting("yes", MAJORITY, "consent"),
            'ballots[0].choice: found "yes", expected one of consent, concern, objection, abstain',
        ),
        (casting(150, rule="median"), f"ballots[0].choice: found 150, {MONEY}"),
        (
            casting("A1"),
            'ballots[0].choice: found "A1", expected a list of option ids',
        ),
        (casting({"A1": 1}), 'ballots[0].choice: found {"A1": 1}, expected a list of option ids'),
        (casting(["A1", "A9"]), f'ballots[0].choice[1]: found "A9", {OPTION}'),
        (casting([["A1"]]), f'ballots[0].choice[0]: found ["A1"], {OPTION}'),
        (
            casting(["A1", "A2", "A1"]),
            'ballots[0].choice[2]: found "A1" a second time, expected it once',
        ),
        (
            casting({"A1": 3}, rule="approval"),
            "ballots[0].choice.A1: found 3, expected a whole number from 0 to 2",
        ),
        (casting(["A1"], JUDGMENT), f'ballots[0].choice: found ["A1"], {TABLE}'),
        (
            casting({"A9": 2}, JUDGMENT),
            f"ballots[0].choice.A9: found 2 for an unknown option, {OPTION}",
        ),
        (
            casting({"A1": "bien"}, JUDGMENT),
            'ballots[0].choice.A1: found "bien", expected a whole number from 0 to 100000',
        ),
        (
            casting({"A1": -1}, JUDGMENT),
            "ballots[0].choice.A1: found -1, expected a whole number from 0 to 100000",
        ),
        (
            MAJORITY | {"ballots": [YES | {"reason": 1}]},
            "ballots[0].reason: found 1, expected a text",
        ),
        (
            MAJORITY | {"ballots": [YES | {"weight": 2}]},
            "ballots[0].weight: found 2, expected no other field than voter, choice, reason",
        ),
    ],
)
def test_a_ballot_that_is_none_is_refused(file, told):
    assert refusal(json.dumps(file)) == told


def test_ballots_that_the_rule_asked_cannot_count_are_refused():
    told = refusal(json.dumps(MAJORITY), Overrides(rule=Rule.MEDIAN))
    assert told == f'ballots[0].choice: found "yes", {MONEY}'


def test_a_long_value_is_told_by_its_beginning():
    told = refusal(json.dumps(MAJORITY | {"rule": "x" * 5000}))
    assert told == f'rule: found "{"x" * 59}…, {RULES}'


def test_a_value_that_would_move_the_cursor_is_told_escaped():
    told = refusal(json.dumps(MAJORITY | {"rule": "\x9b2J"}))
    assert told == f'rule: found "\\x9b2J", {RULES}'
