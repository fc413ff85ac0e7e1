"""A circle of four people that votes."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.chat.ballot_box import CIRCLE, BallotBox
from tests.chat.scene import scene


@pytest_asyncio.fixture
async def box() -> AsyncIterator[BallotBox]:
    """alice, its steward, and bob, carole and dany, on Monday 23 November 2026 at nine."""
    async with scene() as made:
        box = BallotBox(made)
        await box.play(*CIRCLE)
        yield box
