"""A voice given for a meeting: listed, taken back, carried by one other member who comes."""

import pytest
from sqlalchemy import text

from storage.engine import writing
from tests.chat.scene import scene

PLANNED = (
    "alice> !cercle créer Littoral",
    "bob joins",
    "carole joins",
    "dany joins",
    "alice> !régulation mardi 8 décembre à 18h",
)
GIVEN = (*PLANNED, "bob> !pouvoir @alice M1")


async def attendance(made):
    """Who is represented by whom, and who is excused, as the session tells it."""
    told = [one for one in await made.play("alice> !séance ouvrir M1") if "present" in one.values]
    values = told[-1].values
    pairs = [(one["member"], one["proxy"]) for one in values["represented"]]
    return [(name(member), name(proxy)) for member, proxy in pairs], values["excused"]


def name(member):
    return member[1:].partition(":")[0]


async def test_a_voice_given_is_listed():
    async with scene(*GIVEN) as made:
        assert (await attendance(made))[0] == [("bob", "alice")]


async def test_the_one_who_carries_it_is_told():
    async with scene(*PLANNED) as made:
        [told] = await made.play("bob> !pouvoir @alice")
    assert (told.key, told.values["proxy"]) == ("meeting.proxy", "@alice:localhost")


@pytest.mark.parametrize("line", ["bob> !pouvoir retirer", "bob> !présent M1", "bob + ✅ M1"])
async def test_it_is_taken_back(line):
    async with scene(*GIVEN, line) as made:
        assert (await attendance(made))[0] == []


async def test_deleting_the_message_takes_it_back():
    async with scene(*GIVEN, "bob delete -1") as made:
        assert (await attendance(made))[0] == []


async def test_what_was_said_before_holds_again():
    lines = (*PLANNED, "bob> !excusé M1", "bob> !pouvoir @alice M1", "bob> !pouvoir retirer M1")
    async with scene(*lines) as made:
        assert (await attendance(made))[1] == ["@bob:localhost"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("bob> !pouvoir", "proxy.whom"),
        ("bob> !pouvoir @bob", "proxy.oneself"),
        ("carole> !pouvoir @bob", "proxy.not-there"),
        ("alice> !pouvoir @carole", "proxy.carries"),
        ("carole> !pouvoir retirer", "proxy.none"),
        ("carole> !pouvoir @zoe", "who.unknown"),
        ("carole> !pouvoir @alice M7", "id.unknown"),
    ],
)
async def test_what_is_refused(line, key):
    async with scene(*GIVEN) as made:
        assert await made.keys(line) == [key]


async def test_a_voice_is_not_given_to_who_left_the_room():
    async with scene(*PLANNED, "dany leaves") as made:
        assert await made.keys("bob> !pouvoir @dany") == ["proxy.outside"]


async def test_a_voice_is_not_given_to_who_does_not_come():
    async with scene(*PLANNED, "dany> !excusé M1") as made:
        assert await made.keys("bob> !pouvoir @dany") == ["proxy.not-there"]


async def test_when_who_carries_it_does_not_come_its_owner_is_told_and_excused():
    async with scene(*GIVEN) as made:
        [told] = await made.play("alice> !absent M1")
        assert told.values["carried"] == ["@bob:localhost"]
        assert await attendance(made) == ([], ["@bob:localhost"])


async def test_votes_ask_everybody_for_themselves():
    lines = ("alice> !vote Garder le local", "alice> !bulletin V1 oui", "@ 2026-12-01T10:00")
    async with scene(*GIVEN) as made:
        [told] = [one for one in await made.play(*lines) if one.key == "vote.closed"]
    assert (told.values["cast"], told.values["electorate"]) == (1, 4)


async def test_the_minutes_tell_who_was_represented_by_whom():
    lines = ("@ 2026-12-08T18:05", "alice> !présent M1", "alice> !séance ouvrir M1")
    async with scene(*GIVEN, *lines) as made:
        told = (await made.play("alice> !séance clore"))[-1]
    assert [(one["member"], one["proxy"]) for one in told.values["represented"]] == [
        ("@bob:localhost", "@alice:localhost")
    ]


async def test_a_voice_whose_carrier_was_forgotten_is_excused():
    async with scene(*GIVEN) as made:
        async with writing(made.engine) as connection:
            await connection.execute(text("UPDATE attendances SET proxy = NULL"))
        assert await attendance(made) == ([], ["@bob:localhost"])
