"""The values of a reply as other programs read them, and the size of a message."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.money import Money
from circle.people import Person, PersonKey, Role
from speech.markup import Said
from speech.reply_json import LARGEST_MESSAGE, fit, to_wire
from tests.sentences.samples import ALICE, PARIS, ref


@dataclass(frozen=True)
class Thing:
    name: str
    cost: Money


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (Money(40000), {"cents": 40000, "currency": "EUR"}),
        (datetime(2026, 12, 8, 18, tzinfo=PARIS), "2026-12-08T18:00:00+01:00"),
        (datetime(2026, 7, 8, 18, 0, 0, 123, tzinfo=PARIS), "2026-07-08T18:00:00+02:00"),
        (datetime(2026, 7, 8, tzinfo=timezone(timedelta(0))), "2026-07-08T00:00:00+00:00"),
        (date(2026, 12, 8), "2026-12-08"),
        (time(9, 30), "09:30"),
        (150, 150),
        (True, True),
        (None, None),
        ("« texte »", "« texte »"),
        (ALICE, "@alice:localhost"),
        (Person(PersonKey("p1"), "Jeanne"), "Jeanne"),
        (ref("A12"), "A12"),
        (Fraction(2, 4), "1/2"),
        (Role.STEWARD, "steward"),
        ((1, (ref("A1"),)), [1, ["A1"]]),
        ([], []),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({Role.STEWARD: 2}, {"steward": 2}),
        (Thing("x", Money(1)), {"name": "x", "cost": {"cents": 1, "currency": "EUR"}}),
        ("\ud800", "?"),
    ],
)
def test_wire_form(value, wire):
    assert to_wire({"x": value}) == {"x": wire}


@pytest.mark.parametrize("value", [1.5, object(), b"x", Thing])
def test_what_has_no_wire_form_is_refused(value):
    with pytest.raises(TypeError):
        to_wire({"x": value})


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="zone"):
        to_wire({"x": datetime(2026, 12, 8, 18)})  # noqa: DTZ001 - the point of the test


def say(values):
    text = "\n".join(str(item) for item in values.get("items", ()))
    return Said(text + values.get("text", ""), text)


def test_a_small_message_is_left_alone():
    values = {"items": ("a", "b"), "more": 0}
    assert fit(values, say) == (Said("a\nb", "a\nb"), {"items": ["a", "b"], "more": 0})


def test_a_long_list_loses_its_end_and_says_so():
    _, wire = fit({"items": tuple(f"{n:0100}" for n in range(1000)), "more": 7}, say)
    assert len(wire["items"]) + wire["more"] == 1007
    assert wire["items"][:2] == ["0" * 100, "0" * 99 + "1"]


def test_long_texts_are_cut_where_no_list_is_left():
    said, wire = fit({"text": "x" * 60_000}, say)
    assert wire["text"].endswith("…")
    assert said.text == wire["text"]


@given(st.lists(st.text(max_size=3000), max_size=60), st.text(max_size=50_000))
def test_no_message_is_too_large(items, text):
    said, wire = fit({"items": tuple(items), "text": text}, say)
    size = sum(len(json.dumps(part)) for part in (said.text, said.html, wire))
    assert size <= LARGEST_MESSAGE
