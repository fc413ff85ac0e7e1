"""What keeps the bot busy, and how long others wait for it: `python -m bench.waits [LINES]`.

Three measures, told as small tables: the longest lines of every command (LINES of each, 20 by
default), by the processor they take; three of the slowest beside another circle's command; and the
first commands after a restore beside those before the backup.
"""

import asyncio
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import structlog

from bench.live_process import BenchError
from bench.live_report import machine
from bench.waits_restored import COMMANDS as ASKED
from bench.waits_restored import restored
from commands import COMMANDS
from tests.fuzz.hammer import hammer
from tests.fuzz.slow_lines import CROWD, Long, Watch, made_at_random
from tests.fuzz.test_slow_lines import FOUND
from tests.fuzz.waiting import Waited, longest_lines, waited

_LINES: Final = 20
_SEED: Final = 1
_WORST: Final = 10
_BESIDE: Final = 3
_SHOWN: Final = 60
_FAMILIES: Final = {name: one.key.partition(".")[0] for one in COMMANDS for name in one.names}

Timed = tuple[float, Long]
"""Seconds of processor, and the line that took them."""


async def timed(lines: Iterable[Long]) -> list[Timed]:
    """Each line as a steward of a circle of 150 people says it, the least of some tries."""
    async with hammer(*CROWD) as made:
        watch = Watch(made)
        return [(await watch.seconds(line), line) for line in lines]


def longest(each: int) -> list[Long]:
    """Lines as long as their commands take, the same ones each time; and the worst ever found."""
    chance = random.Random(_SEED)
    return [made_at_random(chance, one) for one in COMMANDS for _ in range(each)] + [*FOUND]


def by_family(lines: Sequence[Timed]) -> Mapping[str, Timed]:
    """The slowest of each family of commands."""
    found: dict[str, list[Timed]] = defaultdict(list)
    for one in lines:
        found[_family(one[1])].append(one)
    return {family: max(some, key=_seconds) for family, some in sorted(found.items())}


def _family(line: Long) -> str:
    words = line.head.removeprefix("!").split(" ")
    tried = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((_FAMILIES[name] for name in tried if name in _FAMILIES), "nothing known")


def _seconds(one: Timed) -> float:
    return one[0]


async def beside(worst: Sequence[Timed]) -> Mapping[str, Waited]:
    """What another circle waits beside the slowest lines met now, and beside the worst known."""
    bodies = [line.body.encode(errors="replace").decode() for _, line in worst[:_BESIDE]]
    return {
        "the slowest of these": await waited(bodies),
        "the worst found before": await waited(longest_lines()),
    }


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """In Markdown, numbers in thousandths where they are seconds."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in lines)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def _shown(line: Long) -> str:
    told = str(line).replace("|", "\\|").replace("\n", " ")
    return told if len(told) <= _SHOWN else f"{told[:_SHOWN]}…"


def tell(each: int) -> None:
    """Measure and print; what is told first is what was measured first."""
    print(*(f"{name}: {value}" for name, value in machine().items()), sep=", ")
    with structlog.testing.capture_logs():
        lines = asyncio.run(timed(longest(each)))
        worst = sorted(lines, key=_seconds, reverse=True)
        others = asyncio.run(beside(worst))
    print(f"\n{len(lines)} lines as long as may be, ms of processor:\n")
    slowest = ((family, _ms(took), _shown(line)) for family, (took, line) in
               by_family(lines).items())  # fmt: skip
    print(table(("family", "slowest", "line"), slowest))
    print()
    print(table(("worst", "line"), ((_ms(s), _shown(line)) for s, line in worst[:_WORST])))
    print("\nanother circle's command, ms of processor until it is answered:\n")
    rows = ((name, _ms(one.alone), _ms(one.beside), _ms(one.more)) for name, one in others.items())
    print(table((f"beside {_BESIDE} lines", "alone", "beside", "more"), rows))
    with tempfile.TemporaryDirectory(prefix="souci-waits-") as folder:
        took = asyncio.run(restored(Path(folder)))
    print(f"\n{ASKED} commands, one after the other, elapsed ms until each is answered:\n")
    figures = ((name, *map(_ms, (some[0], median(some), max(some)))) for name, some in took.items())
    print(table(("", "first", "median", "slowest"), figures))


if __name__ == "__main__":
    try:
        tell(int(sys.argv[1]) if sys.argv[1:] else _LINES)
    except BenchError as error:
        sys.exit(str(error))
