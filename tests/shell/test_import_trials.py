"""`souci import` in a process of its own, over files as other programs write them."""

import csv
import io
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from bot.cli import main
from tests.chat.attached import archived
from tests.shell.test_import_command import CONFIG, said

TRIALS = Path(__file__).parents[1] / "data" / "import"


LIVED = (
    "alice> !cercle créer Artois",
    "bob> !membres",
    "alice> !chantier Accueil",
    "alice> !action Portes ouvertes chantier Accueil pour bob avant le 12 décembre budget 400,50 €",
    "alice> !action #1 Fête pour alice et bob",
    "alice> !action Annuaire",
    "alice> !fait A3",
    "alice> !doter 24975 € de MEL pour Accueil période 2026",
    "alice> !doter 12,50 € de la Région",
)
LIFE = (
    *(f"[artois] {line}" for line in LIVED),
    *("[somme] alice> !cercle créer Somme", "[somme] bob> !membres"),
    *("[oise] alice> !cercle créer Oise", "[oise] bob> !membres"),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A configuration, a circle, another one where people lived, and the trial files."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    copytree(TRIALS, folder / "trials")
    said(folder, *LIFE, "alice> !cercle créer Littoral territorial")
    return folder


def ran(house, *tables, circle="Littoral"):
    """Its exit status, and what it said."""
    command = [sys.executable, "-m", "bot", "import", "--config", str(house / "config.yaml")]
    command += ["--circle", circle, "--apply", *(str(house / "trials" / one) for one in tables)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout, done.stderr


def test_a_folder_of_any_encodings_and_cases_is_entered(house):
    status, told, wrong = ran(house, "read")
    assert (status, wrong) == (0, "")
    assert "ecritures-mac.csv est en Mac Roman" in told
    [budget] = said(house, "alice> !budget")
    figures = [budget.values[name]["cents"] for name in ("granted", "asked", "regulated", "paid")]
    assert figures == [2620950, 1250, 6000, 6000]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("PERSONNES.ODS", "PERSONNES.ODS\u00a0: il faut un fichier CSV"),
        (
            "enveloppes-virgules.csv",
            "enveloppes-virgules.csv, ligne 2, Montant\u00a0: «\u00a024 975,00\u00a0»",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_its_place_and_nothing_entered(house, table, told):
    status, out, wrong = ran(house, f"refused/{table}")
    assert (status, out) == (1, "")
    assert told in wrong
    assert "rien n’est entré" in wrong
    assert "Traceback" not in wrong


def test_a_spreadsheet_in_a_folder_of_tables_is_told_and_not_passed_over(house):
    status, _, wrong = ran(house, "refused")
    assert status == 1
    assert "PERSONNES.ODS" in wrong


TABLES = ("actions.csv", "enveloppes.csv")
SAME = {
    "actions.csv": ("title", "workstream", "state", "holders", "due", "budget"),
    "enveloppes.csv": ("funder", "workstream", "period", "at", "granted"),
}


def exported(house, circle, *options):
    """The tables of a circle, by name."""
    command = ["export", "--config", str(house / "config.yaml"), "--circle", circle]
    command += ["--format", "csv", "--output", str(house / "out"), *options]
    assert main(command) == 0
    return archived(house / "out" / f"{circle.lower()}.zip")


def rows(body, *keys):
    """The cells of a plain table under these keys."""
    read = csv.DictReader(io.StringIO(body.decode(), newline=""))
    return [[row[key] for key in keys] for row in read]


@pytest.mark.parametrize(("circle", "options"), [("Somme", ()), ("Oise", ("--iso",))])
def test_actions_and_envelopes_that_souci_exports_are_imported_the_same(house, circle, options):
    for name in TABLES:
        table = house / "trials" / name
        table.write_bytes(exported(house, "Artois", *options)[name])
    status, told, _ = ran(house, *TABLES, circle=circle)
    assert (status, "cela se calcule" in told) == (0, True)
    before, after = (exported(house, one, "--iso") for one in ("Artois", circle))
    for name, keys in SAME.items():
        assert rows(after[name], *keys) == rows(before[name], *keys) != []
