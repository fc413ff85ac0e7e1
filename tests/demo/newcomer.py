"""A newcomer at a terminal: starts the demonstration there, reads, types, presses Ctrl-C."""

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

import pytest

ROOT = Path(__file__).parents[2]
WITHIN = 90.0  # seconds, only reached when something is broken
CTRL_C = "\x03"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ROWS, COLUMNS = 35, 100
AT_ONCE = 65536
# The terminal becomes the one that Ctrl-C speaks through, then the program takes this one's place.
AT_THE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class Newcomer:
    """`with Newcomer(folder) as newcomer`: the demonstration runs, everything of it in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._screen, self._terminal = pty.openpty()
        termios.tcsetwinsize(self._terminal, (ROWS, COLUMNS))
        self._read = ""
        command = ["-m", "bot", "demo", "--folder", str(folder)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", AT_THE_TERMINAL, *command],
            cwd=ROOT,
            stdin=self._terminal,
            stdout=self._terminal,
            stderr=self._terminal,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with self._process as process:
            process.kill()
        os.close(self._screen)
        os.close(self._terminal)

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, as it did before."""
        return bool(termios.tcgetattr(self._terminal)[3] & termios.ECHO)

    def types(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def reads(self, wanted: str) -> None:
        """Waits for words that were not read yet."""
        deadline = time.monotonic() + WITHIN
        while wanted not in self._read:
            ready, _, _ = select.select([self._screen], [], [], 0.5)
            if ready:
                self._read += ESCAPES.sub(
                    "", os.read(self._screen, AT_ONCE).decode("utf-8", "replace")
                )
            elif time.monotonic() > deadline or self._process.poll() is not None:
                pytest.fail(f"“{wanted}” was never shown, but:\n{self._read[-3000:]}")
        self._read = self._read.partition(wanted)[2]

    def waits_for_the_end(self) -> int:
        """The exit status."""
        while self._process.poll() is None:
            ready, _, _ = select.select([self._screen], [], [], 0.1)
            if ready:
                os.read(self._screen, AT_ONCE)
        return self._process.returncode
