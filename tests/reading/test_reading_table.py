"""Each line of the table of words, in both languages, reads."""

import pytest

from commands.reading.line import Found, find
from tests.reading.example_commands import COMMANDS

LINES = [line for one in COMMANDS for lines in one.examples.values() for line in lines]


@pytest.mark.parametrize("line", LINES)
def test_an_example_reads(read, line):
    read(f"!{line}")


@pytest.mark.parametrize("line", LINES)
def test_an_example_reads_in_capitals(read, line):
    read(f"!{line}".upper())


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: one.key)
def test_every_name_is_found(one):
    found = [find(name, "", COMMANDS) for name in one.names]
    assert [each.command for each in found if isinstance(each, Found)] == [one] * len(found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("!séance ouvrir M2", {"step": "open"}),
        ("!séance clore", {"step": "close", "meeting": None}),
        ("!décision C12 80 € trop long", {"outcome": 8000, "reason": "trop long"}),
        ("!décision C12 80", {"outcome": 8000}),
        ("!décision C12 refus hors programme", {"outcome": "refused", "reason": "hors programme"}),
        ("!décision C12 pro bono", {"outcome": "pro-bono"}),
        ("!odj M2 + le budget", {"text": "le budget"}),
        ("!odj +le budget", {"text": "le budget", "meeting": None}),
        ("!odj", {"text": ""}),
        ("!journal", {"count": 10}),
        ("!facture C12 F-2026-031", {"number": "F-2026-031"}),
        ("!actions en retard", {"which": "late"}),
        ("!actions fait(e)s", {"which": "done"}),
        ("!actions EN RETARD de bob", {"which": "late"}),
        ("!corriger C12 3h affiches", {"minutes": 180, "amount": None, "what": "affiches"}),
        ("!état sambre avesnois", {"circle": "Sambre-Avesnois"}),
        ("!langue Français", {"language": "fr"}),
        ("!bulletin 3 pour", {"answer": "pour"}),
        ("!relevé", {"person": None, "period": None}),
    ],
)
def test_a_line_gives_its_values(read, line, expected):
    given = read(line)
    assert {name: getattr(given, name) for name in expected} == expected
