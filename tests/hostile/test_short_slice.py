"""A short slice of the hostile rooms; `make hostile` lives much longer."""

import pytest

from tests.hostile.drawing import life
from tests.hostile.life import live, shrunk

pytestmark = pytest.mark.no_cover  # what is covered is not the question, and costs half the time
A_LIFE = 500


@pytest.mark.parametrize("seed", [1, 2, 3], ids=lambda seed: f"{A_LIFE} steps from seed {seed}")
async def test_whatever_is_done_in_hostile_rooms_what_must_hold_holds(seed):
    failure = await live(tuple(life(seed, A_LIFE)))
    if failure is not None:
        pytest.fail(f"seed {seed}: {await shrunk(failure)}")
