from dataclasses import replace
from datetime import date

import pytest

from circle.people import Member, Person, PersonKey, Role


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("@bob", "bob"),
        ("@BOB", "bob"),
        ("@bob:localhost", "bob"),
        ("bob", "bob"),
        ("Bob", "bob"),
        ("Carole Ateliers", "carole"),
        ("carole-ateliers", "carole"),
        ("CAROLE\u00a0ATELIERS", "carole"),
        ("@carole", "carole"),
        ("Bob Senior", "senior"),
        ("bob,", "bob"),
    ],
)
def test_a_person_is_found(read, typed, key):
    given = read(f"!action Affiches pour {typed}")
    assert (given.title, given.holders[0].key) == ("Affiches", key)


def test_a_mention_is_found_by_its_shown_text(read):
    pills = {"🌼 Le Bob": "@bob:localhost"}
    assert read("!action Affiches pour 🌼 Le Bob", pills=pills).holders[0].key == "bob"


def test_a_mention_wins_over_a_shared_name(read):
    assert (
        read("!action Affiches pour Dany", pills={"Dany": "@dany2:localhost"}).holders[0].key
        == "dany2"
    )


def test_a_shared_name_asks(refusal):
    asked = refusal("!action Affiches pour Dany")
    assert asked.key == "who.ambiguous"
    assert asked.values["lines"][:2] == (
        "!action Affiches pour @dany:localhost",
        "!action Affiches pour @dany2:localhost",
    )


def member(key, name, account, *, joined):
    person = Person(PersonKey(key), name, account)
    return Member(person, Role.PARTICIPANT, joined=joined, since=date(2026, 1, 1))


@pytest.mark.parametrize("typed", ["Bob", "@bob"])
def test_who_takes_the_name_of_somebody_who_left_is_not_taken_for_them(refusal, known, typed):
    gone = member("gone", "Bob", "@old:localhost", joined=False)
    both = replace(known, members=(gone, *known.members))
    asked = refusal(f"!action Affiches pour {typed}", known=both)
    assert asked.key == "who.ambiguous"
    assert set(asked.values["lines"]) >= {
        "!action Affiches pour @old:localhost",
        "!action Affiches pour @bob:localhost",
    }


@pytest.mark.parametrize(
    "line",
    [
        "!action Affiches pour Bob",
        "!rôle Bob soucieux",
        "!contributions de bob",
        "!contribution 2h tri pour @bob",
    ],
)
def test_a_name_that_another_looks_like_asks_which(refusal, known, line):  # fmt: skip
    evil = member("evil", "B0b", "@mallory:evil.org", joined=True)
    asked = refusal(line, known=replace(known, members=(evil, *known.members)))
    assert asked.key == "who.ambiguous"
    assert {"@mallory:evil.org", "@bob:localhost"} <= {
        one.matrix_id for one in asked.values["choices"]
    }


def test_among_names_that_look_alike_a_whole_account_is_one_person(read, known):
    evil = member("evil", "B0b", "@mallory:evil.org", joined=True)
    both = replace(known, members=(evil, *known.members))
    assert read("!contributions de @bob:localhost", known=both).person.key == "bob"


def test_an_account_of_that_name_elsewhere_is_not_preferred_to_who_is_shown_so(refusal, known):
    evil = member("evil", "Mallory", "@robert:evil.org", joined=True)
    shown = member("robert", "Robert", "@r.martin:localhost", joined=True)
    both = replace(known, members=(evil, shown, *known.members))
    assert refusal("!rôle @robert soucieux", known=both).key == "who.ambiguous"


def test_somebody_without_account_is_told_from_an_account_of_their_name(read, refusal, known):
    jeanne = Person(PersonKey("jeanne"), "Jeanne Martin")
    newcomer = member("new", "Jeanne Martin", "@jm:evil.org", joined=True)
    both = replace(known, members=(newcomer, *known.members), others=(jeanne, *known.others))
    asked = refusal("!contributions de Jeanne Martin", known=both)
    assert "!contributions de Jeanne Martin sans compte" in asked.values["lines"]
    found = read("!contributions de Jeanne Martin sans compte", known=both)
    assert found.person.key == "jeanne"


def test_who_has_left_is_still_known(read, known):
    gone = Person(PersonKey("gone"), "Bob Parti", "@old:localhost")
    left = Member(gone, Role.PARTICIPANT, joined=False, since=date(2026, 1, 1))
    both = replace(known, members=(left, *known.members))
    assert read("!contributions de Bob Parti", known=both).person.key == "gone"


@pytest.mark.parametrize(
    "title", ["Repas pour la fête", "Affiches pour bobby", "Un pour tous", "pour"]
)
def test_pour_before_nobody_is_text(read, title):
    assert read(f"!action {title}").title == title


@pytest.mark.parametrize("typed", ["@zoe", "@bob:ailleurs.org"])
def test_an_account_nobody_has_is_refused(refusal, typed):
    assert refusal(f"!action Affiches pour {typed}").key == "who.unknown"


def test_an_unknown_person_brings_the_nearest(refusal):
    refused = refusal("!rôle boob contributeur")
    assert (refused.values["text"], refused.values["choices"][0].key) == ("boob", "bob")
    assert refused.values["example"] == "!rôle @bob:localhost contributeur"


def test_where_there_is_no_text_an_unknown_person_is_refused(refusal):
    refused = refusal("!actions de Zoé")
    assert (refused.key, refused.values["text"]) == ("who.unknown", "Zoé")


@pytest.mark.parametrize("typed", ["d'alice", "d’Alice", "de alice", "D'ALICE"])
def test_an_elided_word_introduces_a_person(read, typed):
    assert read(f"!actions {typed}").holder.key == "alice"


@pytest.mark.parametrize(
    "said", ["Jeanne sans compte", "Jeanne (sans compte)", "Jeanne without account"]
)
def test_somebody_without_account_is_named(read, said):
    given = read(f"!contribution 2h accueil pour {said}", manages=True)
    assert (given.what, given.person) == ("accueil", "Jeanne")


def test_two_capitalised_words_ask_who_may_name_people(refusal):
    asked = refusal("!contribution 2h accueil pour Bob Inconnu", manages=True)
    assert asked.key == "who.new"
    assert asked.values["lines"] == (
        "!contribution 2h accueil pour Bob Inconnu sans compte",
        '!contribution 2h "accueil pour Bob Inconnu"',
    )


def test_two_capitalised_words_are_text_for_the_others(read):
    assert read("!contribution 2h repas pour Maison Folie").what == "repas pour Maison Folie"


@pytest.mark.parametrize(
    "typed", ["La Condition Publique", "la condition publique", "Condition Publique"]
)
def test_a_structure_is_paid(read, typed):
    given = read(f"!contribution 2h accueil à {typed}")
    assert (given.what, given.payee.key) == ("accueil", "hall")


def test_a_place_that_is_no_structure_is_text(read):
    assert read("!contribution 2h accueil à Roubaix").what == "accueil à Roubaix"


def test_a_structure_holds_no_action(read):
    title = "Affiches pour La Condition Publique"
    assert read(f"!action {title}").title == title


@pytest.mark.parametrize("typed", ['"Carole Ateliers"', "@carole", "carole ateliers"])
def test_a_leading_person_may_be_of_several_words(read, typed):
    given = read(f"!rôle {typed} soucieuse")
    assert (given.person.key, given.role) == ("carole", Role.STEWARD)
