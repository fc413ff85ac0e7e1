"""A closed loop in each room: the next line leaves when the answer to the last one is there."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
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
    """Let everybody talk for that long.

    The rate goes up to the last answer within that time: rooms that speak at once are answered in
    waves, and a wave cut short is no answer. Processor time goes to the very last answer.
    `server` is the homeserver's process.
    """
    places = stage.places[:rooms]
    await asyncio.gather(*map(stage.ask, places))  # connections open, keys shared
    heard: list[tuple[float, float]] = []
    before = (cpu_ms(stage.pid), cpu_ms(server))
    started = time.perf_counter()
    await asyncio.gather(*(_talk(stage, place, started + seconds, heard) for place in places))
    after = (cpu_ms(stage.pid), cpu_ms(server))
    memory = resident_kib(stage.pid) / 1024
    answered = [(begin, end) for begin, end in heard if end <= started + seconds]
    if len(answered) < _FEWEST:
        raise BenchError(f"{stage.bot.name} gave {len(answered)} answers in {seconds:g} s")
    elapsed = max(end for _, end in answered) - started
    costs = [(late - early) / len(heard) for early, late in zip(before, after, strict=True)]
    return _figures([(end - begin) * 1000 for begin, end in answered], elapsed, costs, memory)


def _figures(
    latencies: list[float], elapsed: float, costs: Sequence[float], memory: float
) -> Figures:
    hundredths = quantiles(latencies, n=100, method="inclusive")
    return Figures(
        commands=len(latencies),
        median=median(latencies),
        p95=hundredths[94],
        p99=hundredths[98],
        per_second=len(latencies) / elapsed,
        cpu_ms=costs[0],
        server_ms=costs[1],
        resident=memory,
    )


async def _talk(
    stage: Stage, place: Place, deadline: float, heard: list[tuple[float, float]]
) -> None:
    while time.perf_counter() < deadline:
        heard.append(await stage.ask(place))


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
