"""Quorums and shares as people write them."""

from fractions import Fraction

import pytest

from circle.tally import Quorum, parse_quorum, parse_share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/2", Fraction(1, 2)),
        (" 2 / 3 ", Fraction(2, 3)),
        ("50%", Fraction(1, 2)),
        ("50 %", Fraction(1, 2)),
        ("50\u00a0%", Fraction(1, 2)),
        ("50\u202f%", Fraction(1, 2)),
        ("12,5 %", Fraction(1, 8)),
        ("33.3%", Fraction(333, 1000)),
        ("100 %", Fraction(1)),
        ("0/4", Fraction(0)),
    ],
)
def test_a_share_is_read_exactly(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize(
    "text", ["", "half", "3/2", "1/0", "101 %", "-1/2", "0.5", "1/2/3", "%", "½", "٣/٤"]
)
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match=text.strip() or "^$"):
        parse_share(text)


@pytest.mark.parametrize("text", ["7", " 7 "])
def test_a_whole_number_is_a_number_of_people(text):
    assert parse_quorum(text) == Quorum(people=7)


def test_a_fraction_is_a_share_of_the_electorate():
    assert parse_quorum("3/4") == Quorum(share=Fraction(3, 4))


@pytest.mark.parametrize(("electorate", "needed"), [(0, 0), (1, 1), (6, 2), (7, 3), (300, 100)])
def test_a_share_of_people_is_rounded_up(electorate, needed):
    assert parse_quorum("1/3").needed(electorate) == needed


@pytest.mark.parametrize("text", ["1/2", "2/3", "1/1", "7", "0"])
def test_a_quorum_is_written_as_it_is_read(text):
    assert str(parse_quorum(text)) == text
