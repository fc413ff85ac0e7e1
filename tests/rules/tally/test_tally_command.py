"""`souci tally`: what it prints, and how it ends."""

import json

import pytest

from bot.cli import main

VOTE = {
    "rule": "majority",
    "electorate": 3,
    "ballots": [{"voter": "v1", "choice": "yes"}, {"voter": "v2", "choice": "abstain"}],
}
PABULIB = """\
META
key;value
budget;5
vote_type;approval
PROJECTS
project_id;cost
a;4
b;5
VOTES
voter_id;vote
v1;a
v2;a
v3;b
"""


@pytest.fixture
def counted(tmp_path, capsys):
    """Counts a text under a file name: the exit status, and what was printed on both sides."""

    def count(text, *options, name="vote.json"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        status = main(["tally", str(file), *options])
        printed = capsys.readouterr()
        return status, printed.out, printed.err.replace(f"{tmp_path}/", "")

    return count


def test_the_result_is_printed_as_json_in_the_order_of_the_contract(counted):
    status, printed, _ = counted(json.dumps(VOTE))
    assert (status, list(json.loads(printed).items())) == (
        0,
        [
            ("rule", "majority"),
            ("adopted", True),
            ("winners", []),
            ("tie", False),
            ("cast", 2),
            ("electorate", 3),
            ("quorum_met", True),
            ("counts", {"yes": 1, "no": 0, "abstain": 1}),
        ],
    )


def test_a_pabulib_file_is_known_by_its_name(counted):
    _, printed, _ = counted(PABULIB, name="city.PB")
    assert json.loads(printed)["funded"] == ["a"]


def test_a_pabulib_file_is_known_by_its_first_word(counted):
    _, printed, _ = counted(PABULIB, name="download")
    assert json.loads(printed)["spent"] == "4.00"


def test_a_byte_order_mark_does_not_matter(counted):
    assert counted(b"\xef\xbb\xbf" + json.dumps(VOTE).encode())[0] == 0


def test_another_quorum_is_counted(counted):
    _, printed, _ = counted(json.dumps(VOTE), "--quorum", "100 %")
    assert json.loads(printed)["quorum_met"] is False


def test_another_rule_is_counted(counted):
    _, printed, _ = counted(PABULIB, "--rule", "approval", name="city.pb")
    assert json.loads(printed)["winners"] == ["a", "b"]


def test_another_completion_is_counted(counted):
    _, printed, _ = counted(PABULIB, "--completion", "none", name="city.pb")
    assert json.loads(printed)["funded"] == []


def test_letters_outside_ascii_are_printed_on_any_terminal(counted):
    options = [{"id": "Café"}]
    vote = VOTE | {"rule": "approval", "options": options, "ballots": []}
    _, printed, _ = counted(json.dumps(vote))
    assert printed.isascii()


def test_a_malformed_file_is_told_in_one_line(counted):
    told = 'found "add2", expected one of none, utilitarian, add1, add1u'
    file = json.dumps(VOTE | {"completion": "add2"})
    assert counted(file) == (1, "", f"vote.json: completion: {told}\n")


def test_a_file_that_is_not_text_is_told_in_one_line(counted):
    assert counted(b"\xff\xfe{}") == (1, "", "vote.json: byte 0: expected text in UTF-8\n")


def test_an_absent_file_is_told_in_one_line(capsys):
    assert main(["tally", "absent.json"]) == 1
    assert capsys.readouterr().err == "absent.json: No such file or directory\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["vote.json", "other.json"],
        ["vote.json", "--rule", "luck"],
        ["vote.json", "--completion", "luck"],
        ["vote.json", "--quorum", "luck"],
        ["vote.json", "--quo", "1/2"],
    ],
)
@pytest.mark.usefixtures("capsys")
def test_a_wrong_usage_ends_with_two(arguments):
    with pytest.raises(SystemExit, match="2"):
        main(["tally", *arguments])


def test_help_is_no_failure(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["tally", "--help"])
    assert capsys.readouterr().out.startswith("usage: souci tally")
