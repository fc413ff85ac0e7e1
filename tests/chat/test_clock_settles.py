"""Before a scheduled thing happens, what was said before it is handled."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from bot import events
from bot.console.console import BOT, room_id
from bot.pipeline.workers import RoomWorkers
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


def workers(made: Scene) -> RoomWorkers:
    return RoomWorkers(made.console._inbox, asyncio.Queue(), made.console._dispatcher.handle)


async def test_all_that_was_admitted_is_handled(made):
    await admit(made, *range(MANY))
    await workers(made).settle()
    assert await made.console._inbox.rooms_waiting() == ()


async def test_a_room_that_never_rests_does_not_hold_up_the_clock(made):
    handled: list[str] = []
    await admit(made, 0)

    async def handle(admission: Admission) -> None:
        await made.console._dispatcher.handle(admission)
        handled.append(admission.event_id)
        await admit(made, len(handled))

    restless = RoomWorkers(made.console._inbox, asyncio.Queue(), handle)
    await restless.settle()
    assert handled
    assert await made.console._inbox.rooms_waiting()
    await restless.stop()


async def test_with_nothing_waiting_it_is_settled(made):
    await workers(made).settle()
    assert await made.console._inbox.rooms_waiting() == ()
