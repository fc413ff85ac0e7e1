import pytest

from circle.refs import Kind, Ref
from commands.reading.readers import Share


@pytest.mark.parametrize(
    "line",
    [
        "Quel jour ? : lundi | mardi soir | jamais",
        "Quel jour ?: lundi|mardi soir|jamais",
        "Quel jour ? : lundi | mardi soir | jamais |",
        "Quel jour ? :  lundi  |  mardi soir  |  jamais",
    ],
)
def test_options_stand_between_bars(read, line):
    given = read(f"!choix {line}")
    assert (given.question, given.options) == ("Quel jour ?", ("lundi", "mardi soir", "jamais"))


@pytest.mark.parametrize(
    ("line", "question", "options"),
    [
        ("Café : quand : 14:00 | 15:00", "Café : quand", ("14:00", "15:00")),
        ("Lieu : « a | b » | c", "Lieu", ("a | b", "c")),
        ("Lien https://a.example : oui | non", "Lien https://a.example", ("oui", "non")),
    ],
)
def test_the_last_colon_before_the_bars_begins_the_list(read, line, question, options):
    given = read(f"!choix {line}")
    assert (given.question, given.options) == (question, options)


def test_options_of_the_vote_follow_the_list(read):
    given = read("!choix Quand : lundi | mardi jusqu'au 12 décembre")
    assert (given.options, given.until.day) == (("lundi", "mardi"), 12)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!choix Quand", "list.missing"),
        ("!choix Quand | lundi | mardi", "list.missing"),
        ("!choix Quand :", "list.too-few"),
        ("!choix Quand : lundi", "list.too-few"),
        ("!choix Quand : lundi | lundi", "list.twice"),
        ("!choix Quand : " + " | ".join(map(str, range(21))), "list.too-many"),
        ("!choix Quand : lundi | " + "x" * 300, "text.too-long"),
        ("!choix : lundi | mardi", "text.missing"),
        ("!partage 3000 : A1 | Fête", "list.cost-missing"),
        ("!partage : A1 | A2", "money.missing"),
        ("!partage beaucoup : A1 | A2", "money.not-understood"),
        ("!partage 3000 : A1 1.200 | A2", "money.ambiguous"),
    ],
)
def test_a_list_that_cannot_be_taken_is_refused(refusal, line, key):
    assert refusal(line).key == key


@pytest.mark.parametrize("amount", ["3000", "3000 €", "3 000", "3 k€", "3000:"])
def test_an_envelope_is_shared_among_actions_and_texts(read, amount):
    colon = "" if amount.endswith(":") else " :"
    given = read(f"!partage {amount}{colon} A12 | A14 500 € | #A15 200 | Café du coin 1 200 €")
    assert given.amount == 300000
    assert given.shares == (
        Share(Ref(Kind.ACTION, 12), ""),
        Share(Ref(Kind.ACTION, 14), "", 50000),
        Share(Ref(Kind.ACTION, 15), "", 20000),
        Share(None, "Café du coin", 120000),
    )
