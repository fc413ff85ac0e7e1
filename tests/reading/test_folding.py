import sys
from unicodedata import category

import pytest

from circle.text import fold, plain, squash
from commands.reading.choices import role
from commands.reading.words import clean, split, unquoted


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("À Voter", "a voter"),
        ("demi\u2011journée", "demi journee"),
        ("l\u2019été", "l'ete"),
        ("1\u202f200\u00a0€", "1 200 €"),
        ("«\u00a0Œuvre\u00a0»", '" oeuvre "'),
        ("A\u200d1\ufeff", "a1"),
        ("١٢ １２ 𝟙𝟚", "12 12 12"),
        ("m²", "m2"),
        ("Straße", "strasse"),
    ],
)
def test_what_people_vary_is_folded(typed, same):
    assert fold(typed) == same


@pytest.mark.parametrize("spelling", ["à-voter", "À VOTER", "a\u00a0voter", "AVOTER"])
def test_spellings_of_one_name_squash_to_the_same(spelling):
    assert squash(spelling) == "avoter"


@pytest.mark.parametrize("dot", ["·", "⋅", "‧", "•", ".", "-", "/"])
@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ("soucieux", "se", "steward"),
        ("soucieu", "ses", "steward"),
        ("soucieux", "ses", "steward"),
        ("contributeur", "rice", "contributor"),
        ("contributeur", "trice", "contributor"),
        ("contributeur", "ices", "contributor"),
        ("participant", "e", "participant"),
        ("participant", "es", "participant"),
    ],
)
def test_an_inclusive_form_is_a_role(before, dot, after, who):
    assert role(split(f"{before}{dot}{after}"), None) == who


@pytest.mark.parametrize(
    ("word", "who"),
    [
        ("soucieuse", "steward"),
        ("SOUCIEUX", "steward"),
        ("soucieuxses", "steward"),
        ("steward", "steward"),
        ("contributeurices", "contributor"),
        ("contributrice", "contributor"),
        ("contributeur·rice·s", "contributor"),
        ("contributors", "contributor"),
        ("participant(e)s", "participant"),
    ],
)
def test_a_role_is_read_in_any_form(word, who):
    assert role(split(word), None) == who


@pytest.mark.parametrize("word", ["soucieu", "souci", "contribut", "contribution", "participe"])
def test_a_word_near_a_role_is_none(word):
    assert role(split(word), None) is None


def test_kinds_of_space_and_control_signs_become_one_space():
    assert clean("\ta\u00a0\u202f b\n\nc\x00d ") == "a b c d"


def test_what_cannot_be_stored_is_replaced():
    clean("a\ud800b").encode()


def test_an_emoji_made_of_several_keeps_its_joints():
    assert clean("👩\u200d🌾") == "👩\u200d🌾"


@pytest.mark.parametrize("text", ['"a b"', "«\u00a0a b\u00a0»", "“a b”", "« a b »", "„a b“"])
def test_words_between_quotes_are_quoted(text):
    assert all(word.quoted for word in split(clean(text)).words)


@pytest.mark.parametrize("text", ['écran 24" et 27" neufs', 'a "b c', "l'atelier d'hiver", "« a"])
def test_what_is_no_quotation_is_not_quoted(text):
    assert not split(text).quoted


@pytest.mark.parametrize(
    ("typed", "meant"),
    [('"a b"', "a b"), ("« a »", "a"), ('"a" et "b"', '"a" et "b"'), ('""', '""'), ("a", "a")],
)
def test_only_a_whole_quotation_loses_its_quotes(typed, meant):
    assert unquoted(typed) == meant


def test_a_piece_is_a_slice_of_the_line():
    line = "un deux d'trois « quatre »"
    assert split(line)[1:4].text == "deux d'trois"


def test_plain_keeps_hyphens():
    assert plain("Sambre\u2013Avesnois") == "sambre-avesnois"


def test_every_blank_of_unicode_is_one_space_and_nothing_else_is():
    blanks = ("Zs", "Zl", "Zp", "Cc")
    for char in map(chr, range(sys.maxunicode + 1)):
        assert (clean(f"a{char}b") == "a b") == (category(char) in blanks), hex(ord(char))


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ('a "b c" d', ['"b', 'c"']),
        ("« a » b « c", ["«", "a", "»"]),
        ("„a” „b“ c", ["„a”", "„b“"]),
        ('a"b" "c', []),
        ("« “ « b", []),
        ('"a « b" c » d', ['"a', "«", 'b"']),
    ],
)
def test_quotations_are_found_and_what_is_never_closed_is_none(line, quoted):
    assert [word.text for word in split(line).words if word.quoted] == quoted
