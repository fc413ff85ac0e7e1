import pytest

from commands.reading.parse import needs, usage


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("action", "action TITRE [chantier NOM] [pour QUI] [avant DATE] [budget MONTANT]"),
        (
            "rôle",
            "rôle QUI soucieux|contributeur|participant [jusqu'à DATE]",
        ),
        ("prendre", "prendre A"),
        ("annuler", "annuler C|M [RAISON]"),
        ("réunion", "réunion TITRE QUAND [à LIEU]"),
        ("rappel", "rappel QUAND TEXTE"),
        ("choix", "choix QUESTION : A | B | C [jusqu'à DATE]"),
        ("odj", "odj [M] [+ TEXTE]"),
        ("budget", "budget"),
        ("doter", "doter MONTANT [de FINANCEUR] [pour CHANTIER] [période 2026]"),
        ("décision", "décision C MONTANT|refus|bénévole|report [RAISON]"),
    ],
)
def test_the_usage_line_is_told_by_the_readers(named, name, line):
    assert usage(named[name], "fr") == line


def test_the_usage_line_is_told_in_english(named):
    line = "!action TITLE [workstream NAME] [for WHO] [before DATE] [budget AMOUNT]"
    assert usage(named["action"], "en", "!") == line


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("budget", set()),
        ("action", {"workstreams", "members", "others", "numbers"}),
        ("rôle", {"members"}),
        ("doter", {"funders", "workstreams"}),
        ("état", {"circles"}),
        ("vote", {"numbers"}),
    ],
)
def test_a_command_asks_only_for_the_names_it_may_read(named, name, names):
    assert needs(named[name]) == names
