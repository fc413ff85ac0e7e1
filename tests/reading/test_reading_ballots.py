"""Ballots in plain words: options by letter, text or place; grades; words with a text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.votes import Option
from commands.reading.ballots import BallotWords, SaidWord, Stray, chosen, graded, word_and_text

OPTIONS = (
    Option("A", "Atelier vélo"),
    Option("A12", "Pain et fromage"),
    Option("C", "Jardin", when="2026-12-08"),
    Option("D", "2 €"),
)
DAYS = (
    Option("A", "vendredi 4 décembre"),
    Option("B", "samedi 5 décembre"),
    Option("C", "samedi 12 décembre"),
)
GRADES = BallotWords([("bien", 4), ("assez bien", 3), ("très bien", 5), ("à rejeter", 0)])
WORDS = {"consent": ("oui", "d'accord"), "concern": ("réserve", "avec réserve")}


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("A, C", ("A", "C")),
        ("c;a", ("A", "C")),
        ("a12", ("A12",)),
        ("#A12", None),
        ("Pain et fromage et jardin", ("A12", "C")),
        ("atelier-velo", ("A",)),
        ("ATELIER VÉLO | 3", ("A", "C")),
        ("pour le A", None),
        ("pour A puis C.", ("A", "C")),
        ("A A", ("A",)),
        ("2 €", ("D",)),
        ("2", ("A12",)),
        ("", ()),
    ],
)
def test_options_are_named(said, ids):
    if ids is None:
        with pytest.raises(Stray):
            chosen(said, OPTIONS)
    else:
        assert chosen(said, OPTIONS) == ids


@pytest.mark.parametrize(
    ("said", "grades"),
    [
        ("A bien, C très bien", {"A": 4, "C": 5}),
        ("A: assez bien A12 = à rejeter", {"A": 3, "A12": 0}),
        ("jardin ASSEZ-BIEN ; a → bien", {"A": 4, "C": 3}),
        ("A bien, A bien", {"A": 4}),
    ],
)
def test_each_option_is_graded(said, grades):
    assert graded(said, OPTIONS, GRADES, None) == grades


@pytest.mark.parametrize(
    ("said", "words", "option"),
    [
        ("A bien, Mauve bien, C bien", "Mauve bien", None),
        ("A", "A", "A"),
        ("A bien, A très bien", "A", "A"),
        ("bof", "bof", None),
    ],
)
def test_what_says_nothing_is_shown_as_typed(said, words, option):
    with pytest.raises(Stray) as caught:
        graded(said, OPTIONS, GRADES, None)
    assert (caught.value.words, caught.value.option) == (words, option)


def test_what_is_said_of_no_option_in_particular_has_a_default():
    assert graded("A, C bien", OPTIONS, GRADES, 2) == {"A": 2, "C": 4}


@pytest.mark.parametrize(
    ("said", "ids"), [("vendredi", ("A",)), ("samedi 5", ("B",)), ("samedi 12", ("C",))]
)
def test_the_first_words_of_an_option_name_it_where_no_other_begins_so(said, ids):
    assert chosen(said, DAYS) == ids


def test_first_words_that_two_options_share_name_none():
    with pytest.raises(Stray):
        chosen("samedi", DAYS)


def test_a_grade_stays_a_grade_where_an_option_begins_with_it():
    options = (Option("A", "Atelier"), Option("B", "Bien vivre"))
    assert graded("A bien, B très bien", options, GRADES, None) == {"A": 4, "B": 5}


@pytest.mark.parametrize(
    ("said", "word", "text"),
    [
        ("oui", "consent", ""),
        ("D’accord !", "consent", ""),
        ("Réserve : penser au bruit", "concern", "penser au bruit"),
        ("avec réserve, le bruit", "concern", "le bruit"),
        ("réserve", "concern", ""),
    ],
)
def test_a_word_may_be_followed_by_a_text(said, word, text):
    assert word_and_text(said, WORDS) == SaidWord(word, text)


@pytest.mark.parametrize("said", ["ouistiti", "peut-être oui", "", "réserver"])
def test_whole_words_only(said):
    assert word_and_text(said, WORDS) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_stray(said):
    for read in (lambda: chosen(said, OPTIONS), lambda: graded(said, OPTIONS, GRADES, 1)):
        with suppress(Stray):
            assert set(read()) <= {option.id for option in OPTIONS}


@given(st.lists(st.sampled_from(OPTIONS), unique=True))
def test_ids_written_out_are_read_back(options):
    ids = {option.id for option in options}
    assert set(chosen(", ".join(ids), OPTIONS)) == ids
