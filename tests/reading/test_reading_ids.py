import pytest

from circle.refs import Kind, Ref

A1, A12, V3, C7 = (
    Ref(Kind.ACTION, 1),
    Ref(Kind.ACTION, 12),
    Ref(Kind.VOTE, 3),
    Ref(Kind.ENTRY, 7),
)


@pytest.mark.parametrize("typed", ["A12", "a12", "#A12", "#a12", "12", "#12", "A12,", "A012"])
def test_an_id_is_read(read, typed):
    assert read(f"!prendre {typed}").action == A12


def test_an_id_before_a_text_is_read(read):
    given = read("!fait A12: affiches collées")
    assert (given.action, given.text) == (A12, "affiches collées")


def test_a_bare_number_before_a_text_is_an_id(read):
    given = read("!fait 12 affiches collées")
    assert (given.action, given.text) == (A12, "affiches collées")


def test_a_reply_stands_for_the_id(read):
    given = read("!fait affiches collées", about=A1)
    assert (given.action, given.text) == (A1, "affiches collées")


def test_an_id_said_wins_over_the_reply(read):
    assert read("!fait A12 affiches collées", about=A1).action == A12


def test_in_a_reply_a_number_before_a_text_counts_things(read):
    given = read("!fait 12 affiches collées", about=A1)
    assert (given.action, given.text) == (A1, "12 affiches collées")


def test_in_a_reply_a_number_alone_is_an_id(read):
    given = read("!fait 12", about=A1)
    assert (given.action, given.text) == (A12, "")


def test_a_reply_to_another_kind_stands_for_nothing(refusal):
    assert refusal("!prendre", about=V3).key == "id.missing"


@pytest.mark.parametrize(
    "line", ["!prendre", "!prendre bidule", "!prendre A", "!prendre A1111111111"]
)
def test_no_id_is_missing(refusal, line):
    assert refusal(line).key == "id.missing"


def test_an_id_of_another_kind_is_told(refusal):
    values = refusal("!prendre C7").values
    assert (values["id"], values["kinds"]) == (C7, (Kind.ACTION,))


def test_a_bare_number_that_may_be_of_two_kinds_asks(refusal):
    asked = refusal("!annuler 12")
    assert asked.key == "id.ambiguous"
    assert asked.values["lines"] == ("!annuler C12", "!annuler M12")


@pytest.mark.parametrize(("typed", "about"), [("#A1", A1), ("#V3", V3), ("#a1", A1)])
def test_a_tagged_id_at_the_end_is_read(read, typed, about):
    assert read(f"!contribution 2h affiches {typed}").about == about


@pytest.mark.parametrize("what", ["format A4", "#MeToo", "niveau #3", "A1"])
def test_an_id_without_its_sign_is_text(read, what):
    given = read(f"!contribution 2h {what}")
    assert (given.what, given.about) == (what, None)


def test_a_tagged_id_of_another_kind_is_told(refusal):
    assert refusal("!contribution 2h affiches #C7").key == "id.wrong-kind"


def test_a_reply_stands_for_the_tagged_id(read):
    assert read("!contribution 2h affiches", about=A1).about == A1


def test_a_tagged_id_wins_over_the_reply(read):
    assert read("!contribution 2h affiches #V3", about=A1).about == V3


def test_a_default_stands_where_neither_id_nor_reply_is(read):
    assert read("!présent").meeting is None
