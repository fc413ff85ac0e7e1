"""Whatever is typed: an answer, soon, and the text never changed."""

import string
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from circle.circles import Rules
from circle.refs import Kind, Ref
from commands.kernel.reply import Refusal
from commands.reading.fields import fields_of, longest
from commands.reading.inside import without_circle
from commands.reading.line import Found, Unknown, find
from commands.reading.parse import parse
from commands.reading.words import clean, split
from tests.reading.conftest import KNOWN, NOW
from tests.reading.example_commands import COMMANDS

BY_NAME = {one.names[0]: one for one in COMMANDS}
PIECES = (
    *("avant", "le", "12", "décembre", "31 avril", "mardi", "prochain", "14h", "à 18h", "hier"),
    *("pour", "bob", "Dany", "@zoe", "@bob:localhost", "de", "d'alice", "budget", "2026", "400"),
    *("1.200", "80 €", "12 $", "-5", "k€", "#A1", "#V2", "A12", "C7", "chantier", "Accueil"),
    *('"', "« a »", "“", "|", ":", "+", "à", "La Condition Publique", "quorum", "1/2", "50 %"),
    *("secret", "bénévole", "2h30", "½", "journée", "demi", "soucieux·se", "jusqu'au", "dès"),
    *("dans", "Littoral", "état", "actif", "bilan", "\u202f", "\x00", "\ud800", "\u200d", "١٢"),
)
LINES = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map(" ".join),
)
ANY_COMMAND = st.sampled_from(COMMANDS)
REPLIES = st.sampled_from([None, Ref(Kind.ACTION, 1), Ref(Kind.VOTE, 3), Ref(Kind.ENTRY, 7)])
WORDS = st.text(alphabet=string.ascii_letters + "éàç’ -!?", min_size=1, max_size=30)
TITLES = WORDS.map(clean).filter(lambda text: any(c.isalnum() for c in text))
OPTIONS = (
    ("chantier Accueil", lambda given: given.workstream.id == 1),
    ("pour bob", lambda given: given.holders[0].key == "bob"),
    ("avant le 12 décembre", lambda given: given.due.month == 12),
    ("budget 400 €", lambda given: given.budget == 40000),
)


def read(command, rest, **around):
    return parse(command, rest, known=KNOWN, now=NOW, rules=Rules(), **around)


def outcome_of(command, rest, **around):
    try:
        return read(command, rest, **around)
    except Refusal as refused:
        return refused


@given(ANY_COMMAND, LINES, REPLIES, st.booleans())
@settings(deadline=None, max_examples=600)
def test_any_words_give_arguments_or_a_refusal(command, rest, about, flag):
    outcome = outcome_of(command, rest, about=about, direct=flag, manages=flag)
    refused = isinstance(outcome, Refusal) and outcome.values["example"].startswith("!")
    assert refused or isinstance(outcome, command.args)


@given(LINES, st.sampled_from(["!", "", "souci "]))
@settings(deadline=None, max_examples=300)
@example("!", "!")
@example("", "")
def test_any_line_is_found_unknown_or_left_alone(line, prefix):
    found = find(prefix + line, prefix, COMMANDS)
    assert found is None or isinstance(found, Found | Unknown)


@given(LINES)
@settings(deadline=None, max_examples=200)
def test_a_suggested_line_names_a_command(line):
    found = find(f"!{line}", "!", COMMANDS)
    if isinstance(found, Unknown) and found.line:
        assert isinstance(find(found.line, "!", COMMANDS), Found)


@given(LINES)
@settings(deadline=None, max_examples=300)
def test_a_title_is_made_of_words_of_the_line(rest):
    try:
        title = read(BY_NAME["action"], rest).title
    except Refusal:
        return
    words = clean(rest)
    for word in title.split():
        assert word in words
        words = words[words.index(word) + len(word) :]


@given(TITLES, st.lists(st.sampled_from(OPTIONS), unique=True))
@settings(deadline=None, max_examples=200)
def test_an_option_after_a_quoted_title_is_read_as_that_option(title, options):
    words = " ".join(words for words, _ in options)
    given = read(BY_NAME["action"], f'"{title}" {words}')
    assert given.title == title
    assert all(holds(given) for _, holds in options)


@given(TITLES)
@settings(deadline=None, max_examples=200)
def test_a_quoted_title_is_never_an_option(title):
    for quoted in (f'"{title} pour bob"', f"« {title} budget 400 € »"):
        given = read(BY_NAME["action"], quoted)
        assert (given.holders, given.budget) == ((), None)


@given(LINES)
@settings(deadline=None, max_examples=200)
def test_a_cleaned_line_can_be_stored_and_stays_clean(text):
    cleaned = clean(text)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(c) == "Cc" for c in cleaned)


@given(LINES)
@settings(deadline=None, max_examples=200)
def test_words_cover_the_line(text):
    line = clean(text)
    covered = "".join(word.text for word in split(line).words)
    assert covered == line.replace(" ", "")


@given(LINES)
@settings(deadline=None, max_examples=100)
def test_a_line_without_its_circle_is_part_of_it(rest):
    name, left = without_circle(BY_NAME["action"], rest, KNOWN.circles)
    assert name is None or len(left) < len(clean(rest))


HEAVY = ("pour ", "à ", '"', "“", "9 ", "mardi ", "2h ", "| ", "dans ")


@pytest.mark.parametrize("piece", HEAVY)
@pytest.mark.parametrize("name", ["action", "réunion", "choix", "prendre"])
def test_a_line_of_any_length_is_answered(name, piece):
    for size in (longest(fields_of(BY_NAME[name].args)), 60_000):
        with pytest.raises(Refusal):
            read(BY_NAME[name], piece * (size // len(piece)), direct=True)
