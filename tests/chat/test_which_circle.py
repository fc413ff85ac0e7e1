"""Somebody of several circles who types directly is asked which one, and what lacks, as others."""

import pytest

from tests.chat.scene import scene

BORN = (
    "alice> !cercle créer Littoral",
    "[oise] carole> !cercle créer Oise thématique",
    "bob joins",
    "[oise] bob> bonjour",
)


async def declared(made, room):
    [listed] = await made.play(f"[{room}] bob> !contributions")
    return [(one["what"], one["minutes"]) for one in listed.values["items"]]


async def test_the_circle_is_asked_by_name():
    async with scene(*BORN) as made:
        [asked] = await made.play("bob (dm)> contribution 2h affiches")
        assert asked.key == "refused.no-circle"
        assert asked.values["choices"] == [
            "!contribution 2h affiches dans Littoral",
            "!contribution 2h affiches dans Oise",
        ]
        assert "2️⃣ !contribution 2h affiches dans Oise" in asked.text


@pytest.mark.parametrize(
    "answer", ["bob (dm)> 2", "bob (dm) re -1> 2", "bob (dm) + 2️⃣ -1", "bob (dm) re -1> 2️⃣"]
)
async def test_the_circle_is_chosen_by_its_number(answer):
    async with scene(*BORN, "bob (dm)> contribution 2h affiches") as made:
        assert "contribution.declared" in await made.keys(answer)
        assert await declared(made, "oise") == [("affiches", 120)]
        assert await declared(made, "circle") == []


async def test_what_lacks_in_a_named_circle_is_asked_there():
    async with scene(*BORN) as made:
        [asked] = await made.play("bob (dm)> contribution affiches dans Oise")
        assert (asked.key, asked.values["asks"]) == ("effort.not-understood", "complete")
        await made.play("bob (dm)> 2h")
        assert await declared(made, "oise") == [("affiches", 120)]


async def test_a_bare_word_is_completed_circle_first():
    async with scene(*BORN, "bob (dm)> contribution", "bob (dm)> 2", "bob (dm)> 2h") as made:
        assert "contribution.declared" in await made.keys("bob (dm)> affiches")
        assert await declared(made, "oise") == [("affiches", 120)]


async def test_a_typo_is_proposed_in_each_circle():
    async with scene(*BORN) as made:
        [asked] = await made.play("bob (dm)> contributon 1h tri")
        assert asked.values["choices"][1] == "!contribution 1h tri dans Oise"
        await made.play("bob (dm)> 2")
        assert await declared(made, "oise") == [("tri", 60)]


async def test_a_line_put_right_without_circle_is_never_run_in_one_by_chance():
    async with scene(*BORN, "bob (dm)> contribution 2h affiches") as made:
        again = ("bob (dm) edit -1> contribution 3h affiches", "bob (dm) re -1> !contribution 1h a")
        assert await made.keys(*again) == ["refused.no-circle"] * 2
        assert await declared(made, "circle") == []
        assert await declared(made, "oise") == []


async def test_a_command_typed_meanwhile_is_no_answer():
    async with scene(*BORN, "bob (dm)> contribution affiches dans Oise") as made:
        assert await made.keys("bob (dm)> frais 20 € peinture") == ["refused.no-circle"]


async def test_a_question_about_the_circle_is_recalled_and_answered():
    async with scene(*BORN, "bob (dm)> contribution 2h affiches") as made:
        assert "prompt.recall" in await made.keys("@ 2026-11-24T09:00")
        assert "contribution.declared" in await made.keys("bob (dm) re -1> 1")
        assert await declared(made, "circle") == [("affiches", 120)]


async def test_several_lines_directly_are_each_asked():
    async with scene(*BORN) as made:
        text = "contribution 2h affiches\n  contribution 1h tri dans Oise"
        keys = await made.keys(f"bob (dm)> {text}")
        assert keys[0] == "refused.no-circle"
        assert "contribution.declared" in keys
        await made.play("bob (dm)> 1")
        assert await declared(made, "circle") == [("affiches", 120)]


async def test_somebody_of_no_circle_is_told_how():
    async with scene(*BORN) as made:
        [told] = await made.play("dany (dm)> contribution 2h affiches")
        assert (told.key, told.values["lines"]) == ("refused.no-circle", [])
