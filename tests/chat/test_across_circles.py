"""Across circles: what coordinators see, in which order, and what nobody else gets anywhere."""

import pytest

from tests.chat.scene import scene

REGION = """
[littoral] alice> !cercle créer Littoral territorial
[littoral] alice> !cercle alias Côte d'Opale
[littoral] alice> !action Portes ouvertes avant le 24 novembre
[littoral] alice> !doter 1 200 € de la Région période 2026
[littoral] alice> !doter 800 € de la MEL
[oise] bob> !cercle créer Oise territorial état émergent
[oise] bob> !contribution 3h accueil 60 €
[inclusion] dany> !cercle créer Inclusion thématique
"""
CONFIRMED = [
    f"[coordination] carole> !cercle confirmer {name}" for name in ("Littoral", "Oise", "Inclusion")
]
ASKED = (
    "!cercles",
    "!état",
    "!état Littoral",
    "!état budget",
    "!alertes",
    "!diffuser Bonjour",
    "!diffuser confirmer",
    "!évaluation cercles",
)


async def asked(line, *before):
    async with scene(REGION, *before, coordinators=("carole",)) as made:
        await made.play(*CONFIRMED)
        (*_, told) = await made.play(f"[coordination] carole> {line}")
        return told


def names(told):
    return [item["name"] for item in told.values["items"]]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("!cercles", ["Inclusion", "Littoral", "Oise"]),
        ("!état", ["Inclusion", "Littoral", "Oise"]),
        ("!cercles territorial", ["Littoral", "Oise"]),
        ("!cercles émergent", ["Oise"]),
        ("!état actif thématique", ["Inclusion"]),
        ("!état territorial actif", ["Littoral"]),
        ("!état retard", ["Littoral", "Inclusion", "Oise"]),
        ("!état heures", ["Oise", "Inclusion", "Littoral"]),
        ("!état heures octobre", ["Inclusion", "Littoral", "Oise"]),
        ("!état silence", ["Inclusion", "Littoral", "Oise"]),
        ("!status hours", ["Oise", "Inclusion", "Littoral"]),
        ("!circles thematic", ["Inclusion"]),
        ("!cercles page 2", []),
        ("!cercles clos", []),
    ],
)
async def test_circles_are_sorted_and_filtered_as_asked(line, found):
    assert names(await asked(line)) == found


async def test_the_budget_is_told_with_the_most_used_first():
    told = await asked("!état budget", "[oise] bob> !doter 10 €", "@ 2026-11-23T09:05")
    assert names(told) == ["Inclusion", "Littoral", "Oise"]


async def test_the_lines_of_funders_are_told_with_the_budget():
    told = await asked("!état budget")
    found = {one["name"]: one["granted"]["cents"] for one in told.values["funders"]}
    assert found == {"la MEL": 80_000, "la Région": 120_000}


async def test_hours_are_those_of_the_period_asked_for():
    told = await asked("!état heures novembre 2026")
    assert [item["minutes"] for item in told.values["items"]] == [180, 0, 0]
    assert (told.values["since"], told.values["until"]) == ("2026-11-01", "2026-11-30")


@pytest.mark.parametrize("name", ["Littoral", "littoral", "Côte d'Opale", "cote d’opale"])
async def test_a_circle_is_found_by_its_names(name):
    told = await asked(f"!état {name}")
    assert (told.key, told.values["name"]) == ("status.circle", "Littoral")


async def test_a_circle_is_found_by_its_first_words_where_no_other_begins_so():
    more = "[nord] bob> !cercle créer Oise active\n[sud] bob> !cercle créer Sud-Aisne"
    (one, other, none) = [await asked(f"!état {said}", more) for said in ("Sud", "Oise", "Su")]
    assert (one.values["name"], other.values["name"]) == ("Sud-Aisne", "Oise")
    assert none.key == "circle.unknown"


async def test_a_name_that_ends_like_a_filter_is_found():
    told = await asked("!état Nord active", "[nord] bob> !cercle créer Nord active")
    assert told.values["name"] == "Nord active"


async def test_an_unknown_circle_is_answered_with_the_known_ones():
    told = await asked("!état Atlantide")
    assert (told.key, len(told.values["choices"])) == ("circle.unknown", 3)


async def test_nothing_decided_is_not_told_as_nothing_paid():
    told = await asked("!état Littoral")
    assert "décidé" not in told.text


async def test_no_amount_of_a_person_is_told_across_circles():
    told = await asked("!état Oise")
    assert "bob" not in told.text
    assert "@bob" not in str(told.values)


async def test_alerts_come_with_their_reason():
    told = await asked("!alertes")
    found = {one["name"]: [a["reason"] for a in one["alerts"]] for one in told.values["items"]}
    assert found == {
        "Littoral": ["barely-spent", "no-meeting"],
        "Inclusion": ["no-meeting"],
        "Oise": ["no-meeting"],
    }


async def test_a_circle_silent_for_a_month_is_an_alert():
    told = await asked("!alertes", "@ 2026-12-23T10:00")
    silent = [
        one["name"]
        for one in told.values["items"]
        if "silent" in [alert["reason"] for alert in one["alerts"]]
    ]
    assert silent == ["Littoral", "Inclusion", "Oise"]


@pytest.mark.parametrize("where", ["[littoral] alice", "alice (dm)", "[coordination] alice"])
async def test_whoever_is_no_coordinator_gets_nothing(where):
    async with scene(REGION, coordinators=("carole",)) as made:
        told = await made.play(*(f"{where}> {line}" for line in ASKED))
    assert len(told) == len(ASKED)
    assert {one.key for one in told} <= {"refused.not-allowed", "refused.not-here"}


async def test_in_a_circle_even_a_coordinator_gets_nothing():
    async with scene(REGION, "[littoral] carole joins", coordinators=("carole",)) as made:
        told = await made.keys(*(f"[littoral] carole> {line}" for line in ASKED))
    assert told == ["refused.not-here"] * len(ASKED)


async def test_the_week_of_the_circles_is_told_once_in_the_coordination_room():
    async with scene(REGION, *CONFIRMED, coordinators=("carole",)) as made:
        told = await made.play("@ 2026-12-01T12:00")
    found = [one for one in told if one.key == "digest.week" and one.at.day == 30]
    assert [(one.room, one.at.hour, one.at.minute) for one in found] == [("coordination", 9, 30)]
    assert (found[0].values["totals"]["minutes"], found[0].values["active"]) == (180, 1)


async def test_the_week_of_the_circles_is_told_each_week():
    async with scene(REGION, *CONFIRMED, coordinators=("carole",)) as made:
        told = await made.play("@ 2026-12-15T12:00")
    days = [one.at.strftime("%m-%d") for one in told if one.key == "digest.week"]
    assert days == ["11-23", "11-30", "12-07", "12-14"]


async def test_where_nothing_needs_a_word_none_is_said():
    quiet = "[littoral] alice> !cercle créer Littoral\n[littoral] alice> !cercle état en sommeil"
    async with scene(quiet, CONFIRMED[0], coordinators=("carole",)) as made:
        told = await made.play("@ 2026-12-01T12:00")
    assert [one for one in told if one.key == "digest.week"] == []


async def test_without_a_coordination_room_nobody_is_told_the_week():
    async with scene(REGION) as made:
        told = await made.play("@ 2026-12-01T12:00")
    assert [one for one in told if one.key == "digest.week"] == []
