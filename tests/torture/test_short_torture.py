"""A short torture: at least ten kills, bad weather, an absence. `make torture` does it all."""

import random

import pytest

from tests.torture.absence import away
from tests.torture.ballots import BALLOTS
from tests.torture.hurt import POINTS
from tests.torture.network import WEATHER
from tests.torture.questions import QUESTIONS
from tests.torture.rounds import Fault, killed_at, killed_at_random, play
from tests.torture.world import world

pytestmark = pytest.mark.matrix

FAULTS = (
    (Fault("kill -9 at random", killed_at_random, 1, 1), 5),
    *((Fault(f"kill -9 {point}", killed_at(point), 1, 1), 1) for point in POINTS),
    (away(20), 1),
    (WEATHER[0], 1),
    *((fault, 1) for fault in (*BALLOTS, *QUESTIONS)),
)


@pytest.mark.usefixtures("synapse_installed")
async def test_nothing_is_lost_and_nothing_is_done_twice(tmp_path):
    chance = random.Random(2)
    async with world(tmp_path / "world", plain=1, encrypted=1) as made:
        for fault, rounds in FAULTS:
            count = await play(fault, made, rounds, chance)
            assert count.well, (fault.name, count)
