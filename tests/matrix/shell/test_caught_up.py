"""While the homeserver does not answer, what members say is not known: nothing is decided then."""

import asyncio

import pytest
import pytest_asyncio

from tests.matrix.shell.house import House, opened
from tests.matrix.shell.weather import failing, weather_before

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def weather(homeserver):
    async with weather_before(homeserver.url) as weather:
        yield weather


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(weather, register, tmp_path_factory):
    access, folder = await register("souci"), tmp_path_factory.mktemp("house")
    async with opened(House(weather.url, access, folder)) as house:
        yield house


async def test_a_bot_that_listens_has_caught_up(bot):
    assert await bot.client.caught_up()


async def test_one_that_is_cut_off_catches_up_once_it_hears_again(bot, alice, weather):
    room = await bot.meets(alice, encrypted=False)
    for _ in range(2):
        weather.once("GET", "/sync", failing(502))
    await alice.say(room, "avant")  # ends the question under way: the next one fails
    await weather.happens()
    await alice.say(room, "pendant")
    assert await bot.client.caught_up()
    assert (weather.calm, await bot.bodies(room)) == (True, ["avant", "pendant"])


async def test_one_that_is_stopped_while_cut_off_has_not(bot, alice, weather):
    room = await bot.meets(alice, encrypted=False)
    for _ in range(20):
        weather.once("GET", "/sync", failing(502))
    await alice.say(room, "avant")
    await weather.happens()
    waiting = asyncio.create_task(bot.client.caught_up(), name="caught up")
    await bot.stop()
    assert await waiting is False
