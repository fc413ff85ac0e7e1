"""Faults put into the program on purpose are found: the fuzzer would see them come."""

import os

import pytest

from tests.hostile.drawing import life
from tests.hostile.faults import FOUND_AS, put_in
from tests.hostile.life import live, shrunk

pytestmark = pytest.mark.no_cover  # what is covered is not the question, and costs half the time
A_LIFE = 500
LIVES = 12
"""Each fault is found within so many lives; most within the first."""
SOON = ("a right unchecked", "an edit repeated")
WHOLE = "HOSTILE" in os.environ
"""Set by `make hostile`: all faults are put in, the ones that come rarely too."""


@pytest.mark.parametrize("fault", FOUND_AS if WHOLE else SOON)
async def test_a_fault_put_in_on_purpose_is_found(fault):
    for seed in range(1, LIVES + 1):
        failure = await live(tuple(life(seed, A_LIFE)), put_in(fault))
        if failure is not None:
            assert FOUND_AS[fault] in failure.names, str(failure)
            return
    pytest.fail(f"{fault} was not found in {LIVES * A_LIFE} steps")


@pytest.mark.hostile
async def test_a_failure_is_told_with_few_steps_and_lines_of_the_console():
    fault = put_in("a right unchecked")
    failure = await live(tuple(life(1, A_LIFE)), fault)
    assert failure is not None
    least = await shrunk(failure, fault, seconds=40)
    assert least.names & failure.names
    assert len(least.steps) <= max(3, failure.at // 2)
    assert "> !" in str(least)
