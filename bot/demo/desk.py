"""Where the demonstration speaks, and where lines come from: nobody, a pipe, or a terminal."""

import asyncio
import sys
from contextlib import suppress
from threading import Thread
from typing import Self

from rich.console import Console
from rich.text import Text


class Desk:
    """Nobody types here. `lines` are those entered, None at the end of input."""

    def __init__(self, console: Console) -> None:
        self.lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Puts everything back as it was."""

    def prompt(self, prompt: Text | None) -> None:
        """Asks for lines with these words from now on; None: asks no more."""

    def above(self, text: Text) -> None:
        """Prints above the line being typed."""
        self._console.print(text)


class Pipe(Desk):
    """Lines of a pipe or a file, one by one."""

    def __enter__(self) -> Self:
        loop = asyncio.get_running_loop()
        # a thread that nobody waits for: a read under way cannot be given up
        Thread(target=self._read, args=(loop,), daemon=True).start()
        return self

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):  # the loop ended first
            for line in sys.stdin:
                loop.call_soon_threadsafe(self.lines.put_nowait, line.rstrip("\n"))
            loop.call_soon_threadsafe(self.lines.put_nowait, None)
