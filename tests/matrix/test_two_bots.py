"""Two bots of two regions: two accounts, two processes, one homeserver, one PostgreSQL."""

import asyncio

import pytest
import pytest_asyncio
from sqlalchemy import make_url, text

from storage.engine import open_engine
from tests.souci import found_circle, running

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

RINGS_WITHIN = 90
TWICE_WOULD_BE = 3
"""Seconds in which a second ring would have come."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def database(postgresql_server):
    server = open_engine(postgresql_server)
    async with server.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("CREATE DATABASE regions"))
    await server.dispose()
    return make_url(postgresql_server).set(database="regions").render_as_string(False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def carole(member):
    return await member("carole")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bots(homeserver, register, carole, database, tmp_path_factory):
    """Both, the second started while the first is at work."""
    north, south = await register("nord"), await register("sud")
    folders = [tmp_path_factory.mktemp(name) for name in ("nord", "sud")]
    with (
        running(homeserver, north, carole, folders[0], database=database) as first,
        running(homeserver, south, carole, folders[1], database=database) as second,
    ):
        yield first, second


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rooms(alice, bots):
    """A circle of each bot; in both a timer runs, and the other bot comes to look."""
    made = [await found_circle(alice, name, bot) for name, bot in zip(NAMES, bots, strict=True)]
    for room, other in zip(made, reversed(bots), strict=True):
        await alice.client.room_invite(room, other.user_id)
        await alice.meets(room, other.user_id)
        started = await alice.asks(room, "!minuteur 1 min")
        assert started.key == "timer.set"
    return made


NAMES = ("Aubrac", "Bigorre")


async def test_a_command_that_both_hear_is_done_and_answered_once(alice, bots, rooms):
    said = [await alice.say(rooms[0], f"!contribution 1h essai n° {n}") for n in range(5)]
    answers = [await alice.answer_to(event) for event in said]
    assert [one.sender for one in answers] == [bots[0].user_id] * 5
    told = await alice.asks(rooms[0], "!budget")
    assert told.sender == bots[0].user_id
    of_rooms = [e for e in alice.timeline.heard if e.replies_to in said and e.key]
    assert len(of_rooms) == 5


@pytest.mark.parametrize("which", [0, 1])
async def test_the_coordination_sees_all_circles_through_either(carole, bots, rooms, which):  # noqa: ARG001 - the circles come first
    bot = bots[which].user_id
    direct = await carole.create(None, bot, direct=True)
    await carole.meets(direct, bot)
    told = await carole.asks(direct, "!cercles")
    assert sorted(one["name"] for one in told.values["items"]) == sorted(NAMES)


async def test_what_is_due_rings_once_through_the_bot_of_the_room(alice, bots, rooms):
    def rings():
        return [e for e in alice.timeline.heard if e.key == "timer.over" and e.room in rooms]

    async with asyncio.timeout(RINGS_WITHIN):
        while len(rings()) < len(rooms):  # noqa: ASYNC110 — two other processes
            await asyncio.sleep(0.2)
    await asyncio.sleep(TWICE_WOULD_BE)
    heard = {e.room: e.sender for e in rings()}
    assert len(rings()) == len(rooms)
    assert heard == {room: bot.user_id for room, bot in zip(rooms, bots, strict=True)}
