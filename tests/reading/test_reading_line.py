import pytest

from commands.reading.line import Found, Unknown, find, nearest, same_name


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("!aide", "aide", ""),
        ("!AIDE", "aide", ""),
        ("!help vote", "aide", "vote"),
        ("!a-voter", "à-voter", ""),
        ("!à voter", "à-voter", ""),
        ("!À\u00a0VOTER", "à-voter", ""),
        ("!AVOTER", "à-voter", ""),
        ("!à\u2010voter", "à-voter", ""),
        ("!cercle créer Littoral", "cercle créer", "Littoral"),
        ("!CERCLE  CREER  Littoral", "cercle créer", "Littoral"),
        ("!circle create Littoral", "cercle créer", "Littoral"),
        ("!cercle", "cercle", ""),
        ("!fait: A12", "fait", "A12"),
        ("!aide ?", "aide", "?"),
        ("!aide?", "aide", ""),
        ("!regulation mardi", "régulation", "mardi"),
        ("  !budget  ", "budget", ""),
        ("!contrib 2h « a\u00a0b »", "contribution", "2h « a b »"),
    ],
)
def test_a_line_names_a_command(commands, line, name, rest):
    found = find(line, "!", commands)
    assert (found.command.names[0], found.rest) == (name, rest)


@pytest.mark.parametrize("line", ["aide", "", "!", "!!!", "!?", "bonjour !aide", "🌼 !aide"])
def test_what_is_not_for_the_bot_is_left_alone(commands, line):
    assert find(line, "!", commands) is None


@pytest.mark.parametrize("prefix", ["souci ", "SOUCI ", "#", "!!"])
def test_the_prefix_can_be_another_one(commands, prefix):
    assert find(f"{prefix}aide vote", prefix.lower(), commands).rest == "vote"


def test_there_may_be_no_prefix(commands):
    assert isinstance(find("aide vote", "", commands), Found)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("!contributon 1h accueil", "!contribution 1h accueil"),
        ("!CONTRIBUTON 1h Accueil", "!contribution 1h Accueil"),
        ("!budjet", "!budget"),
        ("!a-votter", "!à-voter"),
        ("!regul mardi", "!régulation mardi"),
        ("!cercle crer Littoral", "!cercle créer Littoral"),
        ("!circle creat Littoral", "!circle create Littoral"),
        ("!membre", "!membres"),
    ],
)
def test_a_typo_is_answered_with_the_line_to_type(commands, line, meant):
    unknown = find(line, "!", commands)
    assert isinstance(unknown, Unknown)
    assert unknown.line == meant


@pytest.mark.parametrize("line", ["!bonjour à tous", "!xyzzy", "!12", "!zzzzzzz " + "a " * 30000])
def test_a_word_near_nothing_has_no_suggestion(commands, line):
    assert find(line, "!", commands).line is None


@pytest.mark.parametrize("line", ["!act x", "!acti x", "!fai A1", "!bud"])
def test_the_beginning_of_a_word_runs_nothing(commands, line):
    assert isinstance(find(line, "!", commands), Unknown)


def test_a_word_is_not_made_of_what_follows(commands):
    assert find("!action s'organiser", "!", commands).command.names[0] == "action"


def test_the_word_typed_is_told_short(commands):
    assert len(find("!" + "x" * 5000, "!", commands).word) <= 40


def test_the_nearest_line_comes_without_prefix(commands):
    assert nearest("contributon 1h", commands) == "contribution 1h"


@pytest.mark.parametrize(
    ("one", "other"), [("Sambre-Avesnois", "sambre avesnois"), ("MEL", "M.E.L.")]
)
def test_two_spellings_say_one_name(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("Oise", "Somme"), ("", ""), ("-", " ")])
def test_other_names_are_not_the_same(one, other):
    assert not same_name(one, other)
