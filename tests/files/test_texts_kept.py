"""Texts that a spreadsheet would change when it opens a CSV: kept, and read again as they were."""

import csv
import io
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from circle.spreadsheets import unguarded
from language.importing.batch import read_batch
from reports.csv_files import french_csv, iso_csv
from reports.sheets import CellKind, Column, Sheet
from reports.unchanged import unchanged
from tests.files.office import opened

CHANGED = [
    *("00042", "2026-03", "1E5", "3/4", "12,50", "1 234", "1234567890123456789", "50 %", "80 €"),
    *("12 mars", "mars 2026", "12 janv. 2026", "sept-1", "3-MAR", "Jan 5", "10:30", "9:30 am"),
    *("(12)", "1 1/2", "1'000", "2026-03-01T10:00", "#REF!", "#N/A", "#1 fête", "''12"),
]
KEPT = [
    *("F-12", "2026", "42", "0042-A", "Salle 12", "T3 2026", "A12", "2e étage", "12h30", "février"),
    *("n° 4", "'quoted'", "'t Hof", "Affiches", "", "1er mai", "12 affiches", "août à la plage"),
]
MADE = [
    "".join(parts)
    for parts in product(("0", "3", "12", "2026"), ("", " ", "-", "/", ".", ",", ":", "e"),
                         ("", "5", "05", "mars", "sept.", "2027", "%", "€"), ("", "-1", " 26"))
]  # fmt: skip


def in_csv(texts, write=french_csv):
    sheet = Sheet(key="x", title="x", columns=(Column("x", "x"),), rows=tuple((t,) for t in texts))
    return write(sheet)


def cells(body):
    text = body.decode("utf-8-sig")
    return [row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""))][1:]


@pytest.mark.parametrize("text", CHANGED)
def test_a_text_that_a_spreadsheet_would_change_is_guarded(text):
    assert unchanged(text) == f"'{text}"


@pytest.mark.parametrize("text", KEPT)
def test_any_other_text_is_as_it_was(text):
    assert unchanged(text) == text


@pytest.mark.parametrize("write", [french_csv, iso_csv])
@given(st.text())
@example("'=1")
@example("''")
def test_a_guarded_text_is_read_again_as_it_was(write, text):
    plain = cells(in_csv([f"x{text}"], write))[0][1:]  # what a file can hold of it
    [cell] = cells(in_csv([text], write))
    assert unguarded(cell) == plain.replace("\r\n", "\n") or unguarded(cell) == plain


def test_libreoffice_opens_every_text_as_it_was(tmp_path):
    texts = [text for text in (*CHANGED, *KEPT, *MADE) if text and "  " not in text]
    (tmp_path / "texts.csv").write_bytes(in_csv(texts))
    [sheet] = opened(tmp_path, "texts.csv", french_csv=True)["texts.csv"].values()
    assert [unguarded(row[0]) for row in sheet[1:]] == texts


@pytest.mark.parametrize("text", CHANGED)
def test_souci_imports_what_it_exports(text):
    titles = Sheet(
        key="x",
        title="x",
        columns=(
            Column("amount", "montant", CellKind.MONEY),
            *(Column("funder", "financeur"), Column("on", "le", CellKind.DAY)),
        ),
        rows=((500, text, "2026-10-01"),),
    )
    for write in (french_csv, iso_csv):
        batch, faults = read_batch({"enveloppes.csv": write(titles)})
        assert ([one.funder for one in batch.envelopes], faults) == ([text], ())
