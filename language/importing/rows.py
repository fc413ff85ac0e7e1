"""The rows of a CSV, and of each cell whether it stood between quotes (RFC 4180)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LINE_END: Final = r"\r\n|\r|\n"
_LINE_ENDS: Final = re.compile(_LINE_END)
_DECLARED: Final = re.compile(rf'"?sep=([;,\t|])"?(?:{_LINE_END}|\Z)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; `quoted`: between quotes; `broken`: quotes that nothing closes."""

    text: str
    quoted: bool = False
    broken: bool = False


Row = tuple[int, tuple[Cell, ...]]
"""The line at which it begins, as a spreadsheet numbers it, and its cells."""


def declared(text: str) -> tuple[str | None, str]:
    """What `sep=` on the first line says stands between cells; the text with that line empty."""
    found = _DECLARED.match(text)
    return (found[1], "\n" + text[found.end() :]) if found else (None, text)


def rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows, empty ones too. Nothing can be told apart after broken quotes: they are last."""
    pattern, at, line, first = _cell(delimiter), 0, 1, 1
    cells: list[Cell] = []
    while found := pattern.match(text, at):
        cells.append(_read(found))
        at, line = found.end(), line + len(_LINE_ENDS.findall(found[0]))
        if found["end"] == delimiter:
            continue
        yield first, tuple(cells)
        if not found["end"]:
            return
        cells, first = [], line
    yield first, (*cells, Cell(text[at:].splitlines()[0].strip(), broken=True))


def _read(found: re.Match[str]) -> Cell:
    quoted = found["quoted"]
    return Cell(found["bare"]) if quoted is None else Cell(quoted.replace('""', '"'), quoted=True)


def _cell(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    quoted = r' *"(?P<quoted>(?:[^"]+|"")*+)" *'
    bare = rf'(?! *")(?P<bare>[^{mark}\r\n]*)'
    return re.compile(rf"(?:{quoted}|{bare})(?P<end>{mark}|{_LINE_END}|\Z)")
