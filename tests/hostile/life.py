"""A life: steps played one after the other until something does not hold; made short again."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Final

from tests.hostile.checks import Broken, Checks
from tests.hostile.playing import play
from tests.hostile.steps import Step
from tests.hostile.world import world

EVERYTHING: Final = 500
"""Steps after which all rows are looked at."""
AT_MOST: Final = 60
"""Seconds that a step may last before it is said to have no end."""
Fault = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Failure:
    """What did not hold, after which of these steps."""

    broken: tuple[Broken, ...]
    at: int
    steps: tuple[Step, ...]

    @property
    def names(self) -> set[str]:
        return {one.name for one in self.broken}

    def __str__(self) -> str:
        wrong = "\n".join(f"  {one.name}: {one.how[:600]}" for one in self.broken[:6])
        lines = "\n".join(f"  {step}" for step in self.steps[max(0, self.at - 40) : self.at + 1])
        return f"{wrong}\nat step {self.at}, the last steps:\n{lines}"


async def live(steps: Sequence[Step], fault: Fault = nullcontext) -> Failure | None:
    """Play these steps in a new world; the first thing that does not hold, if any."""
    async with world() as made:
        checks = Checks(made)
        with fault():
            for at, step in enumerate(steps):
                try:
                    with _ending():
                        happened = await play(made, step)
                except _EndlessError:
                    return Failure((Broken("slow", f"without end: {step}"),), at, tuple(steps))
                broken = await checks.after(happened) if happened else []
                if at % EVERYTHING == EVERYTHING - 1 or at == len(steps) - 1:
                    broken += await checks.everything()
                if broken:
                    return Failure(tuple(broken), at, tuple(steps))
    return None


class _EndlessError(BaseException):
    """Raised into what goes on and on: nothing that is attacked takes it for a fault of its own."""


@contextmanager
def _ending() -> Iterator[None]:
    """What does not end is ended, also where it never lets others run."""

    def stop(*_: object) -> None:
        raise _EndlessError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(AT_MOST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


async def shrunk(failure: Failure, fault: Fault = nullcontext, *, seconds: float = 90) -> Failure:
    """The same failure by fewer steps: parts are left out while it still fails, for so long."""
    until = time.monotonic() + seconds
    least, size = _cut(failure), max(1, failure.at // 2)
    while size and time.monotonic() < until:
        begin = 0
        while begin < least.at and time.monotonic() < until:
            kept = (*least.steps[:begin], *least.steps[begin + size : least.at + 1])
            again = await live(kept, fault)
            if again is not None and again.names & failure.names and again.at < least.at:
                least = _cut(again)
            else:
                begin += size
        size //= 2
    return least


def _cut(failure: Failure) -> Failure:
    return Failure(failure.broken, failure.at, failure.steps[: failure.at + 1])
