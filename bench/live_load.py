"""A closed loop in each room: the next line leaves when the answer to the last one is there."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles
from typing import Final

from bench.live_process import BenchError, cpu_ms, resident_kib
from bench.live_stage import Place, Stage

_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """One case of one bot in one round. Latencies, processor time in ms; memory in MiB.

    `server_ms` is the homeserver's processor time for a command, member's part included.
    """

    commands: int
    median: float
    p95: float
    p99: float
    per_second: float
    cpu_ms: float
    server_ms: float
    resident: float


async def measure(stage: Stage, rooms: int, seconds: float, server: int) -> Figures:
    """Let everybody talk for that long, and on until all that was said in it is answered.

    What is said after it keeps the load as it was, and is not counted. `server`: its process.
    """
    places = stage.places[:rooms]
    await asyncio.gather(*map(stage.ask, places))  # connections open, keys shared
    talks = Talks(stage, time.perf_counter() + seconds)
    before = (cpu_ms(stage.pid), cpu_ms(server))
    await asyncio.gather(*map(talks.talk, places))
    after = (cpu_ms(stage.pid), cpu_ms(server))
    memory = resident_kib(stage.pid) / 1024
    if len(talks.latencies) < _FEWEST:
        raise BenchError(f"{stage.bot.name} gave {len(talks.latencies)} answers in {seconds:g} s")
    costs = [(late - early) / talks.answers for early, late in zip(before, after, strict=True)]
    return _figures(talks.latencies, rooms, costs, memory)


def _figures(latencies: list[float], rooms: int, costs: Sequence[float], memory: float) -> Figures:
    """The rate by Little's law: each room always waits for one answer.

    Answers counted up to an instant would tell more of where a wave of them was cut than of speed.
    """
    hundredths = quantiles(latencies, n=100, method="inclusive")
    return Figures(
        commands=len(latencies),
        median=median(latencies),
        p95=hundredths[94],
        p99=hundredths[98],
        per_second=rooms * 1000 / mean(latencies),
        cpu_ms=costs[0],
        server_ms=costs[1],
        resident=memory,
    )


class Talks:
    """What is said in all rooms: `latencies` (ms) of what is said before the deadline."""

    def __init__(self, stage: Stage, deadline: float) -> None:
        self.latencies: list[float] = []
        self.answers = 0
        self._stage = stage
        self._deadline = deadline
        self._open = 0

    async def talk(self, place: Place) -> None:
        """Line after line in one room."""
        while (counts := time.perf_counter() < self._deadline) or self._open:
            self._open += counts
            begin, end = await self._stage.ask(place)
            self._open -= counts
            self.answers += 1
            if counts:
                self.latencies.append((end - begin) * 1000)


async def remember(stage: Stage, commands: int, marks: Sequence[int]) -> dict[int, float]:
    """The bot's resident memory (MiB) after so many commands, for each of the marks."""
    seen = {0: resident_kib(stage.pid) / 1024}
    left = iter(range(1, commands + 1))

    async def talk(place: Place) -> None:
        for number in left:
            await stage.ask(place)
            if number in marks:
                seen[number] = resident_kib(stage.pid) / 1024

    await asyncio.gather(*map(talk, stage.places))
    return seen
