"""Tables of an import, read: French and ISO forms, and every refusal with its place."""

from datetime import date

import pytest

from language.importing import fields
from language.importing.batch import CircleSoFar, check_batch, read_batch
from language.importing.fields import WrongError
from language.importing.forms import FORMS, templates

TODAY = date(2026, 11, 22)
PEOPLE = "nom;compte;rôle\nbob;@bob:localhost;contributeur\nLa Fabrique;;\n"
ENTRIES = "personne;jour;heures;demandé;décidé;payé le\n"


def faults(files, here=None):
    batch, found = read_batch({name: text.encode() for name, text in files.items()})
    checked = check_batch(batch, here or CircleSoFar(people=frozenset({"bob"})), TODAY)
    return [(one.line, one.field, one.expected) for one in (*found, *checked)]


def entries(*lines):
    batch, _ = read_batch({"ecritures.csv": (ENTRIES + "\n".join(lines)).encode()})
    return batch.entries


@pytest.mark.parametrize(
    ("text", "cents"),
    [("150", 15000), ("1 200,50", 120050), ("1200.5", 120050), ("1\u202f200,50 €", 120050),
     ("1.200,50", 120050), ("1,200.50", 120050), ("0,05", 5), ("80 eur", 8000)],
)  # fmt: skip
def test_amounts_are_read_in_both_forms(text, cents):
    assert fields.cents(text) == cents


@pytest.mark.parametrize("text", ["-4", "1.200", "1,200", "dix", "", "1,234", "=1+1", "12€50"])
def test_what_is_no_plain_amount_is_refused(text):
    with pytest.raises(WrongError, match="amount"):
        fields.cents(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("2h30", 150), ("2 h 30", 150), ("2,5", 150), ("2.25", 135), ("90 min", 90), ("3h", 180)],
)
def test_efforts_are_read_in_both_forms(text, minutes):
    assert fields.minutes(text) == minutes


@pytest.mark.parametrize("text", ["31/12/2026", "2026-12-31", "31.12.2026"])
def test_days_are_read_in_both_forms(text):
    assert fields.day(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["31/02/2026", "12/31/2026", "31/12/26", "hier", "2026-13-01"])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(WrongError, match="day"):
        fields.day(text)


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_same_table_is_read_whatever_wrote_it(mark, encoding):
    text = "montant;financeur;le\n1200;la Région «née»;31/10/2026\n".replace(";", mark)
    batch, found = read_batch({"enveloppes.csv": text.encode(encoding)})
    [line] = batch.envelopes
    assert (found, line.amount, line.funder) == ((), 120000, "la Région «née»")


def test_the_encoding_is_told():
    batch, _ = read_batch({"personnes.csv": "nom\nLa Récré\n".encode("cp1252")})
    assert batch.tables["people"].encoding == "Windows-1252"


def test_english_titles_and_signs_are_understood():
    batch, found = read_batch({"entries.csv": b"Person,DAY,hours,Paid-on\nbob,2026-01-02,2.5,\n"})
    assert (found, batch.entries[0].minutes) == ((), 150)


def test_lines_that_begin_with_a_hash_are_left_out():
    assert [one.line for one in entries("#bob;01/10/2026;1;;;", "bob;01/10/2026;1;;;")] == [3]


def test_lines_are_numbered_as_spreadsheets_do_even_after_a_cell_of_several_lines():
    text = 'personne;jour;heures;quoi\nbob;01/10/2026;1;"une\ndeux"\nbob;x;1;\n'
    assert faults({"ecritures.csv": text}) == [(4, "jour", "day")]


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("bob;x;1;;;", ("jour", "day")),
        ("bob;01/10/2026;;;;", ("heures", "hours")),
        ("bob;01/10/2026;1;-3;;", ("demandé", "amount")),
        ("bob;01/10/2026;1;10;;05/10/2026", ("décidé", "decided-first")),
        ("bob;01/10/2026;1;10;10;05/09/2026", ("payé le", "order")),
        ("bob;01/10/2027;1;10;;", ("jour", "past")),
        ("carole;01/10/2026;1;10;;", ("personne", "person")),
        (";01/10/2026;1;10;;", ("personne", "something")),
        ("bob;01/10/2026;1;10;;;;encore", ("", "columns")),
    ],
)
def test_each_refused_line_says_its_place_and_what_was_expected(line, refused):
    assert (2, *refused) in faults({"ecritures.csv": ENTRIES + line})


