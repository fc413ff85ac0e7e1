"""A message to every circle: shown, confirmed by its author, sent once; otherwise never."""

import pytest

from tests.chat.scene import scene

CIRCLES = """
[littoral] alice> !cercle créer Littoral
[oise] bob> !cercle créer Oise
[oise] bob> !langue en
[vieux] dany> !cercle créer Vieux
[vieux] dany> !cercle état clos
[coordination] carole> !cercle confirmer Littoral
[coordination] carole> !cercle confirmer Oise
[coordination] dany joins
"""
WRITTEN = "[coordination] carole> !diffuser Rencontre le <b>12</b> décembre"
BOTH = ("carole", "dany")


async def played(*lines):
    async with scene(CIRCLES, coordinators=BOTH) as made:
        return [(one.key, one.room) for one in await made.play(*lines)]


def delivered(told):
    return [room for key, room in told if key == "broadcast.message"]


@pytest.mark.parametrize(
    "ok", ["[coordination] carole + ✅ B1", "[coordination] carole> !diffuser confirmer"]
)
async def test_a_confirmed_message_reaches_every_open_circle(ok):
    told = await played(WRITTEN, ok)
    assert told == [
        ("broadcast.preview", "coordination"),
        ("broadcast.sent", "coordination"),
        ("broadcast.message", "littoral"),
        ("broadcast.message", "oise"),
    ]


async def test_it_is_told_in_the_language_of_each_circle():
    async with scene(CIRCLES, WRITTEN, coordinators=BOTH) as made:
        told = await made.play("[coordination] carole + ✅ B1")
    texts = {one.room: one.text for one in told}
    assert texts["littoral"].startswith("🌼 La coordination à tous les cercles")
    assert texts["oise"].startswith("🌼 From the coordination to all circles")
    assert texts["oise"].endswith("Rencontre le <b>12</b> décembre")


async def test_the_report_tells_how_many_and_which_were_left_out():
    async with scene(CIRCLES, WRITTEN, coordinators=BOTH) as made:
        told = (await made.play("[coordination] carole + ✅ B1"))[0].values
    assert (told["count"], told["circles"], told["closed"]) == (2, ["Littoral", "Oise"], ["Vieux"])


async def test_not_confirmed_it_is_never_sent():
    assert delivered(await played(WRITTEN, "@ 2027-03-01T12:00")) == []


@pytest.mark.parametrize(
    "again",
    [
        "[coordination] carole + ✅ B1",
        "[coordination] carole> !diffuser confirmer",
        "carole (dm)> !diffuser confirmer",
        "[coordination] carole - ✅ B1\n[coordination] carole + ✅ B1",
    ],
)
async def test_it_is_sent_once_however_often_it_is_confirmed(again):
    told = await played(WRITTEN, "[coordination] carole + ✅ B1", again, again)
    assert delivered(told) == ["littoral", "oise"]


async def test_another_coordinator_confirms_nothing():
    told = await played(
        WRITTEN, "[coordination] dany + ✅ B1", "[coordination] dany> !diffuser confirmer"
    )
    assert told[1:] == [("broadcast.none", "coordination")]


async def test_somebody_else_in_the_room_confirms_nothing():
    told = await played(WRITTEN, "[coordination] alice joins", "[coordination] alice + ✅ B1")
    assert delivered(told) == []


async def test_the_last_message_is_the_one_confirmed():
    async with scene(CIRCLES, WRITTEN, coordinators=BOTH) as made:
        told = await made.play(
            "[coordination] carole> !diffuser Plutôt le 13",
            "[coordination] carole> !diffuser confirmer",
        )
    assert [one.values["text"] for one in told if one.key == "broadcast.message"] == [
        "Plutôt le 13"
    ] * 2


async def test_after_a_day_it_must_be_written_again():
    told = await played(WRITTEN, "@ 2026-11-24T10:00", "[coordination] carole> !diffuser confirmer")
    assert told[-1] == ("broadcast.too-old", "coordination")


async def test_deleted_it_is_never_sent():
    told = await played(
        WRITTEN, "[coordination] carole delete -1", "[coordination] carole> !diffuser confirmer"
    )
    assert [key for key, _ in told[1:]] == ["broadcast.withdrawn", "broadcast.none"]


async def test_a_message_may_be_written_and_confirmed_directly():
    told = await played("carole (dm)> !diffuser Bonjour", "carole (dm)> !diffuser confirmer")
    assert delivered(told) == ["littoral", "oise"]


async def test_without_any_circle_there_is_nobody_to_write_to():
    async with scene(coordinators=BOTH) as made:
        assert await made.keys(WRITTEN) == ["broadcast.nobody"]


async def test_rooms_that_have_it_are_not_reported():
    told = await played(WRITTEN, "[coordination] carole + ✅ B1", "@ 2026-11-23T09:20")
    assert "broadcast.unreached" not in [key for key, _ in told]


async def test_a_room_that_refused_it_is_reported():
    async with scene(CIRCLES, WRITTEN, coordinators=BOTH) as made:
        console = made.console
        drain = console.drain

        async def refusing():
            for one in await console._outbox.ready(int(console.now.timestamp() * 1000)):
                if one.letter.room_id == "!oise:localhost":
                    await console._outbox.refused(one.row, "M_FORBIDDEN")
            return await drain()

        console.drain = refusing
        told = await made.play("[coordination] carole + ✅ B1", "@ 2026-11-23T09:20")
    (report,) = [one for one in told if one.key == "broadcast.unreached"]
    assert (report.room, report.values["circles"]) == ("coordination", ["Oise"])
