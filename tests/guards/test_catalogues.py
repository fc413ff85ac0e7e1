"""The catalogues: the same keys and values in both languages, well typeset, all of it used."""

import ast
import re
from collections import Counter
from enum import Enum
from pkgutil import iter_modules

import jinja2.nodes
import pytest
from jinja2 import meta

import circle
from commands import COMMANDS
from commands.kernel.command import Right
from locales import LANGUAGES, catalogue, texts
from speech.sentences import environment
from tests.guards.repository import modules
from tests.sentences.typed import ALL, HEADS, names

CATALOGUES = {language: catalogue(language) for language in LANGUAGES}
PARSED = {
    language: {key: environment(language, found).parse(text) for key, text in found.items()}
    for language, found in CATALOGUES.items()
}
KEY = re.compile(r"[a-z]+(\.[a-z-]+)+")

# Words looked up by what they follow: filters (form), values that are plain text, pictures, polls.
FAMILIES = (
    *("form", "rank", "weekday", "language", "setting", "roles", "item-amount", "settled"),
    "my-items",
    *("answer", "grade", "suits", "reserved", "picture", "poll", "kind"),
    *("measure", "split", "standing", "outcome-of-item", "taken-back"),
    *("data", "data-column", "doctor", "import", "setup"),
    *("column", "sheet", "feder", "movilab", "format", "vote-state"),
    *("topic", "trouble", "trouble-over", "unsent"),
)


BESIDE = {"asks"}  # of the question that a refusal may ask as well (`Reply.asks`)
OTHERS = ("part", "demo", "topic")  # said within sentences, by the demonstration, of help


def literals(*packages):
    """Every text of the code that looks like a key."""
    for path, tree in modules(*packages):
        for node in ast.walk(tree):
            text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if text and KEY.fullmatch(node.value):
                yield path, node.value


def enums():
    """The words that enums of the rules are told by: `role.steward`."""
    for module in iter_modules(circle.__path__):
        found = __import__(f"circle.{module.name}", fromlist=["*"])
        for kind in vars(found).values():
            if isinstance(kind, type) and issubclass(kind, Enum):
                family = re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()
                yield from (f"{family}.{member.value}" for member in kind)


def variables(tree):
    """What a sentence asks for: its variables, and the fields of their items."""
    fields = {node.attr for node in tree.find_all(jinja2.nodes.Getattr)}
    return meta.find_undeclared_variables(tree) | fields - {"index", "first", "last", "revindex"}


def asked(key, parsed, outer=()):
    """What a sentence must be given, for the pieces that it includes as well."""
    tree = parsed[key]
    pieces = set(meta.find_referenced_templates(tree)) - {None, *outer}
    inner = (asked(piece, parsed, (*outer, key)) for piece in pieces)
    named = {node.name for node in tree.find_all(jinja2.nodes.Name) if node.ctx != "load"}
    return meta.find_undeclared_variables(tree).union(*inner) - named


def words(sentence):
    """A sentence without its expressions (`x` for each) and without its lines to copy."""
    plain = re.sub(r"{{.*?}}|{% include .*?%}", "x", sentence, flags=re.DOTALL)
    plain = re.sub(r"{%.*?%}", "", plain)
    return re.sub(r"`[^`]*`", "x", plain)


def faults(sentence, patterns):
    return [match[0] for pattern in patterns for match in re.finditer(pattern, words(sentence))]


EVERYWHERE = (r".?['\"].?", r"\.\.\.", r"[\u00a0\u202f]", r"[\ue000-\uf8ff]")
FRENCH = (*EVERYWHERE, r"[^\s?!][;!?](?!\w)", r"\S:(?!/)", r"«\S", r"\S»", r"\d(?:€|%|h|min)(?!\w)")
ENGLISH = (*EVERYWHERE, r"\s[;:!?](?!\w)", r"[«»]")


