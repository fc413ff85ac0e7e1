"""Before a scheduled thing happens, what was said before it is handled."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot import events
from bot.console.console import BOT, room_id
from bot.pipeline.workers import Lanes
from storage.mail import Admission
from tests.chat.scene import Scene, scene

MANY = 120  # more than a lane takes at once


@pytest_asyncio.fixture
async def made() -> AsyncIterator[Scene]:
    async with scene("alice> !cercle créer Littoral", "bob joins") as made:
        yield made


def contribution(made: Scene, number: int) -> Admission:
    place = made.console._rooms[room_id("circle")]
    common = made.console._common("bob", place) | {"id": f"$bob-{number}"}
    event = events.Message(**common, body=f"!contribution 1h essai {number}")
    return Admission(
        event_id=event.id, room_id=event.room, at_ms=event.at, payload=events.encode(event)
    )


async def admit(made: Scene, *numbers: int) -> None:
    told = [contribution(made, number) for number in numbers]
    await made.console._inbox.admit(BOT, told, None)


async def test_all_that_was_admitted_is_handled(made):
    await admit(made, *range(MANY))
    lanes = Lanes(made.console._inbox, made.console._dispatcher, lambda _one: None)
    await lanes.settle()
    assert await made.console._inbox.rooms_waiting() == ()


async def test_a_room_that_never_rests_does_not_hold_up_the_clock(made):
    handled: list[str] = []
    await admit(made, 0)

    class Restless(Lanes):
        async def _batch(self, room: str) -> bool:
            await admit(made, len(handled) + 1)
            return await super()._batch(room)

    lanes = Restless(
        made.console._inbox, made.console._dispatcher, lambda one: handled.append(one.event_id)
    )
    await lanes.settle()
    assert handled
    assert not lanes.at_rest.is_set()
    await lanes.stop()


async def test_with_nothing_waiting_it_is_settled(made):
    await Lanes(made.console._inbox, made.console._dispatcher, lambda _one: None).settle()
    assert await made.console._inbox.rooms_waiting() == ()
