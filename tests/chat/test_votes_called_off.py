"""A vote called off: by its author before anybody else has answered, else by a steward."""

import pytest

OPEN = "bob> !vote Repeindre la salle ?"


async def test_its_author_calls_it_off_before_anybody_else_has_answered(box):
    await box.play(OPEN, "bob + 👍 V1")
    told = await box.last("bob> !annuler V1")
    assert (told.key, told.room) == ("vote.cancelled", "circle")
    assert (told.values["outcome"], told.values["member"]) == ("void", "@bob:localhost")
    assert box.ended("V1") == [box.poll_event("V1")]


async def test_once_somebody_else_has_answered_its_author_does_not(box):
    await box.play(OPEN, "carole + 👍 V1")
    before = await box.written()
    told = await box.last("bob> !annuler V1 je préfère")
    assert (told.key, told.values["steward"]) == ("vote.answered", False)
    assert await box.written() == before


async def test_an_answer_taken_back_is_none(box):
    await box.play(OPEN, "carole + 👍 V1", "carole - 👍 V1")
    assert await box.keys("bob> !annuler V1") == ["vote.cancelled"]


async def test_a_steward_says_why(box):
    await box.play(OPEN, "carole + 👍 V1")
    assert await box.keys("alice> !annuler V1") == ["vote.answered"]
    told = await box.last("alice> !annuler V1 la question est mal posée")
    assert (told.key, told.values["reason"]) == ("vote.cancelled", "la question est mal posée")
    assert "la question est mal posée" in told.text


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("carole> !annuler V1", "refused.not-allowed"),
        ("bob (dm)> !annuler V1", "refused.in-the-room"),
        ("bob> !annuler V2", "id.unknown"),
    ],
)
async def test_nobody_else_nor_elsewhere(box, line, key):
    await box.play(OPEN)
    before = await box.written()
    assert await box.keys(line) == [key]
    assert await box.written() == before


async def test_it_does_not_close_nor_remind_afterwards(box):
    await box.play(OPEN, "bob> !annuler V1")
    keys = await box.keys("@ 2026-12-02T10:00")
    assert not [key for key in keys if key.startswith("vote.")]


@pytest.mark.parametrize(
    "line",
    [
        "carole + 👍 V1",
        "carole> !bulletin V1 pour",
        "alice> !clore V1",
        "bob> !annuler V1",
        "bob> !prolonger V1 le 20 décembre",
    ],
)
async def test_it_is_over(box, line):
    await box.play(OPEN, "bob> !annuler V1")
    before = await box.written()
    assert await box.keys(line) in (["vote.already-closed"], [])
    assert await box.written() == before


@pytest.mark.parametrize("terms", ["secret", "résultats cachés", ""])
async def test_calling_a_vote_off_shows_no_count(box, terms):
    await box.play(f"{OPEN} {terms}", "carole (dm)> !bulletin V1 contre")
    await box.play("alice> !annuler V1 mal posée")
    told = await box.last("alice> !résultat V1")
    assert (told.key, "counts" in told.values, box.files()) == ("vote.cancelled", False, [])


async def test_it_holds_no_money(box):
    await box.play("alice> !doter 500 €", "bob> !vote Un banc budget 500 €", "carole + 👍 V1")
    await box.play("alice> !annuler V1 mal posée")
    assert (await box.last("alice> !budget")).values["committed"]["cents"] == 0


async def test_lists_say_that_it_was_called_off(box):
    await box.play(OPEN, "bob> !annuler V1")
    for line in ("!votes", "!bilan"):
        assert "annulé" in (await box.last(f"alice> {line}")).text


async def test_an_estimate_called_off_is_no_estimate(box):
    await box.play("bob> !contribution 2h affiches 80 €", "alice> !estimation C1")
    await box.play("carole (dm)> !bulletin V1 60 €", "alice> !annuler V1 autre idée")
    assert await box.keys("alice> !estimation C1") == ["vote.opened"]


async def test_why_it_was_called_off_forgets_who_is_forgotten(box):
    await box.play(OPEN, "alice> !annuler V1 @carole dit que c'est fait")
    await box.play("carole (dm)> !effacer-moi confirmer")
    assert "carole" not in (await box.last("alice> !résultat V1")).text
