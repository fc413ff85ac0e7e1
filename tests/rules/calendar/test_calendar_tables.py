"""Every line of the tables: what was typed, and what it must be read as."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from circle.calendar import Ambiguous, Moment, Refused, When
from language.calendar import read_moment
from language.calendar.recurrence import REPEATING
from language.calendar.words import line_of

CASES = Path(__file__).parents[2] / "cases"
PARIS = ZoneInfo("Europe/Paris")
WEDNESDAY = "2024-04-03T10:00"


def _lines(name):
    text = (CASES / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def _at(instant):
    return instant.strftime("%Y-%m-%dT%H:%M") if instant else "-"


def _told(found: When) -> tuple[str, ...]:
    match found:
        case Moment():
            return _at(found.start), _at(found.end), found.rrule or "-"
        case Ambiguous():
            return "?", found.reason.value, "-"
        case Refused():
            return "!", found.reason.value, "-"
    return ("a day",)


def _read(base, text):
    return _told(read_moment(text, datetime.fromisoformat(base).replace(tzinfo=PARIS)))


@pytest.mark.parametrize(("base", "text", "start", "end", "rule"), _lines("phrases_fr.tsv"))
def test_a_french_phrase_is_read_as_meant(base, text, start, end, rule):
    assert _read(base, text) == (start, end, rule)


@pytest.mark.parametrize(("base", "text", "start", "end", "rule"), _lines("phrases_en.tsv"))
def test_an_english_phrase_is_read_as_meant(base, text, start, end, rule):
    assert _read(base, text) == (start, end, rule)


@pytest.mark.parametrize("line", _lines("dates.tsv"), ids=lambda line: line[0])
def test_a_line_of_the_specification_is_read_as_written(line):
    text, *expected = line
    told = _read(WEDNESDAY, text)
    assert list(told[: len(expected)] if expected[0] not in "?!" else told[:1]) == (
        expected if expected[0] not in "?!" else expected[:1]
    )


REPEATED = [
    text
    for name in ("phrases_fr.tsv", "phrases_en.tsv")
    for _, text, *_, rule in _lines(name)
    if rule != "-"
]


@pytest.mark.parametrize("text", REPEATED)
def test_a_repetition_is_never_passed_over_for_want_of_its_word(text):
    assert not REPEATING.isdisjoint(line_of(text).words)


def test_the_tables_hold_three_hundred_phrases():
    assert len(_lines("phrases_fr.tsv")) + len(_lines("phrases_en.tsv")) >= 300
