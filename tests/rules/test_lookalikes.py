"""Names that people would take for one another, whatever letters they are made of."""

import pytest

from circle.lookalikes import alike, look_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ian", "lan"),
        ("Ian", "1an"),
        ("Ian", "|an"),
        ("Ali", "AIi"),
        ("Paul", "PauI"),
        ("Bob", "\N{CYRILLIC CAPITAL LETTER VE}ob"),
        ("Bob", "B0b"),
        ("alice", "\N{CYRILLIC SMALL LETTER A}lice"),
        ("Nadia", "\N{GREEK CAPITAL LETTER NU}adia"),
        ("Oscar", "\N{ARMENIAN CAPITAL LETTER OH}scar"),
        ("Dany", "\N{CHEROKEE LETTER A}any"),
        ("Emma", "Emrna"),
        ("Will", "VVill"),
        ("Zoé", "Zoe"),
        ("Bob", "\N{MATHEMATICAL BOLD CAPITAL B}ob"),
        ("Bob", "B\N{ZERO WIDTH SPACE}ob"),
        ("Jean Marc", "Jean-Marc"),
        ("Ηλίας", "ΗΛΊΑΣ"),
    ],
)
def test_they_look_alike(one, other):
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bob", "Bo"), ("Alice", "Aline"), ("Léa", "Léo"), ("Dany", "Dana"), ("Ève", "Yves")],
)
def test_they_do_not(one, other):
    assert not look_alike(one, other)


def test_of_many_each_comes_with_those_that_look_like_it():
    assert alike(("Ian", "bob", "lan", "1an"), str) == {
        "Ian": ("lan", "1an"), "lan": ("Ian", "1an"), "1an": ("Ian", "lan"),
    }  # fmt: skip
