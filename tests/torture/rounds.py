"""The faults, each as what happens while members speak."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.torture.hurt import POINTS
from tests.torture.recount import Count
from tests.torture.world import World

Round = Callable[[World, random.Random], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by name, how it is played, and how many rounds are due, short and full."""

    name: str
    play: Round
    short: int
    full: int


async def killed_at_random(world: World, chance: random.Random) -> None:
    """kill -9 at a random instant while commands come."""
    load = asyncio.create_task(world.load(6, pause=0.05))
    await asyncio.sleep(chance.uniform(0.05, 2.0))
    await world.bot.kill()
    await world.bot.start()
    await load


def killed_at(point: str) -> Round:
    async def play(world: World, chance: random.Random) -> None:
        await world.bot.stop()
        await world.bot.start(die_at=f"{point}:{chance.randint(1, 6)}")
        await world.load(4)

    return play


async def homeserver_killed(world: World, chance: random.Random) -> None:
    """The homeserver dies under load, and comes back."""
    load = asyncio.create_task(world.load(5, pause=0.1))
    await asyncio.sleep(chance.uniform(0.2, 1.0))
    await asyncio.to_thread(world.home.kill)
    await asyncio.to_thread(world.home.restart)
    await load


def absent(each: int) -> Round:
    async def play(world: World, _chance: random.Random) -> None:
        """The bot is away while much is said; its timeline limit is far below."""
        await world.bot.stop()
        await world.load(each)
        await world.bot.start()

    return play


async def suspended(world: World, chance: random.Random) -> None:
    """SIGSTOP for a while."""
    import signal

    load = asyncio.create_task(world.load(5, pause=0.1))
    await asyncio.sleep(chance.uniform(0.1, 0.6))
    if world.bot.process is not None:
        world.bot.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(3)
        world.bot.process.send_signal(signal.SIGCONT)
    await load


FAULTS = (
    Fault("kill -9 at random", killed_at_random, 5, 60),
    *(Fault(f"kill -9 {point}", killed_at(point), 1, 6) for point in POINTS),
    Fault("homeserver killed", homeserver_killed, 1, 10),
    Fault("suspended", suspended, 1, 5),
    Fault("absence", absent(60), 1, 2),
)


async def play(fault: Fault, world: World, rounds: int, chance: random.Random) -> Count:
    """All rounds of one fault, counted after each."""
    total = Count()
    for _ in range(rounds):
        await fault.play(world, chance)
        took = await world.settled()
        counted = await world.recount()
        counted.seconds = took
        total.add(counted)
    return total
