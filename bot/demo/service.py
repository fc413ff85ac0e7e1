"""The real bot in a process of its own, from a configuration file, as an operator starts it."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from bot.demo.errors import DemoError
from bot.demo.homeserver import LAUNCHER

_READY: Final = b'"ready"'
_READY_WITHIN: Final = 60.0
_STOPS_WITHIN: Final = 20.0
_LONGEST_LINE: Final = 1 << 20
_ROOT: Final = Path(__file__).parents[2]


class Service:
    """`souci run` on this configuration; `ended` is told should it end before it is stopped.

    Writes config.yaml into `folder`, and what the bot logs into souci.log. Entered, it is ready.
    """

    def __init__(
        self, folder: Path, configuration: dict[str, object], ended: Callable[[Exception], None]
    ) -> None:
        self._config = folder / "config.yaml"
        self._log = folder / "souci.log"
        self._configuration = configuration
        self._ended = ended
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._stopping = False

    async def __aenter__(self) -> Self:
        self._config.write_text(json.dumps(self._configuration, indent=2))  # JSON is YAML
        self._config.chmod(0o600)
        try:
            await self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._stop()

    async def _start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", str(LAUNCHER), "bot", "run", "--config", str(self._config)),
            stdin=PIPE,  # held open: its end ends the bot
            stdout=PIPE,
            stderr=STDOUT,
            limit=_LONGEST_LINE,
            start_new_session=True,  # Ctrl-C is for us: people leave before their bot
            env=os.environ | {"PYTHONPATH": str(_ROOT)},
        )
        self._reading = asyncio.create_task(self._read(self._process), name="log of the bot")
        try:
            await asyncio.wait_for(self._ready.wait(), _READY_WITHIN)
        except TimeoutError:
            raise DemoError(f"the bot is not ready within {_READY_WITHIN:g} s") from None
        status = self._process.returncode
        if status is not None:
            raise DemoError(f"the bot ended as it started: {self._reason(status)}")

    async def _read(self, process: Process) -> None:
        """Copies what it says into a file, to its end; ready once it says so, or never will be."""
        if process.stdout is not None:
            with self._log.open("wb", buffering=0) as log:
                async for line in process.stdout:
                    log.write(line)
                    if _READY in line:
                        self._ready.set()
        await process.wait()
        self._ready.set()
        if not self._stopping:
            self._ended(DemoError(f"the bot ended: {self._reason(process.returncode)}"))

    def _reason(self, status: int | None) -> str:
        """What it said last, where that is no line of its log."""
        lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines and lines[-1][:1] != "{" else f"status {status}"

    async def _stop(self) -> None:
        """Asks it to finish what it began, and waits for its end."""
        self._stopping = True
        if self._process is None or self._reading is None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        await asyncio.wait([self._reading], timeout=_STOPS_WITHIN)
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._reading
