"""`souci import`: a trial by default, then all or nothing, once."""

import asyncio

import pytest

from bot.cli import main
from tests.chat.scene import scene

CONFIG = """
matrix: {homeserver: "https://localhost", user_id: "@souci:localhost", password: x}
state_dir: .
"""
# By hand: 1 200 + 800 granted; 60 and 12,50 decided, of which 60 invoiced and paid and 12,50
# invoiced; 45,90 asked and waiting; a refusal and a pro bono hour weigh nothing.
TABLES = {
    "personnes": "nom;compte;sorte;rôle\nbob;@bob:localhost;;soucieux\nCarole B.;;;\n"
    "La Fabrique;;structure;\n",
    "actions": "titre;chantier;porté par;échéance;budget;état;le\n"
    "Portes ouvertes;Accueil;bob, Carole B.;12/12/2026;400;en cours;\n"
    "Annuaire;;bob;;;faite;01/09/2026\n",
    "enveloppes": "montant;financeur;chantier;période;le\n1 200,00;la Région;;2026;15/01/2026\n"
    "800;;Accueil;;01/02/2026\n",
    "ecritures": "personne;structure;nature;jour;heures;quoi;action;demandé;bénévole;décidé;"
    "décidé le;facture;facturé le;payé le;refusé le\n"
    "bob;;;03/10/2026;2h30;affiches;Portes ouvertes;80;;60;06/10/2026;F-1;10/10/2026;31/10/2026;\n"
    "Carole B.;La Fabrique;frais;04/10/2026;;colle;;12,50;;12,50;06/10/2026;F-2;;;\n"
    "bob;;frais;05/10/2026;;peinture;Annuaire;45,90;;;;;;;\n"
    "bob;;;05/10/2026;1,5;rangement;;20;;;;;;;06/10/2026\n"
    "Carole B.;;;07/10/2026;1;accueil;;;oui;;;;;;\n",
}
EXPECTED = {"granted": 200000, "asked": 4590, "regulated": 7250, "invoiced": 7250, "paid": 6000,
            "available": 192750}  # fmt: skip


@pytest.fixture
def house(tmp_path):
    """A configuration, a circle, and the tables to enter."""
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "tables").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
    said(tmp_path, "alice> !cercle créer Littoral territorial", "alice> !langue fr")
    return tmp_path


def said(house, *lines):
    """What the bot answers over the database of that house."""

    async def play():
        async with scene(*lines[:-1], url=f"sqlite:///{house / 'souci.db'}") as played:
            return await played.play(lines[-1])

    return asyncio.run(play())


def run(house, *options, circle="Littoral", tables="tables"):
    config = ["--config", str(house / "config.yaml")]
    return main(["import", *config, "--circle", circle, *options, str(house / tables)])


def figures(house):
    [told] = said(house, "alice> !budget")
    return {name: told.values[name]["cents"] for name in EXPECTED}


def test_the_balances_are_those_counted_by_hand(house):
    assert run(house, "--apply") == 0
    assert figures(house) == EXPECTED


def test_without_apply_everything_is_told_and_nothing_entered(house, capsys):
    assert run(house) == 0
    out = capsys.readouterr().out
    assert "1\u202f927,50\u00a0€ disponibles" in out
    assert "rien n’est entré" in out
    assert set(figures(house).values()) == {0}


def test_the_same_tables_are_never_entered_twice(house, capsys):
    run(house, "--apply")
    assert run(house, "--apply") == 1
    assert "déjà entrés" in capsys.readouterr().err
    assert figures(house) == EXPECTED


def test_one_wrong_line_and_nothing_is_entered(house, capsys):
    with (house / "tables" / "ecritures.csv").open("a", encoding="utf-8") as table:
        table.write("bob;;;31/02/2026;1;;;;;;;;;;\n")
    assert run(house, "--apply") == 1
    assert "ecritures.csv, ligne 7, jour\u00a0: «\u00a031/02/2026\u00a0»" in capsys.readouterr().err
    assert set(figures(house).values()) == {0}


def test_what_was_entered_lives_on(house):
    run(house, "--apply")
    [listed] = said(house, "alice> !contributions")
    states = [one["state"] for one in listed.values["items"]]
    assert states == ["paid", "invoiced", "declared", "refused", "declared"]
    [actions] = said(house, "alice> !actions")
    [action] = actions.values["items"]
    assert (action["title"], action["holders"]) == (
        "Portes ouvertes", ["@bob:localhost", "Carole B."],
    )  # fmt: skip


def test_who_was_entered_is_of_the_circle_when_they_come(house):
    run(house, "--apply")
    [declared] = said(house, "bob joins", "bob> !payé C2")
    assert declared.key == "entry.paid"


def test_an_unknown_circle_is_told_with_those_there_are(house, capsys):
    assert run(house, "--apply", circle="Artois") == 1
    assert "Littoral" in capsys.readouterr().err


def test_templates_are_written_and_nothing_over_them(tmp_path):
    options = ["import", "--template", str(tmp_path / "forms")]
    assert [main(options), main(options)] == [0, 1]
    names = sorted(file.name for file in (tmp_path / "forms").iterdir())
    assert names == ["actions.csv", "ecritures.csv", "enveloppes.csv", "personnes.csv"]


def test_a_folder_of_untouched_templates_has_nothing_to_enter(house, capsys):
    main(["import", "--template", str(house / "forms")])
    assert run(house, "--apply", tables="forms") == 1
    assert "Aucun tableau" in capsys.readouterr().err


def test_without_a_circle_the_usage_is_told(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["import", "--apply"])
    assert stopped.value.code == 2
    assert "--circle" in capsys.readouterr().err
