"""Whatever people write, a message holds no tag, no pill and no mark of theirs."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle.money import Money
from circle.people import Person, PersonKey
from speech.markup import BOLD, CODE, PREFIX
from tests.sentences.phrases import phrase
from tests.sentences.samples import ALICE

HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=5),
        st.sampled_from([BOLD, CODE, PREFIX, "\ue100", "\ue101", "\n", "\u202e", "\u2066"]),
        st.sampled_from("<>&\"'`*!#@/: "),
        st.sampled_from(["<b>", "</strong>", "**", "{{", "https://matrix.to/#/@x:y"]),
    ),
    max_size=20,
).map("".join)
TEMPLATE = "**{{ x }}** `!fait {{ x }}` {{ who|pill }}"
OURS = re.compile(
    r"</?strong>|</?code>|<br>|<a href=\"https://matrix\.to/#/@alice:localhost\">alice</a>"
)
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


@given(HOSTILE)
def test_no_value_makes_a_tag(value):
    html = phrase(TEMPLATE, x=value, who=ALICE).html
    assert "<" not in OURS.sub("", html)
    assert html.count("<strong>") <= 1
    assert html.count("<code>") == 1


@given(HOSTILE)
def test_no_value_makes_a_pill(value):
    said = phrase(TEMPLATE, x=value, who=ALICE)
    assert said.mentions == ("@alice:localhost",)
    assert said.html.count("<a ") == 1


@given(HOSTILE)
def test_no_name_makes_a_tag_or_another_pill(name):
    person = Person(PersonKey("p"), name, "@mallory:localhost")
    said = phrase("{{ x }} {{ x|pill }}", x=person)
    assert said.html.count("<") == 2
    assert said.mentions == ("@mallory:localhost",)


@given(HOSTILE)
def test_no_mark_is_left_in_what_is_said(value):
    said = phrase(TEMPLATE, x=value, who=Person(PersonKey("p"), value, "@alice:localhost"))
    assert not PRIVATE.search(said.text + said.html)


@given(HOSTILE)
def test_no_value_breaks_the_line(value):
    assert "\n" not in phrase("{{ x }}", x=value).text


@given(HOSTILE)
def test_text_and_html_say_the_same(value):
    said = phrase("**{{ x }}** : `!x`", x=value)
    assert unescape(re.sub("<[^>]*>", "", said.html)) == said.text


@given(HOSTILE)
def test_no_list_and_no_form_makes_a_tag(value):
    said = phrase("{{ x }}{{ x|either }}{{ 2|plural(y, y) }}", x=(value, value), y=value)
    assert "<" not in said.html


def test_no_currency_makes_a_mark():
    said = phrase("{{ x }}", x=Money(100, f"{BOLD}<b>"))
    assert "<" not in said.html


def test_a_value_is_no_template():
    assert phrase("{{ x }}", x="{{ telling }}{% include 'form.no' %}").text.startswith("{{ telling")


@pytest.mark.parametrize("value", [1.5, object(), b"x"])
def test_a_value_without_words_is_refused(value):
    with pytest.raises(TypeError):
        phrase("{{ x }}", x=value)
