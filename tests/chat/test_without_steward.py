"""A circle without steward: power in its room stands in after seven days, told at their start."""

import pytest

from tests.chat.scene import scene

# dany has power in the room and no role; alice is the only steward
KEEPER = (
    "dany> !cercle créer Littoral",
    "alice joins",
    "bob joins",
    "dany> !rôle @alice soucieux",
    "dany> !rôle @dany contributeur",
    "[coordination] carole> bonjour",
)
SEIZES = "dany> !rôle @dany soucieux"
LATER = "@ 2026-12-01T09:00"


async def gone(made, *lines):
    """What is told once the last steward is gone, at the next instant."""
    await made.play(*lines)
    return await made.play("@ 2026-11-23T09:01")


async def test_power_does_not_stand_in_while_there_is_a_steward():
    async with scene(*KEEPER) as made:
        assert await made.keys(SEIZES) == ["refused.not-allowed"]


@pytest.mark.parametrize(
    "how",
    ["alice leaves", "alice> !rôle @alice contributeur", "alice (dm)> !effacer-moi confirmer"],
)
async def test_removing_the_only_steward_gives_nobody_the_keys(how):
    async with scene(*KEEPER, coordinators=["carole"]) as made:
        told = await gone(made, how)
        assert [(one.key, one.room) for one in told] == [
            ("circle.vacant", "circle"),
            ("circle.vacant", "coordination"),
        ]
        assert told[0].values["opens"].startswith("2026-11-30T09:00")
        await made.play("@ 2026-11-30T08:30")
        assert await made.keys(SEIZES) == ["refused.not-allowed"]
        await made.play(LATER)
        assert await made.keys(SEIZES) == ["role.set"]


async def test_a_term_that_ends_starts_the_seven_days_the_next_morning():
    async with scene(*KEEPER) as made:
        await made.play("alice> !rôle @alice soucieuse jusqu'au 24 novembre")
        told = await made.play("@ 2026-11-25T09:30")
        assert [one.room for one in told if one.key == "circle.vacant"] == [
            "circle",
            "coordination",
        ]
        await made.play(LATER)
        assert await made.keys(SEIZES) == ["refused.not-allowed"]


async def test_a_steward_who_comes_back_ends_the_seven_days():
    async with scene(*KEEPER, "alice leaves", "@ 2026-11-29T09:00", "alice joins") as made:
        await made.play("alice leaves", LATER)
        assert await made.keys(SEIZES) == ["refused.not-allowed"]
        await made.play("@ 2026-12-06T10:00")
        assert await made.keys(SEIZES) == ["role.set"]


async def test_the_coordination_names_a_steward_at_once():
    async with scene(*KEEPER, "alice leaves", coordinators=["carole"]) as made:
        assert "role.set" in await made.keys(
            "[coordination] carole> !rôle @bob soucieux dans Littoral"
        )
        await made.play(LATER)
        assert await made.keys(SEIZES) == ["refused.not-allowed"]
        assert await made.keys("bob> !rôle @dany soucieux") == ["role.set"]


async def test_nothing_is_told_where_a_steward_is_left():
    async with scene(*KEEPER, "alice> !rôle @bob soucieux") as made:
        assert await gone(made, "alice leaves") == []
