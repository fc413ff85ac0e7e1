"""Cells that no spreadsheet takes for a formula; CSV as the French and as programs read it."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.csv_files import french_csv, iso_csv
from reports.json_files import json_file
from reports.ods_files import spreadsheet
from reports.sheets import CellKind, Column, Sheet, guarded, tabs

COLUMNS = (
    Column("what", "Objet"),
    Column("amount", "Montant", CellKind.MONEY),
    Column("hours", "Durée", CellKind.EFFORT),
    Column("day", "Jour", CellKind.DAY),
    Column("at", "Inscrit le", CellKind.INSTANT),
    Column("count", "Nombre", CellKind.NUMBER),
)
ROW = ("Café ; « crème »", -123450, 150, "2026-09-01", "2026-09-01T18:05", 3)
SHEET = Sheet(key="work", title="Travail", columns=COLUMNS, rows=(ROW, (None,) * 6))
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠")


def read(body, delimiter):
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("first", ["\t", "\r", "\n"])
def test_a_text_that_begins_with_a_tab_or_a_line_end_is_guarded(first):
    assert guarded(f"{first}text").startswith("'")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "＝", "＠"])
@pytest.mark.parametrize("unseen", ["", " ", "\u200b", "\u202e", "\u00a0 ", "\ufeff"])
def test_a_text_that_might_be_a_formula_is_guarded(first, unseen):
    assert guarded(f"{unseen}{first}1+1").startswith("'")


@pytest.mark.parametrize("text", ["", "Affiches", "80 €", "مريم", "🌼 1=1", "'quoted'", "Jo|Anne"])
def test_any_other_text_is_left_as_it_is(text):
    assert guarded(text) == text


@given(st.text())
def test_no_text_begins_like_a_formula_in_a_file(text):
    sheet = Sheet(key="x", title="x", columns=COLUMNS[:1], rows=((text,),))
    for body, delimiter in ((french_csv(sheet), ";"), (iso_csv(sheet), ",")):
        cells = read(body, delimiter)[1:]
        assert all(not cell.lstrip().startswith(FORMULAS) for row in cells for cell in row)


def test_a_french_table_has_its_mark_commas_and_days():
    body = french_csv(SHEET)
    assert body.startswith(b"\xef\xbb\xbfObjet;Montant;")
    assert read(body, ";")[1] == [
        *("Café ; « crème »", "-1234,50", "2,50"),
        *("01/09/2026", "01/09/2026 18:05", "3"),
    ]


def test_a_plain_table_has_keys_dots_and_iso_days():
    rows = read(iso_csv(SHEET), ",")
    assert not iso_csv(SHEET).startswith(b"\xef\xbb\xbf")
    assert rows[0] == [column.key for column in COLUMNS]
    assert rows[1] == [ROW[0], "-1234.50", "2.50", "2026-09-01", "2026-09-01T18:05", "3"]


def test_nothing_stays_an_empty_cell():
    assert read(french_csv(SHEET), ";")[2] == [""] * 6


def test_json_keeps_exact_values():
    told = json.loads(json_file([SHEET]))["work"][0]
    assert told["amount"] == {"cents": -123450, "currency": "EUR"}
    assert (told["hours"], told["day"]) == (150, "2026-09-01")


def test_the_row_of_sums_adds_money_and_efforts_only():
    assert SHEET.sums() == (None, -123450, 150, None, None, None)


@given(st.lists(st.text(), max_size=12))
def test_sheets_have_names_that_spreadsheets_allow_and_no_two_alike(titles):
    names = tabs(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 and not set("[]*?:/\\'") & set(name) for name in names)


@given(st.text())
def test_any_text_makes_a_spreadsheet(text):
    row = (text, *ROW[1:])
    sheet = Sheet(key="x", title=text, columns=COLUMNS, rows=(row,), head=((text, text),))
    assert spreadsheet([sheet]).startswith(b"PK")
