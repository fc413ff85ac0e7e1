"""The governance of a circle on one picture: its places, its people, its workstreams, its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.drawing import (
    BRIGHT,
    DOTTED,
    FAINT,
    PALE,
    WIDTH,
    Chart,
    Style,
    box,
    finish,
    panel,
    sheet,
    write,
)
from reports.lettering import fitted, width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS: Final = 64
_MARGIN: Final = 14
_INNER: Final = WIDTH - 2 * _MARGIN
_HEAD: Final = 58
_TITLE: Final = 26
_LINE: Final = 20
_GAP: Final = 16
_BAND: Final = 8
_TEXT: Final = 12.5
_NOTE: Final = 11
_ROOM: Final = _INNER - _BAND - 18
_BESIDE: Final = 10
_MOST_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A thing of the circle, and what is noted of it (a term, since when)."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What the circle has of a kind; `lines` empty: `nothing` is said."""

    title: str
    lines: tuple[SheetLine, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class GovernanceSheet:
    """A circle's name, what it is, its blocks."""

    title: str
    about: str
    blocks: tuple[Block, ...]


def sheet_picture(told: GovernanceSheet) -> Chart:
    """Blocks under each other, as high as what they hold."""
    heights = [_height(block) for block in told.blocks]
    figure = sheet(_HEAD + sum(heights) + _MARGIN)
    head = panel(figure, 0, _HEAD)
    title, size = fitted(told.title, _INNER, 18, smallest=13, bold=True)
    write(head, _MARGIN, 20, title, size=size, bold=True)
    about, size = fitted(told.about, _INNER, 12, smallest=9)
    write(head, _MARGIN, 42, about, size=size, color=FAINT)
    top = _HEAD
    for place, (block, height) in enumerate(zip(told.blocks, heights, strict=True)):
        _block(panel(figure, top, height), block, (BRIGHT, DOTTED)[place % 2], height)
        top += height
    return finish(figure, _COLOURS)


def _told(block: Block) -> Sequence[SheetLine]:
    """Its lines, long ones over several."""
    lines: list[SheetLine] = []
    for line in block.lines or (SheetLine(block.nothing),):
        *first, last = wrapped(line.text, _ROOM, _TEXT, most=_MOST_LINES)
        lines += [SheetLine(part) for part in first]
        beside = not line.note or width(last, _TEXT) + _BESIDE + width(line.note, _NOTE) <= _ROOM
        lines += (
            [SheetLine(last, line.note)] if beside else [SheetLine(last), SheetLine("", line.note)]
        )
    return lines


def _height(block: Block) -> int:
    return _TITLE + _LINE * len(_told(block)) + _GAP


def _block(axes: "Axes", block: Block, look: Style, height: int) -> None:
    box(axes, _MARGIN, 0, _INNER, height - _GAP / 2, PALE)
    box(axes, _MARGIN, 0, _BAND, height - _GAP / 2, look)
    left = _MARGIN + _BAND + 10
    write(axes, left, 16, block.title, size=13, bold=True)
    for place, line in enumerate(_told(block)):
        y = _TITLE + _LINE * place + _LINE / 2
        write(axes, left, y, line.text, size=_TEXT)
        write(axes, WIDTH - _MARGIN - 8, y, line.note, size=_NOTE, color=FAINT, ha="right")
