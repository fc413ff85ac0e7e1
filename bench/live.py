"""How fast the live bot is, beside others: `make bench`.

A homeserver of its own (rate limits lifted); on it a bare nio echo, maubot with a small plugin,
and souci, each with its own rooms and people, measured in turn over several rounds. `ROUNDS`,
`SECONDS` (a case), `COMMANDS` (of the memory case) and `CASES` (see ALL) make it smaller. Tables on
the terminal, everything in `.cache/bench/live.json`.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from bench import live_report
from bench.live_bots import ECHO, MAUBOT, SEALED_ECHO, SOUCI, install_maubot
from bench.live_load import Figures, measure, remember
from bench.live_process import ROOT, BenchError
from bench.live_stage import Stage
from bot.demo.environment import HomeserverError
from bot.demo.homeserver import Homeserver

ALL: Final = ("plain-1", "plain-10", "plain-40", "sealed-1", "sealed-10", "memory")
_MEMORY_ROOMS: Final = 40
_RESULT: Final = ROOT / ".cache" / "bench" / "live.json"
_BEGAN: Final = time.monotonic()


def _say(text: str) -> None:
    print(f"{time.monotonic() - _BEGAN:6.0f} s  {text}", flush=True)


class Bench:
    """One run. `cases` are names of ALL."""

    def __init__(self, cases: list[str], rounds: int, seconds: float, commands: int) -> None:
        self._cases = [(name, *_parts(name)) for name in cases if name != "memory"]
        self._memory_wanted = "memory" in cases
        self._rounds = rounds
        self._seconds = seconds
        self._commands = commands
        self._stages: dict[str, list[Stage]] = {}
        self._stack = AsyncExitStack()
        self.figures: dict[tuple[str, str], list[Figures]] = defaultdict(list)
        self.memory: dict[int, float] = {}

    async def run(self, home: Homeserver, folder: Path) -> None:
        """Everything, in turn."""
        async with self._stack:
            await self._set("plain", home, folder)
            await self._set("sealed", home, folder)
            for number in range(self._rounds):
                for name, kind, rooms in self._cases:
                    stages = self._stages[kind]
                    turn = number % len(stages)  # nobody is always first
                    for stage in stages[turn:] + stages[:turn]:
                        await self._measure(name, stage, rooms, home, number)
            if self._memory_wanted:
                await self._remember(self._stages["sealed"][-1])

    async def _set(self, kind: str, home: Homeserver, folder: Path) -> None:
        rooms = max((n for _, of, n in self._cases if of == kind), default=0)
        bots = [ECHO, MAUBOT, SOUCI] if kind == "plain" else [SEALED_ECHO, SOUCI]
        wanted = dict.fromkeys(bots if rooms else [], rooms)
        if kind == "sealed" and self._memory_wanted:
            wanted[SOUCI] = _MEMORY_ROOMS
        self._stages[kind] = [Stage(bot, home, folder, sealed=kind == "sealed") for bot in wanted]
        for stage in self._stages[kind]:
            _say(f"{stage.bot.name} enters {wanted[stage.bot]} {kind} rooms")
            self._stack.push_async_callback(stage.close)
            await stage.open(wanted[stage.bot])

    async def _measure(
        self, name: str, stage: Stage, rooms: int, home: Homeserver, number: int
    ) -> None:
        found = await measure(stage, rooms, self._seconds, home.pid or 0)
        self.figures[name, stage.bot.name].append(found)
        _say(
            f"round {number + 1}/{self._rounds}  {name:10} {stage.bot.name:7}"
            f"{found.median:8.1f} ms {found.per_second:6.1f}/s {found.cpu_ms:6.2f} ms CPU"
        )

    async def _remember(self, stage: Stage) -> None:
        await stage.stop()
        await stage.start()
        step = max(self._commands // 10, 1)
        _say(f"memory: {self._commands} commands in {len(stage.places)} encrypted rooms")
        marks = range(step, self._commands + 1, step)
        self.memory = await remember(stage, self._commands, marks)
        _say("memory: " + ", ".join(f"{n}: {mib:.1f} MiB" for n, mib in self.memory.items()))


def _parts(name: str) -> tuple[str, int]:
    kind, _, rooms = name.partition("-")
    return kind, int(rooms)


def _write(bench: Bench) -> None:
    told = live_report.medians(bench.figures)
    found = live_report.targets(told, bench.memory)
    _RESULT.parent.mkdir(parents=True, exist_ok=True)
    _RESULT.write_text(json.dumps(live_report.as_json(bench.figures, bench.memory), indent=1))
    print(f"\n{live_report.machine()}\n\n{live_report.table(told)}\n")
    print(f"{live_report.target_table(found)}\n\n{_RESULT.relative_to(ROOT)}")


def main() -> int:
    """Exit status 0; 1 when it could not be measured; 2 for a case that does not exist."""
    cases = os.environ.get("CASES", "").replace(",", " ").split() or list(ALL)
    if unknown := set(cases) - set(ALL):
        print(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
        return 2
    rounds, seconds, commands = (
        int(os.environ.get(name) or usual)
        for name, usual in (("ROUNDS", 5), ("SECONDS", 8), ("COMMANDS", 10_000))
    )
    bench = Bench(cases, rounds, seconds, commands)
    try:
        install_maubot()
        with tempfile.TemporaryDirectory(prefix="souci-bench-") as folder:
            place = Path(folder)
            with Homeserver(place / "homeserver") as home:
                asyncio.run(bench.run(home, place / "bots"))
    except (BenchError, HomeserverError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    _write(bench)
    return 0


if __name__ == "__main__":
    sys.exit(main())
