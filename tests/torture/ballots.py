"""People answer a poll before the bot knows which event it became."""

import random

from tests.matrix.shell.weather import answer_lost, weather_before
from tests.torture.absence import POLL, Said, opened_poll, vote
from tests.torture.network import through
from tests.torture.rounds import Fault
from tests.torture.world import World


async def killed_after_its_poll(world: World, chance: random.Random) -> list[str]:
    """kill -9 between the poll's put and its mark; ballots are there when the bot comes back."""
    room = chance.choice(world.rooms)
    await world.bot.stop()
    await world.bot.start(SOUCI_DIE_AT="after-send:2")  # the announcement, then the poll
    return await _answered(world, room)


async def word_of_the_poll_lost(world: World, _chance: random.Random) -> list[str]:
    """The homeserver took the poll and its answer was lost: ballots come before the next try."""
    async with weather_before(world.home.url) as weather, through(world, weather):
        for _ in range(2):  # HTTP's own second try finds it lost too
            weather.once("PUT", f"/send/{POLL}", answer_lost)
        return await _answered(world, world.rooms[0])


async def _answered(world: World, room: str) -> list[str]:
    poll, said = await opened_poll(world, room), Said()
    for member, choice in zip(world.members, ("yes", "no"), strict=True):
        said.ballots[await vote(member, room, poll, choice)] = choice
    await world.load(1)
    await world.settled()
    return await said.wrong(world.books)


BALLOTS = (
    Fault("poll answered, kill -9 before its mark", killed_after_its_poll, 2, 10),
    Fault("poll answered, the word of it lost", word_of_the_poll_lost, 1, 5),
)
