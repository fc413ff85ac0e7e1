"""What pictures with bars are made of: a head, a label over a bar, its pieces, a legend."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reports.drawing import FAINT, INK, WIDTH, ChartPart, Style, box, points, write
from reports.lettering import fitted, width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARGIN: Final = 14
INNER: Final = WIDTH - 2 * MARGIN
LEGEND_ROW: Final = 22
LINE: Final = 17
_TITLE: Final = 16
_TITLE_LINE: Final = 21
_TEXT: Final = 13
_SMALL: Final = 11.5
_SMALLEST: Final = 9.5
_SWATCH: Final = 14
_NARROWEST: Final = 3
_AFTER_SWATCH: Final = 6
_BESIDE: Final = 10


def head_height(title: str, notes: Sequence[str] = ()) -> int:
    """How high a head with that title and those notes is."""
    return 10 + _TITLE_LINE * len(_title(title)) + LINE * len(notes) + 6


def head(axes: "Axes", title: str, notes: Sequence[str] = ()) -> None:
    """A title over at most two lines; under it what else is to know, faint."""
    y = 10 + _TITLE_LINE / 2
    for line in _title(title):
        write(axes, MARGIN, y, line, size=_TITLE, bold=True)
        y += _TITLE_LINE
    for note in notes:
        text, size = fitted(note, INNER, _SMALL, smallest=_SMALLEST)
        write(axes, MARGIN, y - 2, text, size=size, color=FAINT)
        y += LINE


def _title(title: str) -> tuple[str, ...]:
    return wrapped(title, INNER, _TITLE, bold=True)


def label_height(label: str, figure: str) -> int:
    """How high a label over a bar is."""
    return LINE * len(_label(label, figure))


def labelled(axes: "Axes", top: float, label: str, figure: str) -> None:
    """What a bar is, over one or two lines at its left; its figure at its right."""
    write(axes, WIDTH - MARGIN, top + LINE / 2, figure, size=_SMALL, bold=True, ha="right")
    for place, line in enumerate(_label(label, figure)):
        write(axes, MARGIN, top + LINE * (place + 0.5), line, size=_TEXT)


def _label(label: str, figure: str) -> tuple[str, ...]:
    return wrapped(label, INNER - width(figure, _SMALL, bold=True) - _BESIDE, _TEXT)


def stack(
    axes: "Axes",
    top: float,
    parts: Sequence[tuple[int, Style]],
    whole: int,
    *,
    height: float,
) -> None:
    """Pieces side by side, the whole bar being `whole`; none is too narrow to be seen."""
    start = 0
    for size, look in parts:
        if size > 0:
            wide = max(INNER * size / whole, _NARROWEST)
            box(axes, MARGIN + INNER * start / whole, top, wide, height, look)
            start += size


def mark(axes: "Axes", part: float, top: float, bottom: float) -> None:
    """A dashed line across a bar, at that part of it."""
    x = MARGIN + INNER * part
    axes.plot([x, x], [top, bottom], color=INK, linewidth=points(2), linestyle=(0, (3, 2)))


def told(parts: Sequence[ChartPart], looks: Sequence[Style]) -> tuple[tuple[str, Style], ...]:
    """The legend of pieces with their figures; pieces of nothing are left out."""
    both = zip(parts, looks, strict=True)
    return tuple((f"{part.figure} {part.label}", look) for part, look in both if part.size)


def legend_height(entries: Sequence[tuple[str, Style]], columns: int) -> int:
    """How high a legend is."""
    return -(-len(entries) // columns) * LEGEND_ROW


def legend(
    axes: "Axes", top: float, entries: Sequence[tuple[str, Style]], *, columns: int = 2
) -> None:
    """What each colour is, all in one size."""
    room = INNER / columns - _SWATCH - _AFTER_SWATCH - 4
    size = min((fitted(text, room, _TEXT, smallest=_SMALLEST)[1] for text, _ in entries), default=0)
    for place, (text, look) in enumerate(entries):
        row, column = divmod(place, columns)
        x, y = MARGIN + column * INNER / columns, top + LEGEND_ROW * (row + 0.5)
        box(axes, x, y - _SWATCH / 2, _SWATCH, _SWATCH, look)
        shown, _ = fitted(text, room, size, smallest=size)
        write(axes, x + _SWATCH + _AFTER_SWATCH, y, shown, size=size)
