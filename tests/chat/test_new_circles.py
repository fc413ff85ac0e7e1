"""A new circle works at once; the coordination confirms it, and no name looks like another."""

import pytest

from tests.chat.scene import scene

HELD = ("[coordination] carole> bonjour",)
MADE = ("[oise] bob> !cercle créer Oise",)
CONFIRM = "[coordination] carole + ✅ K1"


def coordinated(*lines):
    return scene(*HELD, *lines, coordinators=["carole"])


async def values(made, line):
    return (await made.play(line))[-1].values


async def test_the_coordination_is_told_of_a_new_circle_which_works_at_once():
    async with coordinated() as made:
        [made_, told] = await made.play(*MADE)
        assert (made_.key, made_.values["confirmed"]) == ("circle.created", False)
        assert (told.key, told.room) == ("circle.to-confirm", "coordination")
        assert "!cercle confirmer Oise" in told.text
        assert await made.keys("[oise] bob> !doter 100 €") == ["budget.granted"]


async def test_until_it_is_confirmed_it_receives_no_broadcast_and_is_in_no_total():
    async with coordinated(*MADE, "[oise] bob> !doter 100 €") as made:
        assert await made.keys("[coordination] carole> !diffuser Bonjour") == ["broadcast.nobody"]
        told = await values(made, "[coordination] carole> !état budget")
        assert (told["totals"]["granted"]["cents"], told["funders"]) == (0, [])
        assert (await values(made, "[coordination] carole> !alertes"))["circles"] == 0
        [line] = (await values(made, "[coordination] carole> !cercles"))["items"]
        assert (line["name"], line["confirmed"]) == ("Oise", False)
        heard = await made.play(CONFIRM)
        assert [(one.key, one.room) for one in heard] == [
            ("circle.confirmed", "coordination"),
            ("circle.confirmed", "oise"),
        ]
        told = await values(made, "[coordination] carole> !état budget")
        assert told["totals"]["granted"]["cents"] == 10000
        assert (await values(made, "[coordination] carole> !diffuser Bonjour"))["count"] == 1


@pytest.mark.parametrize("where", ["[coordination] carole", "carole (dm)"])
async def test_a_coordinator_confirms_by_a_word_as_well(where):
    async with coordinated(*MADE) as made:
        assert (await made.keys(f"{where}> !cercle confirmer Oise"))[0] == "circle.confirmed"
        again = await made.keys(f"{where}> !cercle confirmer Oise")
        assert again == ["circle.already-confirmed"]
        assert await made.keys(CONFIRM) == []


async def test_nobody_else_confirms_it():
    async with coordinated(*MADE, "[coordination] dany> bonjour") as made:
        assert await made.keys("[coordination] dany + ✅ K1") == ["refused.not-allowed"]
        assert await made.keys("bob (dm)> !cercle confirmer Oise") == ["refused.not-allowed"]


async def test_without_coordinators_there_is_nobody_to_confirm():
    async with scene() as made:
        [told] = await made.play(*MADE)
        assert told.values["confirmed"] is True


async def test_a_coordinator_s_own_circle_needs_no_confirmation():
    async with coordinated() as made:
        [told] = await made.play("[oise] carole> !cercle créer Oise")
        assert told.values["confirmed"] is True


# Names


LOOKALIKES = [
    "Lіttoral",  # a Cyrillic і
    "Lit\u200btoral",  # a space of no width
    "ＬＩＴＴＯＲＡＬ",
    "Litt0ral",
    "littôral",
    "Lit-toral",
]


@pytest.mark.parametrize("name", LOOKALIKES)
async def test_a_name_that_looks_like_another_circle_s_is_refused(name):
    async with scene("alice> !cercle créer Littoral") as made:
        [told] = await made.play(f"[oise] bob> !cercle créer {name}")
        assert told.key in {"circle.name-taken", "name.mixed"}
        assert told.text.count("\n") == 0
        assert await made.keys(f"alice> !cercle alias {name}") == [told.key]


@pytest.mark.parametrize(
    "pair", [("L'Ile", "L Ile"), ("L’Île", "L'ile"), ("Sud Aisne", "Sudaisne")]
)
async def test_names_that_fold_together_are_one_name(pair):
    first, second = pair
    async with scene(f"alice> !cercle créer {first}") as made:
        assert await made.keys(f"[oise] bob> !cercle créer {second}") == ["circle.name-taken"]


async def test_a_word_of_two_alphabets_is_refused_even_where_it_is_the_first_of_its_name():
    async with scene() as made:
        assert await made.keys("alice> !cercle créer Lіttoral") == ["name.mixed"]
        assert await made.keys("alice> !cercle créer Тернопіль") == ["circle.created"]


async def test_workstreams_and_structures_have_no_lookalikes_either():
    lines = (
        "alice> !cercle créer Littoral",
        "alice> !chantier Accueil",
        "alice> !structure La Halle",
    )
    async with scene(*lines) as made:
        assert await made.keys("alice> !chantier L'accueil") == ["workstream.added"]
        assert await made.keys("alice> !chantier Ac-cueil") == ["workstream.exists"]
        assert await made.keys("alice> !chantier L Accueil") == ["workstream.exists"]
        assert await made.keys("alice> !structure La Наlle") == ["name.mixed"]
        assert await made.keys("alice> !structure Lа Halle") == ["name.mixed"]


async def test_one_person_makes_so_many_circles_a_day_at_most():
    async with scene() as made:
        for name in "ABCDEFGHIJ":
            assert await made.keys(f"[{name}] bob> !cercle créer {name}") == ["circle.created"]
        assert await made.keys("[quatre] bob> !cercle créer Quatre") == ["circle.too-many"]
        await made.play("@ 2026-11-24T10:00")
        assert await made.keys("[quatre] bob> !cercle créer Quatre") == ["circle.created"]
