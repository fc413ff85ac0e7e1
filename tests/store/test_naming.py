"""What surely means one person in a text, and what may be any word."""

from datetime import timedelta

import pytest

from storage.personal.naming import Names, replaced
from storage.times import EPOCH

DANY = "@dany.echo:localhost"
NAMES = Names(DANY, {"Dany Écho": EPOCH + timedelta(days=10)})


def without(names: Names, text: str, *, own: bool = False) -> str:
    told = names.account_replaced(text, "X")
    return replaced(told, names.places(told, own=own), "X")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("merci @dany.echo:localhost !", "merci X !"),
        ('<a href="https://matrix.to/#/@dany.echo:localhost">Dany</a>, merci', "X, merci"),
        ("https://matrix.to/#/%40dany.echo%3Alocalhost", "https://matrix.to/#/X"),
        ("vu avec @dany.echo", "vu avec X"),
        ("vu avec @Dany Écho.", "vu avec X."),
        ("chez Dany Écho", "chez X"),
        ("chez DANY ECHO, samedi", "chez X, samedi"),
        ("chez Dany\N{NO-BREAK SPACE}E\N{COMBINING ACUTE ACCENT}cho", "chez X"),
        ("écrire à dany.echo", "écrire à X"),
        ("les clés de Dany_Echo", "les clés de Dany_Echo"),
    ],
)
def test_what_surely_means_them_is_replaced(text: str, left: str) -> None:
    assert without(NAMES, text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Dany apporte les affiches",
        "un écho dans la salle",
        "portes de dany écho",
        "@dany.echo:localhost.org",
        "@dany.echo:localhost:8448",
        "@dany.echoes",
        "Dany Échos",
        "Dany Écho-Martin",
        "mail@dany.echo",
    ],
)
def test_what_may_be_something_else_is_left(text: str) -> None:
    assert without(NAMES, text) == text


@pytest.mark.parametrize(
    "name",
    [
        *("Affiches", "100", "id", "null", "Europe/Paris", "self-set", "décembre", "V1", "2 h 30"),
        *("1 200 €", "10 décembre", "item-by-item", "Jean-Marie", "🌼", "m.room.message"),
    ],
)
def test_a_name_that_may_be_any_word_is_replaced_in_no_sentence(name: str) -> None:
    text = f"hier {name} et {name.title()} demain"
    assert without(Names("@mallory:localhost", {name: EPOCH}), text) == text


@pytest.mark.parametrize("text", ["Portes ouvertes samedi", "les portes ouvertes"])
def test_words_that_are_not_written_as_a_name_are_left(text: str) -> None:
    assert without(Names("@mallory:localhost", {"Portes Ouvertes": EPOCH}), text) == text


def test_in_their_own_words_a_name_is_theirs_however_it_is_written() -> None:
    assert without(NAMES, "portes de dany écho", own=True) == "portes de X"


def test_whoever_does_not_write_their_name_as_one_keeps_their_own_words() -> None:
    names = Names("@mallory:localhost", {"portes ouvertes": EPOCH})
    assert without(names, "Portes ouvertes", own=True) == "Portes ouvertes"


def test_of_a_name_with_signs_the_words_before_them_are_the_name() -> None:
    names = Names("@dany:localhost", {"Dany Écho (elle) 🌼": EPOCH})
    assert without(names, "chez Dany Écho, avec elle") == "chez X, avec elle"


def test_a_name_that_somebody_else_bears_tells_nobody_apart() -> None:
    names = Names("@dany:localhost", {"Dany Écho": EPOCH}, taken=["dany écho"])
    assert without(names, "chez Dany Écho, @Dany Écho") == "chez Dany Écho, @Dany Écho"


def test_what_calls_everybody_in_a_room_is_nobodys_name() -> None:
    assert (
        without(Names("@room:localhost", {"room": EPOCH}), "@room réunion !") == "@room réunion !"
    )


def test_names_that_stay_are_told_whoever_is_meant() -> None:
    assert NAMES.left_in("Dany écho, ou DANY.ECHO ?") == {"Dany Écho", "dany.echo"}
    assert NAMES.left_in("un écho") == set()


def test_the_longest_of_two_places_is_replaced() -> None:
    names = Names("@dany:localhost", {"Dany Écho": EPOCH, "Dany Écho Martin": EPOCH})
    assert without(names, "chez Dany Écho Martin et Dany Écho") == "chez X et X"


@pytest.mark.parametrize(("name", "hints"), [("Dany Écho", {"Dany", "cho", "d"}), ("Ù é", set())])
def test_a_database_looks_for_what_it_compares_well(name: str, hints: set[str]) -> None:
    assert Names("@d:l", {name: EPOCH}).hints() == hints
