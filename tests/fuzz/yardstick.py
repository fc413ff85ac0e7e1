"""A second of processor, whatever else the machine does: fixed work, timed beside the rest.

Two processes on two shared cores, and a second of processor does half of what it did before: what
is measured is told in seconds of a machine that has nothing else to do.
"""

import time
from typing import Final

_TURNS: Final = 50_000
_USUAL: Final = 0.0035
"""Seconds that the work takes on the machine of docs/performance.md, left alone."""


def usual(seconds: float) -> float:
    """What a duration, just measured, would have been on that machine: never more."""
    return seconds / max(1.0, _work() / _USUAL)


def _work() -> float:
    began, total = time.process_time(), 0
    for turn in range(_TURNS):
        total += turn * turn % 7
    return time.process_time() - began
