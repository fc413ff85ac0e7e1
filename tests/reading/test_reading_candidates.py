"""Things to choose among: dates where all of them read as dates, texts otherwise."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from circle.circles import Rules
from commands.kernel.command import Command, KnownNames
from commands.kernel.reply import Refusal
from commands.kernel.topics import Topic
from commands.reading.candidates import Candidate
from commands.reading.parse import parse
from commands.reading.readers import CANDIDATES, QUESTION
from tests.reading.conftest import NOW


@dataclass(frozen=True, slots=True)
class Choose:
    question: Annotated[str, QUESTION]
    options: Annotated[tuple[Candidate, ...], CANDIDATES]


async def nothing(_request, _uow):
    raise AssertionError("never run")


COMMAND = Command(
    key="choose",
    topic=Topic.DECIDING,
    names=("choix",),
    args=Choose,
    run=nothing,
    examples={"fr": ("",)},
)


def options(said):
    return parse(COMMAND, f"Quand ? : {said}", known=KnownNames(), now=NOW, rules=Rules()).options


@pytest.mark.parametrize(
    ("said", "whens"),
    [
        ("mardi 8 décembre | jeudi 10 décembre", ("2026-12-08", "2026-12-10")),
        ("8/12 | 10/12", ("2026-12-08", "2026-12-10")),
        ("demain 18h | 2 décembre de 18h à 20h", None),
        ("mardi soir | jeudi matin", ("2026-12-01", "2026-11-26")),
        ("samedi matin | samedi après-midi", ("2026-11-28", "2026-11-28")),
    ],
)
def test_dates_are_read(said, whens):
    read = tuple(option.when for option in options(said))
    if whens is None:
        assert read == (
            "2026-11-26T18:00+01:00",
            "2026-12-02T18:00+01:00/2026-12-02T20:00+01:00",
        )
    else:
        assert read == whens


@pytest.mark.parametrize(
    "said",
    [
        "rouge | vert",
        "10 | 20 | 30",
        "14h | 16h",
        "mai | juin",
        "ce week-end | le week-end prochain",
        "chaque mardi | chaque jeudi",
        "mardi 8 décembre | une autre fois",
        "1/2 | 2/3",
        "« mardi 8 décembre » | « jeudi 10 décembre »",
        "lundi 30 février | jamais",
    ],
)
def test_anything_else_is_a_text(said):
    assert {option.when for option in options(said)} == {None}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("vendredi prochain | samedi", "date.ambiguous"),
        ("mardi 10 décembre | jeudi 10 décembre", "date.mismatch"),
        ("31 novembre | 1er décembre", "date.impossible"),
        ("hier | demain", "date.past"),
        ("mardi 8 décembre | 8 décembre", "list.twice"),
        ("rouge | rouge", "list.twice"),
    ],
)
def test_a_date_that_is_wrong_among_dates_is_asked_about(said, key):
    with pytest.raises(Refusal) as caught:
        options(said)
    assert caught.value.key == key


def test_the_words_are_kept():
    assert [option.text for option in options("mardi soir | jeudi")] == ["mardi soir", "jeudi"]
