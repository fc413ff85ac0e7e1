"""The faults, each as what happens while members speak."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.torture.hurt import POINTS
from tests.torture.recount import Count
from tests.torture.world import World

A_MINUTE_AND_MORE = 64.0

Round = Callable[[World, random.Random], Awaitable[list[str] | None]]
"""Plays a fault once; what it says is wrong beside the counts, if anything."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by name, how it is played, and how many rounds are due, short and full."""

    name: str
    play: Round
    short: int
    full: int


async def killed_at_random(world: World, chance: random.Random) -> None:
    """kill -9 at a random instant while commands come."""
    load = asyncio.create_task(world.load(4, pause=0.05))
    await asyncio.sleep(chance.uniform(0.0, 1.5))
    await world.bot.kill()
    await world.bot.start()
    await load


def killed_at(point: str) -> Round:
    async def play(world: World, chance: random.Random) -> None:
        await world.bot.stop()
        await world.bot.start(SOUCI_DIE_AT=f"{point}:{chance.randint(1, 6)}")
        await world.load(3)
        while not await world.bot.ends_within(1.0):  # armed still, it would die in the next round
            await world.load(1)

    return play


async def homeserver_killed(world: World, chance: random.Random) -> None:
    """The homeserver dies under load, and comes back."""
    load = asyncio.create_task(world.load(5, pause=0.1))
    await asyncio.sleep(chance.uniform(0.2, 1.0))
    await asyncio.to_thread(world.home.kill)
    await asyncio.to_thread(world.home.restart)
    await load


async def suspended(world: World, chance: random.Random) -> None:
    """SIGSTOP for a while."""
    load = asyncio.create_task(world.load(5, pause=0.1))
    await asyncio.sleep(chance.uniform(0.1, 0.6))
    world.bot.signal(signal.SIGSTOP)
    await asyncio.sleep(3)
    world.bot.signal(signal.SIGCONT)
    await load


async def timers_suspended(world: World, _chance: random.Random) -> list[str]:
    """SIGSTOP over the instant of something scheduled in each room: it happens once, afterwards."""
    founder = world.members[0]
    for room in world.rooms:
        await founder.asks(room, "!minuteur 1 min")
    world.bot.signal(signal.SIGSTOP)
    await asyncio.sleep(A_MINUTE_AND_MORE)
    world.bot.signal(signal.SIGCONT)
    for room in world.rooms:
        await founder.hears(lambda e, room=room: (e.room, e.key) == (room, "timer.over"))
    await world.load(1)
    await world.settled()
    over = Counter(
        e.room for e in founder.timeline.heard if e.key == "timer.over" and not e.failure
    )
    return [f"{count} timers rang in {room}" for room, count in over.items() if count != 1]


KILLS = (
    Fault("kill -9 at random", killed_at_random, 12, 60),
    *(Fault(f"kill -9 {point}", killed_at(point), 2, 8) for point in POINTS),
)
NETWORK = (
    Fault("homeserver killed", homeserver_killed, 1, 10),
    Fault("process suspended", suspended, 1, 5),
    Fault("timers, process suspended", timers_suspended, 1, 1),
)


async def limits_on(world: World, _chance: random.Random) -> None:
    """Synapse's own limits: slow, but complete and in order. Two speak, each below their own."""
    for number in range(20):
        await world.command(world.rooms[0], world.members[number % 2])


LIMITS = (Fault("default rate limits", limits_on, 1, 2),)


async def play(fault: Fault, world: World, rounds: int, chance: random.Random) -> Count:
    """All rounds of one fault, counted after each. The bot runs when a round begins."""
    total = Count()
    for _ in range(rounds):
        if not world.bot.alive:
            await world.bot.ready()
        world.took = 0.0
        wrong = await fault.play(world, chance)
        took = await world.settled()
        counted = await world.recount()
        counted.seconds = took
        counted.faults += wrong or []
        total.add(counted)
    return total
