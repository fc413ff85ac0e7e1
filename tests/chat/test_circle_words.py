"""A circle's places, other names, state; its governance on a sheet."""

import pytest

from tests.chat.scene import scene

CIRCLE = "alice> !cercle créer Littoral\nbob joins\n"


async def told(*lines):
    async with scene(CIRCLE, *lines[:-1]) as made:
        return (await made.play(lines[-1]))[-1]


async def test_places_are_added_in_order():
    found = await told("alice> !cercle lieu La Halle", "alice> !circle place Café Citoyen")
    assert (found.key, found.values["places"]) == ("circle.places", ["La Halle", "Café Citoyen"])


async def test_a_place_is_removed_by_its_name():
    found = await told("alice> !cercle lieu La Halle", "alice> !cercle lieu retirer la halle")
    assert (found.values["removed"], found.values["places"]) == (True, [])


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("alice> !cercle lieu la halle", "place.exists"),
        ("alice> !cercle lieu retirer Le Hangar", "place.unknown"),
        ("alice> !cercle alias Littoral", "circle.name-taken"),
        ("alice> !cercle alias retirer Côte", "alias.unknown"),
        ("alice> !cercle état joyeux", "choice.unknown"),
        ("bob> !cercle lieu Le Hangar", "refused.not-allowed"),
        ("bob> !cercle état clos", "refused.not-allowed"),
    ],
)
async def test_what_cannot_be_is_refused(line, key):
    assert (await told("alice> !cercle lieu La Halle", line)).key == key


async def test_two_circles_never_share_a_name():
    lines = ("alice> !cercle alias Côte", "[oise] dany> !cercle créer Oise")
    assert (await told(*lines, "[oise] dany> !cercle alias côte")).key == "circle.name-taken"


async def test_the_state_of_a_circle_changes():
    found = await told("alice> !cercle état en sommeil")
    assert (found.values["was"], found.values["state"]) == ("active", "dormant")


@pytest.mark.parametrize("name", ["L'@telier | =1+1", '« Le "Lieu" »', "🦊 Café", "بيت"])
async def test_any_name_is_taken_as_it_is(name):
    assert (await told(f"alice> !cercle lieu {name}")).key == "circle.places"


async def test_the_sheet_tells_places_terms_workstreams_and_rules():
    found = await told(
        "alice> !cercle lieu La Halle",
        "alice> !rôle @bob soucieux jusqu'au 31 décembre",
        "alice> !chantier Accueil soucieux @alice",
        "alice> !réglage quorum 1/2 dès le 1er décembre",
        "@ 2026-12-02T12:00",
        "bob> !schéma",
    )
    values = found.values
    rules = {one["name"]: one["since"] for one in values["rules"]}
    assert (values["places"], values["workstreams"][0]["steward"]) == (
        ["La Halle"],
        "@alice:localhost",
    )
    assert [one["until"] for one in values["stewards"]] == [None, "2026-12-31"]
    assert (rules["quorum"], rules["regulation_mode"]) == ("2026-12-01", None)


async def test_a_rule_that_does_not_hold_yet_is_not_in_force():
    found = await told("alice> !réglage quorum 1/2 dès le 1er décembre", "alice> !schéma")
    [quorum] = [one for one in found.values["rules"] if one["name"] == "quorum"]
    assert (quorum["value"], quorum["since"]) == (None, None)


async def test_a_setting_of_two_parts_tells_both():
    async with scene("alice> !cercle créer Littoral") as made:
        [told] = await made.play("alice> !réglage bilan vendredi 17h")
        names = [item["name"] for item in told.values["items"]]
        assert names == ["summary_day", "summary_time"]
