"""Pabulib's `.pb` files: read, counted, refused."""

import pytest

from bot.cli.tally_cli import sentence
from circle.malformed import MalformedError
from circle.pabulib import parse_pabulib
from circle.tally import Completion, Rule, tally
from circle.votefile import Overrides

# The example of pabulib.org/format, obligatory columns and one more.
WIELICZKA = """\
META
key; value
description; Municipal PB in Wieliczka
country; Poland
num_projects; 5
num_votes; 10
budget; 2500
rule; greedy
vote_type; approval
PROJECTS
project_id; cost; category
1; 600; culture, education
2; 800; sport
4; 1400; culture
5; 1000; health, sport
7; 1200; education
VOTES
voter_id; age; sex; vote
1; 34; f; 1,2,4
2; 51; m; 1,2
3; 23; m; 2,4,5
4; 19; f; 5,7
5; 62; f; 1,4,7
6; 54; m; 1,7
7; 49; m; 5
8; 27; f; 4
9; 39; f; 2,4,5
10; 44; m; 4,5
"""
SMALL = """\
META
key;value
budget;10.5
vote_type;approval
PROJECTS
project_id;cost;name
a;4;"Jardin; potager"
b;6,25;"""  # a name left empty
SMALL += """
VOTES
voter_id;vote
v1;a,b
v2;
v3;b,b
"""


def changed(old, new):
    assert old in SMALL
    return SMALL.replace(old, new)


def refusal(text, overrides=None):
    with pytest.raises(MalformedError) as refused:
        parse_pabulib(text, overrides)
    return sentence(refused.value)


def test_the_published_example_is_counted():
    result = tally(parse_pabulib(WIELICZKA))
    assert result.counts == {"1": 4, "2": 4, "4": 6, "5": 5, "7": 3}


def test_the_published_example_is_shared():
    result = tally(parse_pabulib(WIELICZKA))
    assert (result.allocation.funded, result.greedy.funded) == (("4", "1"), ("4", "5"))


def test_one_unit_of_currency_is_a_hundred_cents():
    election = parse_pabulib(SMALL)
    assert (election.budget, [option.cost for option in election.options]) == (1050, [400, 625])


def test_a_quoted_name_may_hold_a_semicolon():
    assert parse_pabulib(SMALL).options[0].text == "Jardin; potager"


def test_a_project_without_name_is_told_by_its_id():
    assert parse_pabulib(SMALL).options[1].text == "b"


def test_an_empty_vote_is_an_empty_ballot():
    assert parse_pabulib(SMALL).ballots[1].choice == ()


def test_a_project_named_twice_is_approved_once():
    assert parse_pabulib(SMALL).ballots[2].choice == ("b",)


def test_the_electorate_is_those_who_voted():
    assert parse_pabulib(SMALL).electorate == 3


def test_blank_lines_and_line_ends_do_not_matter():
    spaced = SMALL.replace("\n", "\r\n\r\n")
    assert parse_pabulib(spaced) == parse_pabulib(SMALL)


def test_sections_are_read_whatever_their_case_and_empty_columns():
    assert parse_pabulib(changed("VOTES", "votes;")) == parse_pabulib(SMALL)


def test_add1_raises_each_share_by_one_unit():
    # Shares of 3.50 buy b alone; those of 7.50, four raises later, buy a as well.
    election = parse_pabulib(SMALL, Overrides(completion=Completion.ADD1))
    assert tally(election).allocation.funded == ("b", "a")


def test_it_may_be_counted_by_approval():
    election = parse_pabulib(SMALL, Overrides(rule=Rule.APPROVAL))
    assert tally(election).winners == ("b", "a")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "META: found nothing, expected a section with the columns key, value"),
        ("hello\n", 'line 1: found "hello", expected one of META, PROJECTS, VOTES'),
        ("META\n", "META: found nothing, expected a section with the columns key, value"),
        (
            changed("key;value", "clé;valeur"),
            'line 2: found "clé;valeur", expected a header with key, value',
        ),
        (
            changed("budget;10.5\n", ""),
            'META, budget: found nothing, expected an amount such as "1200" or "1200.50"',
        ),
        (
            changed("10.5", "beaucoup"),
            'line 3, budget: found "beaucoup", expected an amount such as "1200" or "1200.50"',
        ),
        (
            changed("vote_type;approval\n", ""),
            "META, vote_type: found nothing, expected one of approval",
        ),
        (
            changed("approval", "ordinal"),
            'line 4, vote_type: found "ordinal", expected one of approval',
        ),
        (
            changed("PROJECTS\nproject_id;cost;name\n", ""),
            "PROJECTS: found nothing, expected a section with the columns project_id, cost",
        ),
        (
            changed("project_id;cost;name", "project_id;name;price"),
            'line 6: found "project_id;name;price", expected a header with project_id, cost',
        ),
        (
            changed("a;4", "a;quatre"),
            'line 7, cost: found "quatre", expected an amount such as "1200" or "1200.50"',
        ),
        (
            changed("a;4", "a;-4"),
            'line 7, cost: found "-4", expected an amount such as "1200" or "1200.50"',
        ),
        (
            changed("a;4", "a;1,200"),
            'line 7, cost: found "1,200", expected an amount such as "1200" or "1200.50"',
        ),
        (
            changed("b;6,25;", "b"),
            'line 8, cost: found nothing, expected an amount such as "1200" or "1200.50"',
        ),
        (changed("b;6,25", ";6,25"), "line 8, project_id: found nothing, expected a text"),
        (
            changed("b;6,25", "a;6,25"),
            'line 8, project_id: found "a" a second time, expected it once',
        ),
        (
            changed("b;6,25;", "b;6,25;Four;pain"),
            "line 8: found 4 values, expected at most 3, as in the header",
        ),
        (
            changed("VOTES", "PROJECTS"),
            'line 9: found "PROJECTS" a second time, expected it once',
        ),
        (
            changed("v3;b,b", "v3;b,c"),
            'line 13, vote: found "c", expected a project_id of the section PROJECTS',
        ),
        (
            changed("v3;b,b", "v1;b"),
            'line 13, voter_id: found "v1" a second time, expected it once',
        ),
        (changed("v3;b,b", ";b"), "line 13, voter_id: found nothing, expected a text"),
        (
            changed("vote_type", "num_votes;4\nvote_type"),
            'line 4, num_votes: found "4", expected 3, the number listed in the file',
        ),
        (
            changed("vote_type", "num_projects;1\nvote_type"),
            'line 4, num_projects: found "1", expected 2, the number listed in the file',
        ),
        (
            changed("v1;a", f"v1;{'a' * 200_000}"),
            "line 11: found nothing, expected values separated by semicolons",
        ),
    ],
)
def test_what_is_no_pabulib_file_is_refused(text, told):
    assert refusal(text) == told


def test_a_rule_that_approvals_cannot_serve_is_refused():
    told = refusal(SMALL, Overrides(rule=Rule.JUDGMENT))
    assert told == 'rule: found "judgment", expected one of approval, shares'
