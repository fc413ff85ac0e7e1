"""A desk before the real dispatcher, store and scheduler: what is said there is timed."""

import resource
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.scale_size import BOT, COORDINATOR, NOW
from bot import events
from bot.letters.compose import REPLY_FIELD, Composer
from bot.pipeline.dispatch import Dispatcher
from bot.pipeline.jobs import Scheduled
from bot.pipeline.requests import OperatorSettings
from circle.time import to_ms
from speech.sentences import Speech
from storage.engine import open_engine, writing
from storage.inbox import Inbox
from storage.mail import Admission
from storage.outbox import Outbox
from storage.uow import Store
from storage.upgrade import upgrade

COORDINATION = "!coordination:bench.localhost"
WARM = 3
PAGE = 4096


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, and the processor time of this process in it. Milliseconds."""

    wall: float
    cpu: float


class Watch:
    """Started when it is made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> Took:
        """The time since."""
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        return Took(wall * 1000, cpu * 1000)


@dataclass(slots=True)
class Timed:
    """The times of one thing."""

    all: list[Took] = field(default_factory=list)

    def told(self) -> dict[str, float]:
        """Medians, and the slowest, in milliseconds."""
        walls = [one.wall for one in self.all]
        cpu = median(one.cpu for one in self.all)
        return {"wall": round(median(walls), 2), "slowest": round(max(walls), 2)} | {
            "cpu": round(cpu, 2)
        }


class Desk:
    """Says lines and waits for the answers, as a person would, without any network."""

    def __init__(self, engine: AsyncEngine) -> None:
        settings = OperatorSettings(
            user_id=BOT, coordinators=frozenset({COORDINATOR}), coordination_room=COORDINATION
        )
        self.engine = engine
        self.store = Store(engine, settings.rules, BOT)
        self._inbox = Inbox(engine, BOT)
        self._outbox = Outbox(engine, BOT)
        composer = Composer(Speech(), settings.prefix)
        self._dispatcher = Dispatcher(self.store, composer, self, settings)
        self.scheduled = Scheduled(self.store, composer, settings)
        self._count = 0
        self._run = time.time_ns()

    async def joined_members(self, room_id: str) -> Mapping[str, str | None]:
        """No line that is said here asks who is in the room."""
        raise LookupError(room_id)

    async def told_apart(self, event_id: str, lanes: tuple[str, str]) -> None:
        """Nothing leaves here."""

    async def say(self, sender: str, room: str, line: str) -> tuple[Took, list[str]]:
        """A line; how long it was in the dispatcher, the keys of the answers."""
        self._count += 1
        event = events.Message(
            id=f"${self._run}-{self._count}",
            room=room,
            sender=sender,
            at=to_ms(NOW) + self._count,
            body=line,
        )
        payload = events.encode(event)
        admission = Admission(event_id=event.id, room_id=room, at_ms=event.at, payload=payload)
        await self._inbox.admit(BOT, [admission], None)
        watch = Watch()
        await self._dispatcher.handle(admission)
        took = watch.read()
        return took, await self.drain()

    async def drain(self) -> list[str]:
        """Let everything leave; the keys of what was said."""
        keys: list[str] = []
        while ready := await self._outbox.ready(to_ms(NOW) + 10**9):
            for one in ready:
                await self._outbox.sent(one.row, f"$sent-{self._run}-{one.row}")
                told = one.letter.content.get(REPLY_FIELD)
                keys += [str(msgspec.convert(told, dict[str, Any])["key"])] if told else []
        return keys

    async def timed(self, sender: str, room: str, line: str, *, key: str, times: int = 15) -> Timed:
        """A line said several times, the first ones left out; its answer must have that key."""
        timed = Timed()
        for turn in range(WARM + times):
            took, keys = await self.say(sender, room, line)
            if key not in keys:
                raise LookupError(f"{line} answered {keys}, not {key}")
            if turn >= WARM:
                timed.all.append(took)
        return timed

    async def run(self, statement: str, **values: object) -> None:
        """A statement of the bench itself, to put things back as they were."""
        async with writing(self.engine) as connection:
            await connection.execute(text(statement), values)

    async def due(self, now: datetime) -> tuple[Took, int]:
        """All jobs due by then: how long they took and how many they were."""
        watch = Watch()
        done = await self.scheduled.run(now)
        return watch.read(), done


@asynccontextmanager
async def desk(url: str) -> AsyncIterator[Desk]:
    """A desk over that database, brought up to date."""
    engine = open_engine(url)
    await upgrade(engine)
    made = Desk(engine)
    await made.run(
        "INSERT INTO rooms (room_id, name, direct, encrypted, powers, default_power, state_power) "
        "VALUES (:room, 'Coordination', false, true, '{}', 0, 50) ON CONFLICT DO NOTHING",
        room=COORDINATION,
    )
    try:
        yield made
    finally:
        await engine.dispose()


def resident_mib() -> float:
    """The memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * PAGE / 2**20, 1)


def peak_mib() -> float:
    """The most it ever was."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
