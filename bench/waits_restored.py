"""How fast a bot answers once it was put back from a backup: the parts of `bench.waits`.

Against the homeserver of `bench.alone`, which only pretends: what is measured is the bot.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import web

from bench.alone import Pretender
from bench.live_bots import SOUCI
from bench.live_process import ROOT, BenchError
from bot.demo.homeserver import Access

COMMANDS: Final = 10
_WARM: Final = 20
_ACCESS: Final = Access("@souci:localhost", "secret", "DEVICE", "token")
_ALICE: Final = "@alice:localhost"
_WITHIN: Final = 60.0


async def restored(folder: Path) -> Mapping[str, Sequence[float]]:
    """Seconds for each of some commands: before a backup, and from a start with and without it."""
    here, there = folder / "here", folder / "there"
    here.mkdir()
    there.mkdir()
    async with _pretending() as (pretender, url):
        before = await _from_a_start(pretender, url, here, _WARM)
        usual = await _from_a_start(pretender, url, here, 1)
        await asyncio.to_thread(_souci, "backup", here, folder / "backup.tar.gz")
        SOUCI.start(url, _ACCESS, there, _ALICE)  # writes its configuration
        await asyncio.to_thread(_souci, "restore", there, folder / "backup.tar.gz")
        after = await _from_a_start(pretender, url, there, 1)
    return {"before the backup": before, "after a usual start": usual, "after the restore": after}


async def _from_a_start(pretender: Pretender, url: str, folder: Path, skipped: int) -> list[float]:
    """From each line to the next, which is told once the first is answered."""
    pretender.again()
    took: list[float] = []
    async with SOUCI.start(url, _ACCESS, folder, _ALICE):
        await _wave(pretender, pretender.waves + skipped)
        for _ in range(COMMANDS):
            began = time.perf_counter()
            await _wave(pretender, pretender.waves + 1)
            took.append(time.perf_counter() - began)
    return took


@asynccontextmanager
async def _pretending() -> AsyncIterator[tuple[Pretender, str]]:
    pretender = Pretender(1)
    runner = web.AppRunner(pretender.application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield pretender, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _wave(pretender: Pretender, wave: int) -> None:
    try:
        async with asyncio.timeout(_WITHIN):
            while pretender.waves < wave:
                pretender.turned.clear()
                await pretender.turned.wait()
    except TimeoutError:
        raise BenchError(f"no answer to line {pretender.waves}") from None


def _souci(word: str, folder: Path, archive: Path) -> None:
    command = [sys.executable, "-m", "bot", word, "--config", str(folder / "config.yaml")]
    done = subprocess.run(
        [*command, str(archive)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchError(done.stderr.strip())
