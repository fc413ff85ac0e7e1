"""Spaces that French wants in the catalogue's words, and nowhere else."""

import pytest

from speech.typography import LONGEST_VALUE, clean, french
from tests.sentences.phrases import phrase


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Merci !", "Merci\u202f!"),
        ("Pourquoi ?", "Pourquoi\u202f?"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("clos ; voilà", "clos\u202f; voilà"),
        ("Budget : rien", "Budget\u00a0: rien"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("« oui ».", "«\u00a0oui\u00a0»."),
        ("80 €, 50 %", "80\u00a0€, 50\u00a0%"),
        ("facture n° 12", "facture n°\u00a012"),
        ("à 18 h ou 45 min", "à 18\u00a0h ou 45\u00a0min"),
        ("→ !aide", "→ !aide"),
        ("https://tiers-lieux.org", "https://tiers-lieux.org"),
        ("A12 — café", "A12 — café"),
    ],
)
def test_french_spaces(written, said):
    assert french(written) == said


def test_a_sign_after_a_value_keeps_its_space():
    assert phrase("{{ x }} ?", x="Oui").text == "Oui\u202f?"


def test_a_value_keeps_its_own_spaces():
    assert phrase("{{ x }}", x="Oui ? « non » : 80 €").text == "Oui ? « non » : 80 €"


def test_a_line_to_copy_keeps_plain_spaces():
    assert phrase("`!doter 1200 € : x ?`").text == "!doter 1200 € : x ?"


def test_english_keeps_its_spaces():
    assert phrase("What ? 80 €", "en").text == "What ? 80 €"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a\nb\tc\x00d", "a b c d"),
        ("a\u2028b\u2029c", "a b c"),
        ("\ue000x\ue001\ue100", "x"),
        ("\u202eabc\u202c\u2066d\u2069", "abcd"),
        ("\ud800x\ufffe", "x"),
        ("a\u00a0b\u202fc", "a\u00a0b\u202fc"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("שלום", "\u2068שלום\u2069"),
    ],
)
def test_a_value_is_made_safe(value, said):
    assert clean(value) == said


def test_a_long_value_is_cut():
    assert clean("x" * 9999) == "x" * (LONGEST_VALUE - 1) + "…"


def test_of_a_text_without_end_only_a_beginning_is_looked_at():
    assert clean("\u200b" * 100_000 + "a") == "…"
    assert clean("a" * 100_000) == "a" * (LONGEST_VALUE - 1) + "…"
