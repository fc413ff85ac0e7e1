"""`make torture`: every fault, the table, and exit status 1 if any count is not 0."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.recount import Count
from tests.torture.rounds import KILLS, NETWORK, Fault, play
from tests.torture.world import world

HEAD = ("fault", "rounds", "commands", "lost", "doubled", "replies lost", "replies doubled")
TAIL = ("out of order", "recovered in")


def main() -> int:
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=0, help="of each kind; 0: the short sizes")
    parser.add_argument("--only", help="faults whose name holds this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for what is made, kept at the end")
    options = parser.parse_args()
    if options.keep:
        return asyncio.run(run(options, options.keep))
    with tempfile.TemporaryDirectory(prefix="souci-torture-") as folder:
        return asyncio.run(run(options, Path(folder)))


async def run(options: argparse.Namespace, folder: Path) -> int:
    chance, begun, well = random.Random(options.seed), time.monotonic(), True
    print(" | ".join((*HEAD, *TAIL)), flush=True)
    async with world(folder, plain=3, encrypted=1) as made:
        for fault in chosen((*KILLS, *NETWORK), options.only):
            rounds = options.rounds or fault.short
            count = await play(fault, made, rounds, chance)
            print(line(fault.name, rounds, count), flush=True)
            well = well and count.well
    print(f"{time.monotonic() - begun:.0f} s", flush=True)
    return 0 if well else 1


def chosen(faults: tuple[Fault, ...], part: str | None) -> list[Fault]:
    return [fault for fault in faults if part is None or part in fault.name]


def line(name: str, rounds: int, count: Count) -> str:
    figures = (
        *(name, rounds, count.commands, count.lost, count.doubled),
        *(count.replies_lost, count.replies_doubled, count.out_of_order, f"{count.seconds:.1f} s"),
    )
    return "\n".join([" | ".join(map(str, figures)), *(f"  ! {one}" for one in count.faults)])


if __name__ == "__main__":
    sys.exit(main())
