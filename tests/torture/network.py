"""Bad weather between the bot and its homeserver: many faults at once, while members speak."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from tests.matrix.shell.weather import (
    Weather,
    answer_lost,
    cut,
    failing,
    half,
    limited,
    reset,
    weather_before,
)
from tests.torture.rounds import Fault
from tests.torture.world import World


async def slow(request: web.Request, weather: Weather) -> web.StreamResponse:
    """The answer comes, but late."""
    await asyncio.sleep(1.5)
    try:
        return await weather.forward(request)
    except aiohttp.ClientError:
        return cut(request)


AT_ANYTHING = (
    *(reset, slow, half, failing(500), failing(502), failing(504)),
    *(limited({"Retry-After": "1"}, {}), limited({}, {"retry_after_ms": 700})),
)
PLACES = (
    *(("GET", "/sync"), ("PUT", "/send/m.room.message"), ("PUT", "/send/m.room.encrypted")),
    *(("PUT", "/sendToDevice/"), ("POST", "/keys/"), ("GET", "/messages"), ("GET", "/members")),
)


@asynccontextmanager
async def through(world: World, weather: Weather) -> AsyncIterator[None]:
    """The bot reaches its homeserver by the proxy."""
    await world.bot.stop()
    world.bot.url, usual = weather.url, world.bot.url
    await world.bot.start()
    try:
        yield
        await world.settled()
    finally:
        await world.bot.stop()
        world.bot.url = usual


async def bad_weather(world: World, chance: random.Random) -> None:
    """Each kind of fault at each place, in any order."""
    faults = [(*place, fault) for place in PLACES[:3] for fault in AT_ANYTHING]
    faults += [(*place, chance.choice(AT_ANYTHING)) for place in PLACES[3:]]
    faults += [("PUT", f"/send/m.room.{kind}", answer_lost) for kind in ("message", "encrypted")]
    faults += [("PUT", "/send/m.room.message", limited({}, {}))]
    chance.shuffle(faults)
    async with weather_before(world.home.url) as weather, through(world, weather):
        for fault in faults:
            weather.once(*fault)
        await world.load(8, pause=0.3)


WEATHER = (Fault("bad weather (proxy)", bad_weather, 2, 10),)
