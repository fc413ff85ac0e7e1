"""Files opened by LibreOffice, and the values that it read: the same to the cent and the minute."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal

import pytest

from circle.spreadsheets import unguarded
from tests.chat.accounts import CLOSE, FOUNDED, OPEN
from tests.chat.attached import archived, attached
from tests.chat.recount import recounted
from tests.chat.scene import scene
from tests.files.office import Rows, cents, column, opened, rows_of

LIFE = (
    *FOUNDED,
    'alice> !contribution 2h30 "=HYPERLINK(1)" 80,05 €',
    'bob> !contribution 1h20 "+33 accueil" 40,10 €',
    "carole> !frais 30,99 € pain | beurre",
    'bob> !contribution 7h "@rangement" bénévole',
    OPEN,
    "alice> !décision C1 60,05 €",
    "alice> !décision C2 40,10 €",
    "alice> !décision C3 30,99 €",
    "bob> !présent",
    CLOSE,
    "alice> !facture C2 00042",
    "alice> !facture C3 2026-03",
    "alice> !payé C1",
)
FIGURES = (
    *(("Accordé", "granted"), ("Décidé", "regulated")),
    *(("Facturé", "invoiced"), ("Payé", "paid")),
)


@dataclass(frozen=True)
class Read:
    """What LibreOffice read, and the figures as recounted from the rows alone."""

    book: dict[str, Rows]
    times: dict[str, Rows]
    present: dict[str, Rows]
    expenses: Rows
    french: Rows
    figures: dict[str, int]


@pytest.fixture(scope="module")
def read(tmp_path_factory) -> Read:
    folder = tmp_path_factory.mktemp("office")
    files, figures = asyncio.run(_told())
    for name, body in files.items():
        (folder / name).write_bytes(body)
    books = ("livre.ods", "feuilles-de-temps.ods", "etat-des-depenses.ods", "presences.ods")
    found = opened(folder, *books)
    [french] = opened(folder, "journal.csv", french_csv=True)["journal.csv"].values()
    [expenses] = found[books[2]].values()
    return Read(found[books[0]], found[books[1]], found[books[3]], expenses, french, figures)


async def _told():
    async with scene(*LIFE) as made:
        lines = ("alice> !export ods", "alice> !export csv", "alice> !export feder")
        book, tables, feder = await attached(made, *lines)
        figures = await recounted(made)
    return {"livre.ods": book.body, **archived(tables), **archived(feder)}, figures


@pytest.mark.parametrize(("title", "figure"), FIGURES)
def test_the_ledger_sums_up_to_the_figures(read, title, figure):
    assert cents(column(read.book["Journal"], title)) == read.figures[figure]


@pytest.mark.parametrize(("title", "figure"), FIGURES)
def test_a_french_table_sums_up_to_the_figures(read, title, figure):
    assert cents(column(read.french, title)) == read.figures[figure]


def test_a_french_table_has_instants_that_are_instants(read):
    assert {at[:11] for at in column(read.french, "Inscrit le")} == {"2026-11-23T"}


def test_contributions_have_typed_days_and_efforts(read):
    work = read.book["Contributions"]
    assert set(column(work, "Jour")) == {"2026-11-23"}
    assert column(work, "Durée") == ["PT02H30M00S", "PT01H20M00S", "", "PT07H00M00S"]


def test_what_might_be_a_formula_is_a_text(read):
    said = column(read.book["Contributions"], "Objet")
    assert said == ["'=HYPERLINK(1)", "'+33 accueil", "pain | beurre", "'@rangement"]


def test_time_sheets_have_a_sheet_a_person_and_month(read):
    assert set(read.times) == {"2026-11 alice", "2026-11 bob"}


def test_a_time_sheet_has_its_total_and_blank_signatures(read):
    sheet = read.times["2026-11 bob"]
    [total] = (row for row in sheet if row[0] == "Total")
    assert [cell for cell in total if cell] == ["Total", "PT08H20M00S", "500", "8.33"]
    signed = [row[1:] for row in sheet if row[0].startswith("Signature")]
    assert [set("".join(row)) for row in signed] == [{"_"}, {"_"}]


async def test_decimal_hours_add_up_to_their_total(tmp_path):
    told = ("20 min", "20 min", "20 min", "25 min")
    odd = [f"bob> !contribution {minutes} rangement" for minutes in told]
    async with scene(*FOUNDED, *odd) as made:
        [feder] = await attached(made, "alice> !export feder")
    files = archived(feder)
    (tmp_path / "temps.ods").write_bytes(files["feuilles-de-temps.ods"])
    [sheet] = opened(tmp_path, "temps.ods")["temps.ods"].values()
    *hours, total = (Decimal(cell) for cell in column(sheet, "Heures décimales") if cell)
    assert (sum(hours), total) == (total, Decimal("1.42"))
    table = rows_of(files["feuilles-de-temps.csv"])
    assert column(table, "Durée") == ["0,34", "0,33", "0,33", "0,42"]
    assert column(table, "Minutes") == column(sheet, "Minutes")[:4] == ["20", "20", "20", "25"]


def test_invoice_numbers_are_the_ones_that_were_given(read):
    numbers = column(read.book["Contributions"], "N° de facture")
    assert [number for number in numbers if number] == ["00042", "2026-03"]
    opened = column(read.french, "N° de facture")
    assert {unguarded(number) for number in opened} == {"", "00042", "2026-03"}
    assert column(read.expenses, "N° de pièce")[0] == "2026-03"


def test_the_statement_of_expenses_sums_up_and_names_its_funder(read):
    assert column(read.expenses, "Décidé")[:2] == ["30.99", "30.99"]
    assert column(read.expenses, "Financeur")[0] == "la MEL"


def test_a_meeting_has_its_attendance_sheet_with_room_to_sign(read):
    [sheet] = read.present.values()
    titles = next(place for place, row in enumerate(sheet) if row[0] == "Personne")
    assert sheet[titles][:4] == ["Personne", "Présence", "Structure", "Signature"]
    assert sheet[titles + 1][:2] == ["bob", "présent·e"]
