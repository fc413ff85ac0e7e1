"""Long steps as they go: a moving line on a terminal, then a line with a tick and its seconds."""

import time
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.text import Text

from bot.demo.environment import LongStep
from bot.demo.words import DemoWords
from speech.typography import FIXED

_BAR: Final = 20


class Steps:
    """Told of each step, possibly from another thread."""

    def __init__(self, console: Console, words: DemoWords) -> None:
        self._console = console
        self._words = words
        self._key: str | None = None
        self._since = 0.0
        self._moving: Progress | None = None
        self._task = TaskID(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._still()

    def __call__(self, step: LongStep) -> None:
        if step.key != self._key:
            self._begin(step)
        if self._moving is not None:
            self._moving.update(self._task, completed=step.done)
        if step.done == step.total:
            self._finish(step)

    def _begin(self, step: LongStep) -> None:
        self._still()
        self._key = step.key
        self._since = time.monotonic()
        name = self._words.say(step.key).plain
        if not self._console.is_terminal:
            self._console.print(f"… {name}", markup=False)
            return
        counted = step.total > 1
        counter = (BarColumn(_BAR), MofNCompleteColumn()) if counted else ()
        shape = (SpinnerColumn(), TextColumn("{task.description}", markup=False), *counter)
        self._moving = Progress(*shape, console=self._console, transient=True)
        self._task = self._moving.add_task(name, total=step.total if counted else None)
        self._moving.start()

    def _finish(self, step: LongStep) -> None:
        self._still()
        self._key = None
        told = Text("✓ ", style="green").append_text(self._words.say(step.key))
        seconds = round(time.monotonic() - self._since)
        self._console.print(told.append(f"  {seconds}{FIXED}s", style="dim"))

    def _still(self) -> None:
        if self._moving is not None:
            self._moving.stop()
            self._moving = None
