"""The clock looks when something is due, and always again: after a failure, during a long look."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest_asyncio

from bot.matrix.net.tasks import alongside
from bot.pipeline.clock import Clock

SOON = 10.0
FAR = timedelta(minutes=9)


class Looks:
    """A tick that says when it begins, and waits to be let go."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[None] = asyncio.Queue()
        self.go = asyncio.Event()
        self.due: datetime | None = None
        self.fails = False
        self.clock = Clock(self.tick)

    async def tick(self) -> datetime | None:
        self.begun.put_nowait(None)
        await self.go.wait()
        if self.fails:
            raise ZeroDivisionError
        due, self.due = self.due, None
        return due

    async def look(self) -> None:
        """Waits for the next look; fails where there is none."""
        await asyncio.wait_for(self.begun.get(), SOON)


@pytest_asyncio.fixture
async def looks() -> AsyncIterator[Looks]:
    looks = Looks()
    async with alongside("clock", looks.clock.run()):
        await looks.look()
        yield looks
        looks.go.set()


def now() -> datetime:
    return datetime.now(UTC)


async def test_it_looks_again_when_the_next_thing_is_due(looks):
    looks.due = now()
    looks.go.set()
    await looks.look()


async def test_it_looks_again_after_a_failure_when_something_is_due(looks):
    looks.fails = True
    looks.go.set()
    looks.clock.wake_by(now())
    await looks.look()


async def test_what_becomes_due_during_a_look_is_looked_at_after_it(looks):
    looks.due = now() + FAR
    looks.clock.wake_by(now())
    looks.go.set()
    await looks.look()


async def test_what_was_due_in_the_past_is_looked_at_at_once(looks):
    looks.due = now() - timedelta(days=3)
    looks.go.set()
    await looks.look()
