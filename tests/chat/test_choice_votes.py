"""Choosing among several: by approval, dates with *si besoin*, by grades."""

import pytest

COLOURS = "alice> !choix De quelle couleur ? : ocre | vert | bleu"
EVENINGS = "alice> !choix Quel soir ? : mardi 8 décembre 18h | jeudi 10 décembre 18h30 | samedi 12"
NAMES = "alice> !jugement Quel nom ? : La Marée | Le Phare | L'Estran"


async def test_options_are_called_by_letters(box):
    told = (await box.last(COLOURS)).values
    assert (told["rule"], told["dates"]) == ("approval", False)
    assert told["options"] == [
        {"id": "A", "text": "ocre"},
        {"id": "B", "text": "vert"},
        {"id": "C", "text": "bleu"},
    ]


async def test_options_that_are_letters_keep_theirs(box):
    told = (await box.last("alice> !choix Quel bâtiment ? : B | A | le préau")).values
    assert [one["id"] for one in told["options"]] == ["B", "A", "C"]


@pytest.mark.parametrize("said", ["A, C", "c et a", "1 3", "ocre, bleu", "BLEU; Ocre", "A + C"])
async def test_several_options_may_be_approved(box, said):
    await box.play(COLOURS, f"bob> !bulletin V1 {said}")
    assert (await box.closed("V1"))["counts"] == {"A": 1, "B": 0, "C": 1}


async def test_the_most_approved_comes_first_and_ties_are_told(box):
    await box.play(COLOURS, "bob> !bulletin V1 C", "carole> !bulletin V1 C")
    told = await box.closed("V1")
    assert (told["outcome"], told["winners"]) == ("decided", ["C", ["A", "B"]])


async def test_a_shared_first_place_is_a_tie(box):
    await box.play(COLOURS, "bob> !bulletin V1 A", "carole> !bulletin V1 B")
    told = await box.closed("V1")
    assert (told["outcome"], told["tie"], told["winners"][0]) == ("tie", True, ["A", "B"])


async def test_approving_nothing_is_an_answer(box):
    await box.play(COLOURS, "bob> !bulletin V1 aucun")
    told = await box.closed("V1")
    assert (told["cast"], told["counts"]) == (1, {"A": 0, "B": 0, "C": 0})


async def test_a_choice_that_nobody_answers_is_void(box):
    await box.play(COLOURS)
    assert (await box.closed("V1"))["outcome"] == "void"


async def test_a_choice_may_want_a_quorum(box):
    await box.play(f"{COLOURS} quorum 1/2", "bob> !bulletin V1 A")
    assert (await box.closed("V1"))["outcome"] == "no-quorum"


async def test_options_that_are_dates_are_told_in_full(box):
    heard = await box.last(EVENINGS)
    assert heard.values["dates"] is True
    assert heard.values["options"][0]["start"] == "2026-12-08T18:00:00+01:00"
    assert "mardi 8 décembre 2026, 18\u00a0h" in heard.text


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("A oui, B si besoin", {"A": 2, "B": 1, "C": 0}),
        ("A, B", {"A": 2, "B": 2, "C": 0}),
        ("A non B oui C si besoin", {"A": 0, "B": 2, "C": 1}),
        ("aucune", {"A": 0, "B": 0, "C": 0}),
    ],
)
async def test_a_date_suits_or_would_do(box, said, points):
    await box.play(EVENINGS, f"bob> !bulletin V1 {said}")
    assert (await box.closed("V1"))["counts"] == points


async def test_a_date_told_first_says_who_can_and_who_could(box):
    await box.play(EVENINGS, "bob> !bulletin V1 A oui, B si besoin", "carole> !bulletin V1 B")
    assert "1. jeudi 10 décembre 2026, 18\u00a0h\u00a030\u00a0: 1 oui, 1 si besoin" in (
        (await box.at_its_time("V1")).text
    )


@pytest.mark.parametrize(
    "said", ["mardi prochain | jeudi prochain", "mardi 10 décembre | jeudi 10 décembre"]
)
async def test_a_date_that_is_not_clear_is_asked(box, said):
    [key] = await box.keys(f"alice> !choix Quel jour ? : {said}")
    assert key in {"date.ambiguous", "date.mismatch"}


async def test_grades_are_given_by_name(box):
    await box.play(NAMES, "bob> !bulletin V1 A bien, B passable, C excellent")
    told = await box.closed("V1")
    assert told["counts"]["A"] == [0, 0, 0, 0, 1, 0, 0]
    assert told["winners"] == ["C", "A", "B"]


async def test_what_is_not_graded_is_rejected(box):
    await box.play(NAMES, "bob> !bulletin V1 le phare : très bien")
    assert (await box.closed("V1"))["counts"]["A"] == [1, 0, 0, 0, 0, 0, 0]


async def test_a_result_by_grades_tells_each_grade_with_a_picture(box):
    await box.play(NAMES, "bob> !bulletin V1 A bien, B bien", "carole> !bulletin V1 A très bien")
    heard = await box.at_its_time("V1")
    assert "1. La Marée\u00a0: bien" in heard.text
    assert box.files()[-2:] == ["judgment.png", "V1.json"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!choix Couleur ?", "list.missing"),
        ("!choix Couleur ? : ocre", "list.too-few"),
        ("!choix Couleur ? : ocre | ocre", "list.twice"),
        ("!choix Quel jour ? : mardi | 24 novembre", "list.twice"),
        ("!jugement : A | B", "text.missing"),
    ],
)
async def test_a_choice_that_cannot_be_opened_is_refused(box, line, key):
    before = await box.written()
    assert await box.keys(f"alice> {line}") == [key]
    assert await box.written() == before
