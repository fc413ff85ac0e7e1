"""The same values in any order read the same; what is read can be written and read again."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circle.circles import Rules
from commands.declarations.contributions import ContributionArgs
from commands.kernel.reply import Refusal
from commands.reading.canonical import written
from commands.reading.fields import fields_of
from commands.reading.parse import parse
from commands.reading.slots import Around, Unreadable
from commands.reading.spanned import read_spans
from commands.reading.words import clean, split
from language.grammar import words
from tests.reading.conftest import ALICE, KNOWN, NOW
from tests.reading.example_commands import COMMANDS

BY_NAME = {one.names[0]: one for one in COMMANDS}
VALUES = ("2h", "80 €", "hier", "#A1", "pour alice")
WORDS = st.sampled_from(
    sorted(
        words(
            "affiches réunion du bureau de la salle des fêtes 12 personnes à Lille avec enfants"
            " pour l'équipe vélo n° 3 café (grand) thé, budget secret majorité mardi samedi 2e"
            " étage A4 50 % € 80 3 x - : « ouvert » ? ! … 🙂 merci svp le 18 novembre"
            " bénévoles gratuit demain"
        )
    )
)
TEXTS = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
KINDS = ("2h", "80 €", "hier", "bénévolement", "#A1", "le 18 novembre")


def read(name, rest):
    return parse(BY_NAME[name], rest, known=KNOWN, now=NOW, rules=Rules(), speaker=ALICE)


def test_every_order_of_the_values_of_a_contribution_reads_the_same():
    said = set()
    for order in permutations((*VALUES, "affiches")):
        try:
            said.add(read("contribution", " ".join(order)))
        except Refusal:
            continue
    assert len(said) == 1


@pytest.mark.parametrize(
    "order", tuple(permutations(("avant vendredi", "budget 50 €", "pour alice")))
)
def test_every_order_of_the_values_of_an_action_reads_the_same(order):
    read_so = read("action", f"Rideaux {' '.join(order)}")
    assert read_so == read("action", "Rideaux avant vendredi budget 50 € pour alice")


@pytest.mark.parametrize("order", tuple(permutations(("majorité des 2/3", "quorum ½", "secret"))))
def test_every_order_of_the_rules_of_a_vote_reads_the_same(order):
    read_so = read("vote", f"Changer ? {' '.join(order)}")
    assert read_so == read("vote", "Changer ? majorité des 2/3 quorum ½ secret")


@given(TEXTS, st.lists(st.sampled_from(KINDS), max_size=3, unique=True))
@settings(deadline=None, max_examples=300)
def test_no_amount_nor_effort_stays_in_a_text_without_a_question(text, values):
    line = " ".join(("2h30", text, *values))
    try:
        given_so = read("contribution", line)
    except Refusal:
        return
    free = given_so.what.replace("« ouvert »", "")
    assert " 80 €" not in free
    if "80 €" in values:
        assert given_so.asked is not None


@given(TEXTS, st.lists(st.sampled_from(KINDS), max_size=3, unique=True))
@settings(deadline=None, max_examples=200)
def test_what_is_read_is_written_and_read_again_the_same(text, values):
    fields, around = fields_of(ContributionArgs), Around(KNOWN, NOW, Rules(), speaker=ALICE)

    def again(line):
        return read_spans(fields, split(clean(line)), around)

    try:
        said = again(" ".join(("2h", text, *values)))
    except Unreadable:
        return
    line = written(said, fields, around, lambda typed, same: again_or_none(again, typed) == same)
    assert line
    assert again(line) == said


def again_or_none(again, line):
    try:
        return again(line)
    except Unreadable:
        return None
