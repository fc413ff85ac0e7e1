"""A room that is upgraded carries its circle with it, unless another circle lives there already."""

import pytest

from bot import events
from bot.console.console import room_id
from tests.security.town import Kind, Where, changed, town


@pytest.fixture
async def made():
    async with town() as made:
        yield made


def moved(made, where: Where, to: Where) -> events.RoomMoved:
    return events.RoomMoved(**made.common(Kind.STEWARD, where), replacement=room_id(to))


async def test_a_circle_follows_its_room_with_its_ids(made):
    await made.happens(moved(made, Where.CIRCLE, Where.UNBOUND))
    said = await made.say(Kind.STRANGER, Where.UNBOUND, "!actions")
    assert said.keys == ("action.list",)
    assert said.tells("Littoral")


async def test_a_circle_does_not_move_into_the_room_of_another(made):
    before = made.dump()
    said = await made.happens(moved(made, Where.CIRCLE, Where.OTHER))
    assert "refused.failed" not in said.keys
    assert changed(before, made.dump()) == {}


async def test_after_a_move_that_could_not_be_both_circles_live_on(made):
    await made.happens(moved(made, Where.CIRCLE, Where.OTHER))
    assert (await made.say(Kind.STEWARD, Where.CIRCLE, "!actions")).tells("Littoral")
    theirs = await made.say(Kind.NEIGHBOUR, Where.OTHER, "!actions")
    assert theirs.tells("Oise")
    assert not theirs.tells("Littoral")


async def test_an_edit_repeated_runs_once(made):
    said = events.Message(**made.common(Kind.CONTRIBUTOR, Where.CIRCLE), body="!contributon 1h là")
    assert (await made.happens(said)).keys == ("refused.unknown-command",)
    line = "!contribution 1h là"
    for _ in range(3):
        await made.say(Kind.CONTRIBUTOR, Where.CIRCLE, line, edits=said.id)
    listed = await made.say(Kind.CONTRIBUTOR, Where.CIRCLE, "!contributions")
    assert listed.text.count("'minutes': 60") == 1


async def test_the_same_event_handed_over_twice_runs_once(made):
    said = events.Message(**made.common(Kind.CONTRIBUTOR, Where.CIRCLE), body="!action Une fois")
    assert (await made.happens(said)).keys == ("action.added",)
    before = made.dump()
    assert (await made.happens(said)).keys == ()
    assert changed(before, made.dump()) == {}
