"""Faults of what is under the bot: a full disk, a database locked, read-only, or restarted."""

import asyncio
import random
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any

from tests.torture.rounds import Fault
from tests.torture.world import World
from tests.unprivileged import without_rights

HELD = 10.0
SPARE = 6 * 1024 * 1024
"""Room for what SQLite keeps in its log (up to 1000 pages) before it empties it."""
MOST_LINES = 6
MEND_ME = 78


@asynccontextmanager
async def watched(world: World) -> AsyncIterator[list[str]]:
    """What is wrong with how the bot bore it: it must stay, and not flood its log."""
    wrong: list[str] = []
    starts, mark = world.bot.starts, world.bot.mark()
    yield wrong
    if not world.bot.alive:
        wrong.append("the bot ended")
    if world.bot.starts > starts + 1:
        wrong.append(f"the bot was started {world.bot.starts - starts} times")
    told = world.bot.said('"warning"', mark) + world.bot.said('"error"', mark)
    if not 1 <= told <= MOST_LINES:
        wrong.append(f"{told} lines of trouble in its log")


async def disk_full(world: World, _chance: random.Random) -> list[str]:
    """The state directory's disk is full while commands come."""
    small = world.bot.folder / "small"
    await world.bot.stop()
    small.mkdir(exist_ok=True)
    size = sum(file.stat().st_size for file in world.bot.state.iterdir()) + SPARE
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", small], check=True)
    try:
        shutil.copytree(world.bot.state, small / "state")
        async with moved(world, small / "state"):
            return await _starved(world, small / "ballast")
    finally:
        shutil.copytree(small / "state", world.bot.state, dirs_exist_ok=True)
        subprocess.run(["umount", small], check=True)


@asynccontextmanager
async def moved(world: World, state: Path) -> AsyncIterator[None]:
    """The bot runs on another state directory for a while."""
    usual = world.bot.state_dir
    world.bot.state_dir = state
    await world.bot.ready()
    try:
        yield
        await world.settled(revive=False)
    finally:
        await world.bot.stop()
        world.bot.state_dir = usual


async def _starved(world: World, ballast: Path) -> list[str]:
    async with watched(world) as wrong:
        fill(ballast)
        await world.load(3)
        await asyncio.sleep(HELD)
        ballast.unlink()
    return wrong


def fill(ballast: Path) -> None:
    """Write until nothing fits any more."""
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue


async def locked(world: World, _chance: random.Random, held: float = 15.0) -> list[str]:
    """Another process holds the database while commands come."""
    async with watched(world) as wrong:
        with closing(sqlite3.connect(world.bot.database_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await world.load(3)
            await asyncio.sleep(held)
            other.execute("ROLLBACK")
    return wrong


async def read_only(world: World, _chance: random.Random) -> list[str]:
    """The bot is started on a database that it may not write: it says so, and ends to be mended."""
    await world.bot.stop()
    usual = world.bot.through
    world.bot.through = without_rights()
    _allow(world, 0o400)
    await world.bot.start()
    await world.load(2)
    status = await world.bot.stop(0)
    _allow(world, 0o600)
    world.bot.through = usual
    await world.bot.ready()
    return [] if status == MEND_ME else [f"it ended with {status}"]


def _allow(world: World, mode: int) -> None:
    """The files beside the database too: SQLite makes them with its rights."""
    for file in world.bot.state.glob("souci.db*"):
        file.chmod(mode)


def restarted(server: Any) -> Fault:
    """PostgreSQL is stopped under load, and started again."""

    async def play(world: World, chance: random.Random) -> list[str]:
        async with watched(world) as wrong:
            load = asyncio.create_task(world.load(6, pause=0.5))  # some come while it is away
            await asyncio.sleep(chance.uniform(0.2, 1.0))
            await asyncio.to_thread(server.stop)
            await asyncio.sleep(5)
            await asyncio.to_thread(server.start)
            await load
            while world.bot.said('"store.away"') > world.bot.said('"store.back"'):
                await asyncio.sleep(0.1)
        return wrong

    return Fault("PostgreSQL restarted", play, 2, 10)


DISKS = (
    Fault("disk full", disk_full, 1, 5),
    Fault("database locked, 15 s", locked, 1, 1),
    Fault("database locked, 60 s", partial(locked, held=60.0), 0, 1),
    Fault("database read-only", read_only, 1, 3),
)
