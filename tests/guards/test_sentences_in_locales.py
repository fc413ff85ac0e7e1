"""Sentences for people live in locales/ only: the rules, the commands, the store write none."""

import ast
import re

import pytest

from tests.guards.repository import modules

A_SENTENCE = re.compile(r"[A-ZÀÂÇÉÈÊÎÔÛ«][^\n]*\s\S+\s[^\n]*[.!?:…]\s*$")
FRENCH_SPACES = re.compile("[\u00a0\u202f]")


def sentences(tree):
    """Texts that read like a sentence: neither docstrings nor lines to type (`!action …`)."""
    return [text for text in written(tree) if looks_spoken(text)]


def looks_spoken(text):
    typed = text.startswith("!") or len(text.split()) < 3
    return not typed and bool(A_SENTENCE.match(text) or FRENCH_SPACES.search(text))


def written(tree):
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if text and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("package", ["circle", "commands", "storage"])
def test_no_sentence_outside_locales(package):
    found = {path: sentences(tree) for path, tree in modules(package)}
    assert {path: texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Le vote est clos.",
        "This vote is closed.",
        "À décider à la régulation :",
        "8\u00a0pour, oui non",
    ],
)
def test_a_sentence_is_seen(text):
    assert sentences(ast.parse(f"reply({text!r})")) == [text]


@pytest.mark.parametrize("text", ["!vote Acheter une imprimante ?", "vote.closed", "budget 400 €"])
def test_a_line_to_type_is_no_sentence(text):
    assert sentences(ast.parse(f"example({text!r})")) == []