@pytest.mark.parametrize(
    ("files", "refused"),
    [
        ({"ecritures.csv": ""}, (0, "", "not-empty")),
        ({"divers.csv": "nom\n"}, (0, "", "known-file")),
        ({"people.csv": "name\n", "personnes.csv": "nom\n"}, (0, "", "one-file")),
        ({"personnes.csv": "nom;couleur\n"}, (1, "couleur", "column")),
        ({"personnes.csv": "nom;name\n"}, (1, "nom", "column-twice")),
        ({"personnes.csv": "compte\n"}, (1, "nom", "column-missing")),
        ({"personnes.csv": "nom\nbob\nBOB\n"}, (3, "nom", "once")),
        ({"personnes.csv": "nom;compte\nbob;bob\n"}, (2, "compte", "account")),
        ({"personnes.csv": "nom;rôle\nbob;roi\n"}, (2, "rôle", "role")),
        ({"personnes.csv": "nom;sorte;rôle\nx;structure;soucieux\n"}, (2, "rôle", "no-role")),
        ({"actions.csv": "titre\nFête\nfete\n"}, (3, "titre", "new-action")),
        ({"actions.csv": "titre;état\nFête;finie\n"}, (2, "état", "state")),
        ({"actions.csv": "titre;porté par\nFête;bob, dany\n"}, (2, "porté par", "person")),
        ({"enveloppes.csv": "montant;le\n0;01/10/2026\n"}, (2, "montant", "amount")),
    ],
)
def test_what_is_wrong_with_a_table_is_told(files, refused):
    assert refused in faults(files)


def test_a_name_that_two_people_have_asks_for_the_account():
    here = CircleSoFar(people=frozenset({"bob"}), twice=frozenset({"bob"}))
    text = ENTRIES + "bob;01/10/2026;1;;;"
    assert faults({"ecritures.csv": text}, here) == [(2, "personne", "one-person")]


def test_people_and_actions_of_the_same_import_may_be_named():
    files = {
        "personnes.csv": PEOPLE,
        "actions.csv": "titre;porté par\nFête;@bob:localhost\n",
        "ecritures.csv": "personne;jour;heures;action\nBOB;01/10/2026;1;fête\n",
    }
    assert faults(files, CircleSoFar()) == []


def test_a_formula_guarded_by_our_own_export_is_its_text_again():
    batch, _ = read_batch({"enveloppes.csv": b"montant;financeur;le\n5;'=x;01/10/2026\n"})
    assert batch.envelopes[0].funder == "=x"


def test_the_same_contents_have_the_same_digest_whatever_the_files_are_called():
    one, _ = read_batch({"personnes.csv": b"nom\nbob\n", "actions.csv": b"titre\nx\n"})
    two, _ = read_batch({"actions-2.csv": b"titre\nx\n", "people.csv": b"nom\nbob\n"})
    other, _ = read_batch({"personnes.csv": b"nom\nbobo\n", "actions.csv": b"titre\nx\n"})
    assert one.digest == two.digest != other.digest


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_template_that_is_filled_in_is_read_whole(language):
    filled = {name: body.replace(b"#", b"") for name, body in templates(language).items()}
    batch, found = read_batch(filled)
    assert (found, check_batch(batch, CircleSoFar(), TODAY)) == ((), ())
    assert len(batch.tables) == len(FORMS)
