"""A process under measure: started in a folder of its own, ended with us, looked at in /proc."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from bot.demo.homeserver import LAUNCHER

ROOT: Final = Path(__file__).parents[1]
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_READY_WITHIN: Final = 60.0
_STOPS_WITHIN: Final = 20.0
_PAUSE: Final = 0.05


class BenchError(RuntimeError):
    """The measure cannot go on; the text says why in one line."""


class Running:
    """A Python module in a process; entered, it has said that it is ready (the `ready` text)."""

    def __init__(
        self, name: str, folder: Path, arguments: Sequence[str], ready: str, python: str = ""
    ) -> None:
        self.name = name
        self._folder = folder
        self._arguments = [python or sys.executable, "-P", str(LAUNCHER), *arguments]
        self._ready = ready
        self._log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._arguments,
                cwd=self._folder,
                stdin=subprocess.PIPE,  # held open: its end ends the process
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                start_new_session=True,
            )
        try:
            await asyncio.wait_for(self._until_ready(self._process), _READY_WITHIN)
        except TimeoutError:
            await self._stop()
            raise BenchError(f"{self.name} is not ready: {self._last_words()}") from None
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._stop()

    @property
    def pid(self) -> int:
        """Of the running process."""
        if self._process is None or self._process.poll() is not None:
            raise BenchError(f"{self.name} has ended: {self._last_words()}")
        return self._process.pid

    def _last_words(self) -> str:
        return " ".join(self._log.read_text("utf-8", "replace").splitlines()[-3:])

    async def _until_ready(self, process: subprocess.Popen[bytes]) -> None:
        while self._ready not in self._log.read_text("utf-8", "replace"):
            if process.poll() is not None:
                raise BenchError(f"{self.name} ended as it started: {self._last_words()}")
            await asyncio.sleep(_PAUSE)

    async def _stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            await asyncio.to_thread(self._process.wait, _STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


def cpu_ms(pid: int) -> float:
    """Processor time that a process has used, all its threads together (by ticks of 10 ms)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / _TICKS


def resident_kib(pid: int) -> int:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1])
