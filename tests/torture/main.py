"""`make torture`: every fault, the table, and exit status 1 if any count is not 0."""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.torture.recount import Count
from tests.torture.rounds import FAULTS, Fault, play
from tests.torture.world import world

HEAD = ("fault", "rounds", "commands", "lost", "doubled", "replies lost", "replies doubled")
TAIL = ("out of order", "recovered in s")


def main() -> int:
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the full sizes")
    parser.add_argument("--only", help="faults whose name holds this")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    return asyncio.run(run(options))


async def run(options: argparse.Namespace) -> int:
    chance = random.Random(options.seed)
    well = True
    print(" | ".join((*HEAD, *TAIL)), flush=True)
    with tempfile.TemporaryDirectory(prefix="souci-torture-") as folder:
        async with world(Path(folder), plain=3, encrypted=1) as made:
            for fault in chosen(options.only):
                rounds = fault.full if options.full else fault.short
                count = await play(fault, made, rounds, chance)
                print(line(fault, rounds, count), flush=True)
                well = well and count.well
    return 0 if well else 1


def chosen(part: str | None) -> list[Fault]:
    return [fault for fault in FAULTS if part is None or part in fault.name]


def line(fault: Fault, rounds: int, count: Count) -> str:
    figures = (
        *(fault.name, rounds, count.commands, count.lost, count.doubled),
        *(count.replies_lost, count.replies_doubled, count.out_of_order, f"{count.seconds:.1f}"),
    )
    return " | ".join(map(str, figures))


if __name__ == "__main__":
    sys.exit(main())
