"""Half a gigabyte of receipts, fetched and sent as archives: the memory stays what it was."""

import asyncio
import json
import sys
from pathlib import Path

from tests.shell.media_server import serving

ROOT = Path(__file__).parents[2]
COUNT, SIZE = 50, 10_000_000
MOST_MIB = 200


async def test_half_a_gigabyte_passes_through_little_memory(tmp_path):
    async with serving() as (media, _):
        media.files = {str(number): SIZE + -number for number in range(COUNT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.shell.heavy_receipts", media.url, str(tmp_path), str(COUNT)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
    assert process.returncode == 0
    took = json.loads(told.splitlines()[-1])
    print(f"500 MB of receipts, fetched and sent: {took}")  # noqa: T201
    assert took["kept"] == COUNT
    assert len(media.received) == took["archives"] == 18
    assert max(media.received) <= 40_000_000
    assert sum(media.received) > sum(media.files.values())
    assert took["mib"] <= MOST_MIB
