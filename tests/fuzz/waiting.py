"""How long another circle waits beside lines made to keep the bot busy.

As a program, tells it: `python -m tests.fuzz.waiting`. Seconds are of processor, through the
workers as the bot has them, so that the machine's other work does not count.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot import events
from bot.console.console import BOT, room_id, user_id
from bot.pipeline.workers import RoomWorkers
from commands import COMMANDS
from commands.kernel.command import Command
from commands.reading.fields import fields_of, longest
from storage.inbox import Inbox
from storage.mail import Admission
from tests.chat.scene import Scene, scene

LONG = (
    ("déplacer", "jusqu'à du "),
    ("réunion", "décembre au au du "),
    ("partage", "été ? "),
)
"""The worst that were found: a command, and what is said again and again after it."""
CIRCLES = tuple(
    f"[{place}] {who}> !cercle créer {name}"
    for place, who, name in (
        ("north", "alice", "Nord"),
        ("south", "bob", "Sud"),
        ("east", "carole", "Est"),
        ("west", "dany", "Ouest"),
    )
)
ROOMS = (("alice", "north"), ("bob", "south"), ("carole", "east"))


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds of processor until a command of another circle was handled."""

    alone: float
    beside: float

    @property
    def more(self) -> float:
        return self.beside - self.alone


def line_of(command: Command[object], unit: str) -> str:
    """As long as the command takes."""
    most = longest(fields_of(command.args))
    return f"!{command.names[0]} " + (unit * (most // len(unit) + 1))[:most]


def admission(who: str, place: str, body: str, number: int) -> Admission:
    event = events.Message(
        id=f"$waits-{number}",
        room=room_id(place),
        sender=user_id(who),
        at=1_795_420_800_000 + number,
        body=body,
    )
    payload = events.encode(event)
    return Admission(event_id=event.id, room_id=event.room, at_ms=event.at, payload=payload)


class Watched:
    """The workers of a scene, which tell how much processor was spent until an event was done."""

    def __init__(self, made: Scene) -> None:
        self._inbox = Inbox(made.engine)
        self._dispatcher = made.console._dispatcher
        self._admitted: asyncio.Queue[Sequence[Admission]] = asyncio.Queue()
        self._workers = RoomWorkers(self._inbox, self._admitted, self._handle)
        self._done: dict[str, asyncio.Future[float]] = {}
        self._count = 0

    async def _handle(self, admission: Admission) -> None:
        await self._dispatcher.handle(admission)
        waiting = self._done.get(admission.event_id)
        if waiting is not None:
            waiting.set_result(time.process_time())

    async def until_answered(self, *before: tuple[str, str, str]) -> float:
        """These lines, then dany's: the processor spent until dany's was handled."""
        said = [*before, ("dany", "west", "!budget")]
        admitted = [self._admission(*one) for one in said]
        await self._inbox.admit(BOT, admitted, None)
        last = self._done[admitted[-1].event_id] = asyncio.get_running_loop().create_future()
        began = time.process_time()
        self._admitted.put_nowait(admitted)
        seconds = await last - began
        await self._workers.settle()
        return seconds

    def _admission(self, who: str, place: str, body: str) -> Admission:
        self._count += 1
        return admission(who, place, body, self._count)

    async def measured(self, lines: Sequence[str], tries: int) -> Waited:
        """The least of some tries, alone and beside these lines, each in a circle of its own."""
        running = asyncio.create_task(self._workers.run(), name="workers")
        await self._workers.settle()
        said = [(*room, line) for room, line in zip(ROOMS, lines, strict=True)]
        alone = [await self.until_answered() for _ in range(tries)]
        beside = [await self.until_answered(*said) for _ in range(tries)]
        await self._workers.stop()
        running.cancel()
        return Waited(min(alone), min(beside))


async def waited(lines: Sequence[str], tries: int = 4) -> Waited:
    """What dany's circle waits for beside three lines in three other circles."""
    async with scene(*CIRCLES) as made:
        return await Watched(made).measured(lines, tries)


def longest_lines() -> list[str]:
    """The worst known, each as long as its command takes."""
    by_name = {command.names[0]: command for command in COMMANDS}
    return [line_of(by_name[name], unit) for name, unit in LONG]


def main() -> None:
    told = asyncio.run(waited(longest_lines()))
    figures = (told.alone, told.beside, told.more)
    alone, beside, more = (f"{seconds * 1000:.0f} ms" for seconds in figures)
    sys.stdout.write(f"alone {alone}, beside three longest lines {beside}: {more} more\n")


if __name__ == "__main__":
    main()
