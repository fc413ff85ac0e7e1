"""Fifty thousand lines: always an answer, never a fault, and a refusal changes nothing."""

import random

import structlog

from tests.fuzz.grammar import line
from tests.fuzz.hammer import Hammer, hammer

LINES = 50_000
A_BATCH = 250


async def thrown(made: Hammer, chance: random.Random) -> tuple[int, list[str], float]:
    """How many lines of a batch were thrown, what was wrong with some, and the slowest (s)."""
    wrong, slowest = [], 0.0
    async with made.batch():
        for _ in range(A_BATCH):
            event = made.message(chance, line(chance))
            outcome = await made.throw(event)
            slowest = max(slowest, outcome.seconds)
            if outcome.fault:
                wrong.append(f"{outcome.fault}: {event!r} {outcome.keys}")
    return A_BATCH, wrong, slowest


async def test_any_of_very_many_lines_is_answered_and_no_refusal_changes_anything(capsys):
    chance, count, wrong, slowest = random.Random(20261122), 0, [], 0.0
    with structlog.testing.capture_logs():
        async with hammer() as made:
            while count < LINES and len(wrong) < 10:
                more, faults, longest = await thrown(made, chance)
                count, wrong, slowest = count + more, wrong + faults, max(slowest, longest)
    with capsys.disabled():
        print(f"\n{count} lines, the slowest in {slowest * 1000:.0f} ms of CPU")  # noqa: T201
    assert wrong == []
    assert count >= LINES
    assert slowest < 1.0  # of CPU: what the machine does beside is not ours
