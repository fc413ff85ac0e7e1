"""Three of the longest lines, in three circles: a fourth circle hardly waits."""

import pytest
import structlog

from tests.fuzz.waiting import longest_lines, waited

pytestmark = pytest.mark.no_cover
MORE = 0.3
"""Seconds of processor: what others may wait more than alone."""


async def test_a_circle_waits_hardly_more_beside_three_of_the_longest_lines():
    with structlog.testing.capture_logs():
        told = await waited(longest_lines())
    assert told.more < MORE
