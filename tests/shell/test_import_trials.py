"""`souci import` in a process of its own, over files as other programs write them."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.shell.test_import_command import CONFIG, said

TRIALS = Path(__file__).parents[1] / "data" / "import"


@pytest.fixture
def house(tmp_path):
    """A configuration, a circle, and the trial files."""
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    copytree(TRIALS, tmp_path / "trials")
    said(tmp_path, "alice> !cercle créer Littoral territorial", "alice> !langue fr")
    return tmp_path


def ran(house, *tables):
    """Its exit status, and what it said."""
    command = [sys.executable, "-m", "bot", "import", "--config", str(house / "config.yaml")]
    command += ["--circle", "Littoral", "--apply", *(str(house / "trials" / one) for one in tables)]
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
    assert "Traceback" not in wrong
    [budget] = said(house, "alice> !budget")
    assert budget.values["granted"]["cents"] == 0


def test_a_spreadsheet_in_a_folder_of_tables_is_told_and_not_passed_over(house):
    status, _, wrong = ran(house, "refused")
    assert status == 1
    assert "PERSONNES.ODS" in wrong
