"""A terminal where one types at the bottom while things are said above."""

import asyncio
import codecs
import os
import signal
import sys
import termios
from dataclasses import dataclass
from typing import Any, Final, Self

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.demo.desk import Desk
from bot.demo.line import END, LineEditor

_LOCAL_FLAGS: Final = 3
_CONTROLS: Final = 6
_DISABLED: Final = b"\x00"
_READ: Final = 4096


class Terminal(Desk):
    """Reads keys without echo while it is entered; shows them once there is a prompt.

    Without prompt, only the key Enter is told. Runs in the event loop; Ctrl-C stays a signal.
    """

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._line = LineEditor()
        self._prompt: Text | None = None
        self._row = 0
        self._descriptor = sys.stdin.fileno()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._before: list[Any] = []

    def __enter__(self) -> Self:
        self._before = termios.tcgetattr(self._descriptor)
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, _raw(self._before))
        loop = asyncio.get_running_loop()
        loop.add_reader(self._descriptor, self._read)
        loop.add_signal_handler(signal.SIGWINCH, self._redraw)
        return self

    def __exit__(self, *_error: object) -> None:
        self.prompt(None)
        loop = asyncio.get_running_loop()
        loop.remove_signal_handler(signal.SIGWINCH)
        loop.remove_reader(self._descriptor)
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

    def prompt(self, prompt: Text | None) -> None:
        self._erase()
        if prompt is None or self._prompt is None:
            self._line.clear()
        self._prompt = prompt
        self._draw()

    def above(self, text: Text) -> None:
        self._erase()
        self._console.print(text)
        self._draw()

    def _read(self) -> None:
        try:
            read = os.read(self._descriptor, _READ)
        except OSError:  # the terminal is gone
            read = b""
        if not read:
            asyncio.get_running_loop().remove_reader(self._descriptor)
            self.lines.put_nowait(None)
            return
        self._type(self._decoder.decode(read))

    def _type(self, keys: str) -> None:
        self._erase()
        for line in self._line.feed(keys):
            self._enter(line)
        self._draw()

    def _enter(self, line: str) -> None:
        if self._prompt is not None:
            self.lines.put_nowait(None if line == END else line)
        elif line != END:
            self.lines.put_nowait("")

    def _redraw(self) -> None:
        self._erase()
        self._draw()

    def _erase(self) -> None:
        """Clears what was typed, from its first row on."""
        if self._prompt is not None:
            up = f"\x1b[{self._row}A" if self._row else ""
            self._write(f"\r{up}\x1b[J")
        self._row = 0

    def _draw(self) -> None:
        """Writes the prompt and the line, and puts the cursor in its place, wherever it folds."""
        if self._prompt is None:
            return
        width = self._console.width
        before = self._prompt.plain + self._line.text[: self._line.cursor]
        at, end = _place(before, width), _place(self._prompt.plain + self._line.text, width)
        with self._console.capture() as styled:
            self._console.print(self._prompt, end="", soft_wrap=True)
        # a full row leaves the cursor on it: one more line puts it where the next sign would go
        self._write(styled.get() + self._line.text + ("" if end.column else "\n"))
        self._row = at.row
        up = f"\x1b[{end.row - at.row}A" if end.row > at.row else ""
        self._write(f"\r{up}" + (f"\x1b[{at.column}C" if at.column else ""))

    def _write(self, words: str) -> None:
        self._console.file.write(words)
        self._console.file.flush()


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    column: int


def _place(text: str, width: int) -> _Place:
    """Where the cursor stands after a text that a terminal of this width folds."""
    row = column = 0
    for char in text:
        cells = cell_len(char)
        if column + cells > width:
            row, column = row + 1, 0
        column += cells
    return _Place(row + 1, 0) if column == width else _Place(row, column)


def _raw(attributes: list[Any]) -> list[Any]:
    """Keys one by one, without echo; Ctrl-C is still a signal, but nothing suspends us."""
    changed = [*attributes]
    changed[_LOCAL_FLAGS] &= ~(termios.ECHO | termios.ICANON)
    controls = [*attributes[_CONTROLS]]
    controls[termios.VMIN], controls[termios.VTIME] = 1, 0
    controls[termios.VSUSP] = controls[termios.VQUIT] = _DISABLED
    changed[_CONTROLS] = controls
    return changed
