"""Hostile rooms as a program: `python -m tests.hostile.main --steps 50000 --seed 1`.

Each process lives lives of some hundred steps, each from its own seed; what does not hold is told
with the seed, the steps made few again, and the program ends with 1.
"""

import argparse
import asyncio
import sys
import time
from multiprocessing import get_context
from typing import Final

from tests.hostile.drawing import life
from tests.hostile.life import Failure, live, shrunk

A_LIFE: Final = 500
_MOST_TOLD: Final = 5


def main() -> int:
    asked = _asked()
    seeds = range(asked.seed, asked.seed + -(-asked.steps // A_LIFE))
    began, done, failed = time.monotonic(), 0, 0
    until = began + asked.minutes * 60
    with get_context("spawn").Pool(asked.processes) as pool:
        for seed, told in pool.imap_unordered(lived, seeds):
            done += A_LIFE
            if told:
                failed += 1
                shown = told.encode("utf-8", "backslashreplace").decode()  # lone surrogates, say
                sys.stdout.write(f"seed {seed}: {shown}\n\n")
            _progress(done, time.monotonic() - began, failed)
            if time.monotonic() > until or failed >= _MOST_TOLD:
                pool.terminate()
                break
    return 1 if failed else 0


def _progress(done: int, seconds: float, failed: int) -> None:
    rate = done / max(seconds, 0.001)
    sys.stdout.write(f"{done} steps, {rate:.0f} a second, {failed} lives that failed\n")
    sys.stdout.flush()


def lived(seed: int) -> tuple[int, str]:
    """The life of a seed; what failed in it, told."""
    failure = asyncio.run(_life(seed))
    return seed, str(failure) if failure else ""


async def _life(seed: int) -> Failure | None:
    failure = await live(tuple(life(seed, A_LIFE)))
    return await shrunk(failure) if failure else None


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=30, help="at most")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
