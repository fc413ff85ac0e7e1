"""Any text at all, in any script: what hypothesis finds, cut down to the least that fails."""

import asyncio
import random

import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.hammer import hammer

HEADS = st.sampled_from(
    ["!", "", "!action ", "!contribution 1h ", "!vote ", "!réunion ", "!budget "]
)
LINES = st.tuples(HEADS, st.text(max_size=60)).map("".join)


async def faults_of(lines: list[str]) -> list[tuple[str | None, str]]:
    async with hammer() as made:
        thrown = [(made.message(random.Random(0), one), one) for one in lines]
        return [((await made.throw(event)).fault, line) for event, line in thrown]


@given(st.lists(LINES, min_size=20, max_size=60))
@settings(deadline=None, max_examples=6)
def test_any_text_is_answered_where_it_must_be_and_makes_no_fault(lines):
    with structlog.testing.capture_logs():
        found = asyncio.run(faults_of(lines))
    assert [one for one in found if one[0]] == []
