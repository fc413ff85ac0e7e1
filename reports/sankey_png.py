"""Flows as a picture for a phone."""

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reports.drawing import FAINT, INK, PAPER, Chart, finish, panel, points, sheet, write
from reports.lettering import drawable, fitted
from reports.sankey import NODE, Box, Diagram, Layout, Ribbon, lay_out
from reports.sankey_looks import BOTTOM, PHONE, RIGHT, TOP, colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARGIN: Final = 12
_SHADE: Final = 0.42
_SMALLEST: Final = 8.5


def picture(diagram: Diagram) -> Chart:
    """The flows at a phone's width, as high as they need."""
    columns = PHONE.columns[_ranks(diagram)]
    layout = lay_out(diagram, columns)
    height = TOP + layout.height + BOTTOM
    figure = sheet(int(height))
    head, body = panel(figure, 0, TOP), panel(figure, TOP, layout.height + BOTTOM)
    title, size = fitted(diagram.title, PHONE.width - 2 * _MARGIN, 16, smallest=11, bold=True)
    write(head, _MARGIN, 20, title, size=size, bold=True)
    subtitle, size = fitted(diagram.subtitle, PHONE.width - 2 * _MARGIN, 12, smallest=9)
    write(head, _MARGIN, 42, subtitle, size=size, color=FAINT)
    _draw(body, layout, columns)
    return _lighter(finish(figure))


def _lighter(chart: Chart) -> Chart:
    """The same in 256 colours: bands that shine through each other weigh much otherwise."""
    from PIL import Image

    buffer = BytesIO()
    with Image.open(BytesIO(chart.png)) as drawn:
        drawn.convert("RGB").quantize(256).save(buffer, "PNG", optimize=True)
    return replace(chart, png=buffer.getvalue())


def _ranks(diagram: Diagram) -> int:
    return max((point.rank for point in diagram.points), default=2) + 1


def _draw(axes: "Axes", layout: Layout, columns: Any) -> None:
    for ribbon in layout.ribbons:
        _ribbon(axes, ribbon)
    for box in layout.boxes:
        _box(axes, box)
    rights = (*columns[1:], PHONE.width - RIGHT)
    for box in layout.boxes:
        if box.point.name:
            _label(axes, box, rights[box.point.rank] - box.x - NODE - 5)


def _ribbon(axes: "Axes", ribbon: Ribbon) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    middle = (ribbon.left + ribbon.right) / 2
    top, low = ribbon.top, ribbon.top + ribbon.thickness
    end, under = ribbon.bottom, ribbon.bottom + ribbon.thickness
    corners = [
        (ribbon.left, top),
        (middle, top),
        (middle, end),
        (ribbon.right, end),
        (ribbon.right, under),
        (middle, under),
        (middle, low),
        (ribbon.left, low),
        (ribbon.left, top),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    look = colour(band_look(ribbon))
    axes.add_patch(PathPatch(Path(corners, codes), facecolor=look, alpha=_SHADE, linewidth=0))


def band_look(ribbon: Ribbon) -> str:
    """A band has the colour of its funder, further on of what it becomes."""
    return ribbon.source.look if ribbon.source.rank == 0 else ribbon.target.look


def _box(axes: "Axes", box: Box) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (box.x, box.y),
            NODE,
            box.height,
            facecolor=colour(box.point.look),
            edgecolor=INK,
            linewidth=points(0.6),
        )
    )


def _label(axes: "Axes", box: Box, room: float) -> None:
    middle = box.y + box.height / 2
    x = box.x + NODE + 4
    name, size = fitted(box.point.name, room, PHONE.text, smallest=_SMALLEST, bold=True)
    _write(axes, x, middle - 6.5, name, size, bold=True)
    figure, size = fitted(box.point.figure, room, PHONE.text - 1, smallest=_SMALLEST)
    _write(axes, x, middle + 6.5, figure, size, bold=False)


def _write(axes: "Axes", x: float, y: float, text: str, size: float, *, bold: bool) -> None:
    """Text with a rim of paper, readable over any band."""
    from matplotlib.patheffects import Normal, Stroke

    axes.text(
        x,
        y,
        drawable(text),
        fontsize=points(size),
        fontweight="bold" if bold else "normal",
        color=INK,
        va="center",
        parse_math=False,
        path_effects=[Stroke(linewidth=points(2.2), foreground=PAPER, alpha=0.75), Normal()],
    )