def test_both_languages_have_the_same_keys():
    assert CATALOGUES["fr"].keys() == CATALOGUES["en"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language):
    keys = Counter(re.findall(r"^([^#\s][^:\s]*):", "".join(texts(language)), re.MULTILINE))
    assert [key for key, count in keys.items() if count > 1] == []


def test_both_languages_ask_for_the_same_values():
    asked = [{k: variables(tree) for k, tree in PARSED[lang].items()} for lang in LANGUAGES]
    assert asked[0] == asked[1]


@pytest.mark.parametrize(("language", "patterns"), [("fr", FRENCH), ("en", ENGLISH)])
def test_no_fault_of_typography(language, patterns):
    found = {key: faults(text, patterns) for key, text in CATALOGUES[language].items()}
    assert {key: marks for key, marks in found.items() if marks} == {}


@pytest.mark.parametrize(
    "sentence", ["Merci!", "l'action", 'une "action"', "Budget: 3", "«oui »", "80€", "Et ..."]
)
def test_a_fault_of_typography_is_seen(sentence):
    assert faults(sentence, FRENCH)


@pytest.mark.parametrize("sentence", ["Merci !", "{{ x }} : `!doter 80€ 'x'`", "« oui » ?", "A:/"])
def test_good_typography_is_let_through(sentence):
    assert not faults(sentence, FRENCH)


PIECES = {
    "whole": "{% set kind = 1 %}{% for item in items %}{% include 'piece' %}{% endfor %}",
    "piece": "{{ item }} {{ kind }} {{ nobody }}",
}


def test_what_a_piece_asks_for_is_seen_unless_it_is_given_around_it():
    parsed = {key: environment("fr", PIECES).parse(text) for key, text in PIECES.items()}
    assert asked("whole", parsed) == {"items", "nobody"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_and_lines_to_copy_are_closed(language):
    odd = [
        key
        for key, text in CATALOGUES[language].items()
        if text.count("`") % 2 or text.count("**") % 2
    ]
    assert odd == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_that_is_included_exists(language):
    for tree in PARSED[language].values():
        named = set(meta.find_referenced_templates(tree)) - {None}
        assert named <= CATALOGUES[language].keys()


def test_every_sentence_is_in_the_catalogue():
    assert ALL.keys() <= CATALOGUES["fr"].keys()


def test_what_is_said_to_people_has_a_class():
    spoken = {key for key, text in CATALOGUES["fr"].items() if text[0] in HEADS}
    assert {key for key in spoken if key.partition(".")[0] not in OTHERS} <= ALL.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_asks_for_nothing_that_its_class_does_not_tell(language):
    told = {key: names(kind) | BESIDE for key, kind in ALL.items()}
    lost = {key: asked(key, PARSED[language]) - told[key] for key in ALL}
    assert {key: lacking for key, lacking in lost.items() if lacking} == {}


def test_every_key_of_the_commands_is_in_the_catalogue():
    names = {command.key for command in COMMANDS}
    lost = {
        (path, key) for path, key in literals("commands", "language") if key not in CATALOGUES["fr"]
    }
    assert {(path, key) for path, key in lost if key not in names} == set()


def test_every_command_says_what_it_does():
    about = {key.removeprefix("about.") for key in CATALOGUES["fr"] if key.startswith("about.")}
    assert about == {command.key for command in COMMANDS}


def test_every_right_has_its_words():
    assert {f"reserved.{right.value}" for right in Right} <= CATALOGUES["fr"].keys()


def test_every_key_is_used():
    used = {key for _, key in literals("commands", "language", "bot")} | {
        "flows",
        "help",
        "statement",
        "undecryptable",
        "welcome",
    }
    used |= {name for t in PARSED["fr"].values() for name in meta.find_referenced_templates(t)}
    used |= {f"about.{command.key}" for command in COMMANDS} | set(enums())
    unused = [key for key in CATALOGUES["fr"] if key not in used]
    assert [key for key in unused if key.partition(".")[0] not in FAMILIES] == []
