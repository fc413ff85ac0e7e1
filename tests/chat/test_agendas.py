"""The agenda of a meeting: points that anybody adds, what waits, what follows a move."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, PLANNED, cents, last
from tests.chat.scene import scene

ADDED = "bob> !odj + Parler du local"


def texts(told):
    return [point["text"] for point in told["points"]]


async def test_anybody_adds_a_point():
    async with scene(*FOUNDED, PLANNED) as made:
        told = await last(made, ADDED, "carole> !odj M1 + Les clés")
    assert told["points"] == [
        {"text": "Parler du local", "member": "@bob:localhost"},
        {"text": "Les clés", "member": "@carole:localhost"},
    ]


async def test_a_deleted_message_takes_its_point_away():
    async with scene(*FOUNDED, PLANNED, ADDED, "bob> !odj + Les clés", "bob delete -2") as made:
        assert texts(await last(made, "bob> !odj")) == ["Les clés"]


async def test_a_regulation_s_agenda_holds_what_waits():
    async with scene(*FOUNDED, PLANNED, ONE, "bob> !contribution 1h pain bénévole") as made:
        told = await last(made, "alice> !odj")
    assert ([item["id"] for item in told["items"]], told["waiting"]) == (["C1", "C2"], 2)
    assert cents(told["amount"]) == 8000


async def test_another_meeting_s_agenda_holds_no_declaration():
    other = "alice> !réunion Café des lieux mardi 24 novembre 14h"
    async with scene(*FOUNDED, other, ONE) as made:
        assert (await last(made, "alice> !odj"))["items"] == []


async def test_points_follow_a_meeting_that_is_moved():
    async with scene(*FOUNDED, PLANNED, ADDED) as made:
        await made.play("alice> !déplacer M1 mardi 8 décembre 18h")
        told = await last(made, "alice> !odj")
    assert (texts(told), told["start"]) == (["Parler du local"], "2026-12-08T18:00:00+01:00")


async def test_each_occurrence_of_a_series_has_its_own_agenda():
    series = "alice> !régulation chaque premier mardi du mois à 18h"
    async with scene(*FOUNDED, series, ADDED, "@ 2026-12-02T09:00") as made:
        told = await last(made, "alice> !odj")
    assert (texts(told), told["start"]) == ([], "2027-01-05T18:00:00+01:00")


async def test_once_a_session_is_closed_the_next_meeting_s_agenda_is_shown():
    later = "alice> !régulation mardi 8 décembre à 18h"
    async with scene(*FOUNDED, PLANNED, later, ADDED, "@ 2026-11-23T18:05", OPEN, CLOSE) as made:
        told = await last(made, "alice> !odj")
    assert (told["id"], texts(told)) == ("M2", [])


WORK = (
    *("affiches", "accueil", "courses", "couture", "peinture", "courrier"),
    *("jardin", "cuisine", "compta", "photos", "musique", "livres"),
)


async def test_a_long_agenda_says_what_it_leaves_out():
    many = [f"bob> !contribution 1h {name} 10 €" for name in WORK]
    async with scene(*FOUNDED, PLANNED, *many) as made:
        told = await last(made, "alice> !odj")
    assert (len(told["items"]), told["waiting"], told["more"]) == (10, 12, 2)


# What was not treated

TWICE = (
    *("alice> !cercle créer Littoral", "bob joins"),
    "alice> !régulation chaque premier mardi du mois à 18h",
    *("alice> !odj M1 + Les clés", "bob> !odj M1 + Le site"),
)


async def points(made, line):
    return [point["text"] for point in (await made.play(line))[-1].values["points"]]


async def test_a_point_not_treated_goes_to_the_next_occurrence():
    async with scene(*TWICE, "@ 2026-12-01T20:00", "bob> !odj M1 reporter 2") as made:
        assert await points(made, "alice> !odj M1") == ["Les clés"]
        await made.play("@ 2026-12-02T09:00")
        assert await points(made, "alice> !odj M1") == ["Le site"]


async def test_a_point_goes_to_the_next_meeting_of_its_kind():
    lines = ("alice> !régulation mardi 8 décembre 18h", "alice> !régulation jeudi 10 décembre 18h")
    async with scene(TWICE[0], *lines, "alice> !odj M1 + Les clés") as made:
        [told] = await made.play("alice> !odj M1 reporter 1")
    assert (told.key, told.values["id"]) == ("agenda.carried", "M2")


async def test_the_points_of_an_occurrence_called_off_go_to_the_next_one():
    async with scene(*TWICE, "alice> !annuler M1 cette fois") as made:
        assert await points(made, "alice> !odj M1") == ["Les clés", "Le site"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!odj M1 reporter 3", "agenda.no-point"),
        ("!odj M1 + Les clés reporter 1", "agenda.two-things"),
        ("!odj M2 reporter 1", "agenda.nowhere"),
    ],
)
async def test_a_point_that_cannot_be_carried_over_is_told(line, key):
    other = ("alice> !réunion Café mardi 8 décembre 18h", "alice> !odj M2 + Le menu")
    async with scene(*TWICE, *other) as made:
        assert await made.keys(f"alice> {line}") == [key]
