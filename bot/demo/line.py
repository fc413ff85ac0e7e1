"""The line being typed: keys in, whole lines out. Knows nothing of any screen."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from rich.cells import cell_len

END: Final = "\x04"
"""What `feed` gives when the end of input is typed (Ctrl-D on an empty line)."""

# one key: an escape sequence as terminals send them, or one character
_KEY: Final = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?|.", re.DOTALL)
_ENTER: Final = ("\r", "\n")


class LineEditor:
    """A line with its cursor (in characters), and those that were entered before."""

    def __init__(self) -> None:
        self.text = ""
        self.cursor = 0
        self._entered: list[str] = []
        self._place = 0
        self._keys = self._bindings()

    def feed(self, keys: str) -> Iterator[str]:
        """Types these keys; gives each line that they enter, and `END`."""
        for key in _KEY.findall(keys):
            if key in _ENTER:
                yield self._enter()
            elif key == END and not self.text:
                yield END
            elif action := self._keys.get(key):
                action()
            elif key.isprintable():
                self._insert(key)

    def clear(self) -> None:
        """Forgets what is being typed, not what was entered."""
        self._show("")

    def _bindings(self) -> Mapping[str, Callable[[], None]]:
        bound = {
            self._back: ("\x7f", "\x08"),
            self._delete: ("\x1b[3~", END),
            self._left: ("\x1b[D", "\x1bOD", "\x02"),
            self._right: ("\x1b[C", "\x1bOC", "\x06"),
            self._home: ("\x1b[H", "\x1bOH", "\x1b[1~", "\x01"),
            self._end: ("\x1b[F", "\x1bOF", "\x1b[4~", "\x05"),
            self._older: ("\x1b[A", "\x1bOA", "\x10"),
            self._newer: ("\x1b[B", "\x1bOB", "\x0e"),
            self._erase_before: ("\x15",),
            self._erase_after: ("\x0b",),
            self._erase_word: ("\x17",),
        }
        return {key: action for action, keys in bound.items() for key in keys}

    def _enter(self) -> str:
        line = self.text
        if line.strip() and self._entered[-1:] != [line]:
            self._entered.append(line)
        self._place = len(self._entered)
        self._show("")
        return line

    def _insert(self, char: str) -> None:
        self._replace(self.cursor, self.cursor, char)

    def _replace(self, start: int, end: int, by: str = "") -> None:
        self.text = self.text[:start] + by + self.text[end:]
        self.cursor = start + len(by)

    def _show(self, text: str) -> None:
        self.text, self.cursor = text, len(text)

    def _back(self) -> None:
        self._replace(self._before(), self.cursor)

    def _delete(self) -> None:
        self._replace(self.cursor, self._after())

    def _left(self) -> None:
        self.cursor = self._before()

    def _right(self) -> None:
        self.cursor = self._after()

    def _home(self) -> None:
        self.cursor = 0

    def _end(self) -> None:
        self.cursor = len(self.text)

    def _erase_before(self) -> None:
        self._replace(0, self.cursor)

    def _erase_after(self) -> None:
        self._replace(self.cursor, len(self.text))

    def _erase_word(self) -> None:
        before = self.text[: self.cursor].rstrip()
        self._replace(before.rfind(" ") + 1, self.cursor)

    def _older(self) -> None:
        self._recall(self._place - 1)

    def _newer(self) -> None:
        self._recall(self._place + 1)

    def _recall(self, place: int) -> None:
        if 0 <= place <= len(self._entered):
            self._place = place
            self._show([*self._entered, ""][place])

    def _before(self) -> int:
        """The cursor one sign back: what has no width (accents, variants) goes with its sign."""
        place = self.cursor - 1
        while place > 0 and not cell_len(self.text[place]):
            place -= 1
        return max(place, 0)

    def _after(self) -> int:
        place = self.cursor + 1
        while place < len(self.text) and not cell_len(self.text[place]):
            place += 1
        return min(place, len(self.text))
