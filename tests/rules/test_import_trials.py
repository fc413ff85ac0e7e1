"""Tables as other programs write them (tests/data/import): read right, or refused in place."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.importing.batch import read_batch
from language.importing.decoding import decoded
from reports.csv_files import french_csv, iso_csv
from reports.sheets import CellKind, Column, Sheet

TRIALS = Path(__file__).parents[1] / "data" / "import"
REFUSED = {
    "PERSONNES.ODS": [(0, "", "csv-file")],
    "enveloppes-page.csv": [(0, "", "csv-file")],
    "enveloppes-total.csv": [(4, "", "total-line")],
    "actions-total.csv": [(3, "", "total-line")],
    "actions-sans-titre.csv": [(2, "", "columns")],
    "enveloppes-virgules.csv": [(2, "Montant", "decimal-comma")],
    "ecritures-formules.csv": [
        *((3, "Personne", "formula"), (3, "Demandé", "formula")),
        (4, "Jour", "formula"),
    ],
    "ecritures-negatif.csv": [(3, "Demandé", "amount"), (4, "Demandé", "amount")],
    "ecritures-guillemets.csv": [(3, "Quoi", "quotes")],
    "enveloppes-deux-fois.csv": [(3, "Financeur", "letters")],
    "enveloppes-perdues.csv": [(2, "Financeur", "letters")],
    "enveloppes-coupees.csv": [(3, "Financeur", "letters")],
}
FRENCH = "Hélène a payé 12 € à l’œuvre « été »"


def faults(name, body):
    _, found = read_batch({name: body})
    return [(one.line, one.field, one.expected) for one in found]


def envelopes(text, encoding="utf-8"):
    batch, found = read_batch({"enveloppes.csv": text.encode(encoding)})
    assert found == ()
    return [(one.amount, one.funder, one.on) for one in batch.envelopes]


@pytest.fixture(scope="module")
def read():
    batch, found = read_batch({one.name: one.read_bytes() for one in (TRIALS / "read").iterdir()})
    assert found == ()
    return batch


def test_each_encoding_is_known(read):
    assert {table.file: table.encoding for table in read.tables.values()} == {
        "PERSONNES.CSV": "UTF-8",
        "actions-unicode.txt": "UTF-16",
        "enveloppes.csv": "Windows-1252",
        "ecritures-mac.csv": "Mac Roman",
    }


def test_accents_and_signs_are_those_that_were_written(read):
    assert [one.name for one in read.people][1:] == ["Bob Œuvrard", "L’Atelier ; Café «Chez dany»"]
    assert [one.title for one in read.actions] == ["Fête de l’été", "Mise à jour du site"]
    assert read.envelopes[1].funder == "Métropole «européenne»"
    assert read.entries[0].what == "préparé à l’étage"


def test_amounts_and_days_are_those_that_were_written(read):
    assert [one.amount for one in read.envelopes] == [2497500, 123450]
    assert read.envelopes[1].on == date(2026, 2, 1)
    assert (read.actions[0].budget, read.entries[0].regulated) == (123450, 6000)
    assert read.entries[0].invoice == "00042"


def test_lines_are_counted_from_the_one_that_says_what_stands_between_cells(read):
    assert [one.line for one in read.people] == [3, 4, 5]


def test_every_refused_trial_is_told():
    assert sorted(REFUSED) == sorted(one.name for one in (TRIALS / "refused").iterdir())


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_read_is_refused_in_its_place(name):
    assert faults(name, (TRIALS / "refused" / name).read_bytes()) == REFUSED[name]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        *(("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")),
        *(("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")),
        *(("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")),
    ],
)
def test_french_is_read_in_whatever_it_was_written(encoding, name):
    assert decoded(FRENCH.encode(encoding)) == (FRENCH, name)


def test_french_of_old_programs_is_read():
    text = "Réglé à l'été, reçu le 12 août"
    assert decoded(text.encode("cp850")) == (text, "DOS (CP850)")


@pytest.mark.parametrize("word", ["École", "Éva", "à", "Noël", "reçu", "Zoë", "GÉRARD", "João"])
def test_one_word_is_enough_for_what_windows_wrote(word):
    assert decoded(word.encode("cp1252")) == (word, "Windows-1252")


def test_a_sign_that_nothing_shows_is_refused_in_its_place():
    body = b"montant;financeur;le\n5;La R\0gion;01/10/2026\n"
    assert faults("enveloppes.csv", body) == [(2, "financeur", "letters")]


def test_letters_of_no_encoding_we_know_are_refused():
    assert faults("enveloppes.csv", "montant;financeur;le\n5;Ошибка;01/10/2026\n".encode("cp1251"))


@pytest.mark.parametrize("sign", list("🌼€é°"))
def test_any_sign_of_utf_8_is_no_damage(sign):
    assert envelopes(f"montant;financeur;le\n5;{sign}{sign};01/10/2026\n")[0][1] == sign * 2


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_a_file_may_say_what_stands_between_its_cells(mark):
    text = f"sep={mark}\r\n" + "montant;financeur;le\r\n5;a;01/10/2026\r\n".replace(";", mark)
    assert envelopes(text) == [(500, "a", date(2026, 10, 1))]


def test_what_stands_between_cells_is_told_by_the_titles_that_are_known():
    text = "montant\tfinanceur, en toutes lettres;le\tle\n5\tx\t01/10/2026\n"
    assert faults("enveloppes.csv", text.encode()) == [
        (1, "financeur, en toutes lettres;le", "column")
    ]


@pytest.mark.parametrize(
    "row",
    ["15/01/2026,24 975,00,la Région", "15/01/2026,2,5", "15/01/2026,80,0,x", "15/01/2026,80,05"],
)
def test_a_comma_that_may_be_of_a_number_or_between_cells_is_refused(row):
    text = f"le,montant,financeur,chantier\n{row}\n"
    assert faults("enveloppes.csv", text.encode()) == [(2, "montant", "decimal-comma")]


@pytest.mark.parametrize(
    ("row", "cents"),
    [
        ('15/01/2026,"24 975,00",la Région', 2497500),
        ('15/01/2026,"80","05"', 8000),
        ("15/01/2026,80.50,05", 8050),
        ("15/01/2026,80,la Région", 8000),
    ],
)
def test_a_comma_between_cells_is_one_where_it_can_be_nothing_else(row, cents):
    assert envelopes(f"le,montant,financeur,chantier\n{row}\n")[0][0] == cents


def test_remarks_are_counted_and_not_lost_in_silence():
    batch, found = read_batch({"personnes.csv": b"nom\n#bob\nalice\n#dany\n"})
    assert (found, batch.tables["people"].remarks) == ((), (2, 4))


def test_a_text_too_long_is_refused_and_not_cut():
    body = f"personne;jour;heures;quoi\nbob;01/10/2026;1;{'a' * 2001}\n".encode()
    assert faults("ecritures.csv", body) == [(2, "quoi", "shorter")]


TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffffÂÃâ\ufffd"
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() == text and text and not text.startswith("#"))
ROWS = st.lists(st.tuples(st.integers(1, 10**9), TEXTS, st.dates(date(2000, 1, 1))), min_size=1)


@given(ROWS)
def test_what_souci_writes_it_reads_again(lines):
    columns = (
        Column("amount", "Montant", CellKind.MONEY),
        Column("funder", "Financeur"),
        Column("on", "Le", CellKind.DAY),
    )
    cells = tuple((cents, funder, on.isoformat()) for cents, funder, on in lines)
    for write in (french_csv, iso_csv):
        body = write(Sheet(key="x", title="x", columns=columns, rows=cells))
        assert envelopes(body.decode("utf-8-sig")) == lines
