"""How long `souci run` takes from its start to its first sync request, on a filled database.

A stub of a homeserver on loopback answers what a start asks, and notes when it is first synced.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from aiohttp import web

from bench.scale_size import BOT

ROOT = Path(__file__).parents[1]
STARTS = 5
PATIENCE = 120.0
_DEVICE = "BENCH"


class Stub:
    """As much of a homeserver as a start needs. `synced` is set by the first sync request."""

    def __init__(self) -> None:
        self.synced = asyncio.Event()
        self.at = 0.0
        self._keys: dict[str, Any] = {}
        self._signing: dict[str, Any] = {}

    async def answer(self, request: web.Request) -> web.Response:
        """Whatever is asked for."""
        end = request.path.removeprefix("/_matrix/client/").partition("/")[2]
        body = await request.json() if request.can_read_body else {}
        return web.json_response(await self._told(end, body))

    async def _told(self, end: str, body: dict[str, Any]) -> dict[str, Any]:
        match end:
            case "login":
                return {"user_id": BOT, "device_id": _DEVICE, "access_token": "secret"}
            case "account/whoami":
                return {"user_id": BOT, "device_id": _DEVICE}
            case "keys/upload":
                self._keys |= body.get("device_keys") or {}
                return {"one_time_key_counts": {"signed_curve25519": 50}}
            case "keys/device_signing/upload":
                self._signing |= body
            case "keys/signatures/upload":
                self._keys |= body[BOT][_DEVICE]
            case "keys/query":
                return self._shown()
            case "sync":
                return await self._sync()
        return {}

    def _shown(self) -> dict[str, Any]:
        named = {"master_key": "master_keys", "self_signing_key": "self_signing_keys"}
        shown = {named[kind]: {BOT: key} for kind, key in self._signing.items() if kind in named}
        return {"device_keys": {BOT: {_DEVICE: self._keys} if self._keys else {}}, **shown}

    async def _sync(self) -> dict[str, Any]:
        if self.synced.is_set():
            await asyncio.sleep(5)
        else:
            self.at = time.perf_counter()
            self.synced.set()
        return {"next_batch": "s1", "device_one_time_keys_count": {"signed_curve25519": 50}}


@asynccontextmanager
async def _served(stub: Stub) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", stub.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def measure(url: str, starts: int = STARTS) -> dict[str, float]:
    """Seconds: the first start, which makes keys and migrates the database, then the others."""
    stub = Stub()
    with tempfile.TemporaryDirectory(prefix="souci-start-") as folder:
        async with _served(stub) as home:
            config = Path(folder) / "config.yaml"
            config.write_text(json.dumps(_config(home, url)))
            times = [await _start(config, stub) for _ in range(1 + starts)]
    first, *others = times
    elapsed = [wall for wall, _ in others]
    return {
        "first": round(first[0], 2),
        "median": round(median(elapsed), 2),
        "slowest": round(max(elapsed), 2),
        "cpu": round(median(cpu for _, cpu in others), 2),
    }


def _config(home: str, url: str) -> dict[str, Any]:
    account = {"homeserver": home, "user_id": BOT, "password": "secret"}
    return {"matrix": account, "state_dir": "state", "database": url}


async def _start(config: Path, stub: Stub) -> tuple[float, float]:
    """Seconds until the first sync: elapsed, and of the bot's processor time."""
    stub.synced.clear()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        await asyncio.wait_for(stub.synced.wait(), PATIENCE)
        return stub.at - begun, _cpu_of(process.pid)
    finally:
        process.terminate()
        await process.wait()


def _cpu_of(pid: int) -> float:
    """The processor time of a process so far, its own and the system's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--starts", type=int, default=STARTS)
    options = parser.parse_args()
    json.dump(asyncio.run(measure(options.url, options.starts)), sys.stdout)


if __name__ == "__main__":
    main()
