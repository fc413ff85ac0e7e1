"""One sentence, two forms: bold, lines to copy, line breaks and people."""

import pytest

from circle.people import Person, PersonKey
from tests.sentences.phrases import phrase
from tests.sentences.samples import ALICE, BOB


def test_bold_is_a_tag_in_html_and_nothing_in_text():
    said = phrase("a **b** c")
    assert (said.text, said.html) == ("a b c", "a <strong>b</strong> c")


def test_a_line_to_copy_is_code():
    said = phrase("Dites `!fait {{ x }}`", x="A12")
    assert (said.text, said.html) == ("Dites !fait A12", "Dites <code>!fait A12</code>")


def test_a_line_to_copy_begins_with_the_prefix_of_the_bot():
    assert phrase("`!aide`, merci !", prefix="?").text == "?aide, merci\u202f!"


def test_only_the_first_sign_of_a_line_is_the_prefix():
    assert phrase("`!aide {{ x }}` `a!b`", prefix="?", x="!x").text == "?aide !x a!b"


def test_lines_are_broken_in_both_forms():
    said = phrase("a\nb")
    assert (said.text, said.html) == ("a\nb", "a<br>b")


def test_lines_left_empty_disappear():
    said = phrase("a\n{% if x %}b{% endif %}\n  \nc", x=False)
    assert (said.text, said.html) == ("a\nc", "a<br>c")


def test_bold_left_open_is_closed_with_its_line():
    assert phrase("**a\nb").html == "<strong>a</strong><br>b"


def test_marks_that_overlap_are_nested():
    said = phrase("**a `b** c`")
    assert said.html == "<strong>a <code>b</code></strong><code> c</code>"


def test_a_person_is_a_name():
    said = phrase("{{ x }}", x=ALICE)
    assert (said.text, said.html, said.mentions) == ("alice", "alice", ())


def test_a_pill_is_a_link_and_a_mention():
    said = phrase("{{ x|pill }} !", x=ALICE)
    link = '<a href="https://matrix.to/#/@alice:localhost">alice</a>'
    assert said.html == f"{link}\u202f!"
    assert said.mentions == ("@alice:localhost",)
    assert said.text == "alice\u202f!"


def test_pills_can_be_listed():
    said = phrase("{{ x|map('pill')|listed }}", x=(ALICE, BOB))
    assert said.text == "alice et bob"
    assert said.mentions == ("@alice:localhost", "@bob:localhost")


def test_somebody_without_account_has_no_link():
    said = phrase("{{ x|pill }}", x=Person(PersonKey("p"), "Jeanne <3"))
    assert (said.html, said.mentions) == ("Jeanne &lt;3", ())


@pytest.mark.parametrize(
    "matrix_id", ['@a"b:x', "@a'b:x", "@a<b>:x", "@a/../b:x", "@a?b#c:x", "@a b:x"]
)
def test_no_account_breaks_out_of_its_link(matrix_id):
    html = phrase("{{ x|pill }}", x=Person(PersonKey("p"), "x", matrix_id)).html
    link = html.removeprefix('<a href="https://matrix.to/#/').removesuffix('">x</a>')
    assert not set(link) & set("\"'<>?# ")
