"""The measures of a circle over time: a small line each, under each other."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.drawing import (
    BRIGHT,
    DARK,
    FAINT,
    INK,
    LINE,
    WIDTH,
    Chart,
    finish,
    panel,
    points,
    sheet,
    write,
)
from reports.lettering import fitted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS: Final = 64
_MARGIN: Final = 14
_TITLE: Final = 36
_ROW: Final = 86
_FOOT: Final = 44
_PLOT_TOP: Final = 32
_PLOT: Final = 44
_LEFT: Final = 44
_RIGHT: Final = WIDTH - 26
_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Curve:
    """A measure: its name, its latest figure, its percents over time (None: not told)."""

    name: str
    figure: str
    percents: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """All measures; `ends` is what stands under each instant, `foot` explains the dash."""

    title: str
    curves: tuple[Curve, ...]
    ends: tuple[str, ...]
    foot: str


def evaluation_picture(curves: Curves) -> Chart:
    """A row a measure, from 0 to 100 %; what is not told leaves a gap."""
    rows = len(curves.curves)
    height = _TITLE + rows * _ROW + _FOOT
    figure = sheet(height)
    title, size = fitted(curves.title, WIDTH - 2 * _MARGIN, 16, smallest=11, bold=True)
    write(panel(figure, 0, _TITLE), _MARGIN, 20, title, size=size, bold=True)
    for place, curve in enumerate(curves.curves):
        _row(panel(figure, _TITLE + place * _ROW, _ROW), curve)
    _under(panel(figure, _TITLE + rows * _ROW, _FOOT), curves)
    return finish(figure, _COLOURS)


def _row(axes: "Axes", curve: Curve) -> None:
    write(axes, _MARGIN, 16, curve.name, size=13, bold=True)
    write(axes, WIDTH - _MARGIN, 16, curve.figure, size=15, bold=True, ha="right")
    for edge in (0, _WHOLE):
        y = _height(edge)
        axes.plot([_LEFT, _RIGHT], [y, y], color=LINE, linewidth=points(0.8), linestyle=":")
        write(axes, _LEFT - 8, y, f"{edge}", size=10, color=FAINT, ha="right")
    places = [_across(place, len(curve.percents)) for place in range(len(curve.percents))]
    heights = [float("nan") if one is None else _height(one) for one in curve.percents]
    axes.plot(places, heights, color=DARK.colour, linewidth=points(2.5))
    for x, y, percent in zip(places, heights, curve.percents, strict=True):
        if percent is not None:
            axes.plot(
                [x], [y], marker="o", markersize=points(8), color=BRIGHT.colour, markeredgecolor=INK
            )


def _height(percent: int) -> float:
    return _PLOT_TOP + _PLOT * (1 - min(max(percent, 0), _WHOLE) / _WHOLE)


def _across(place: int, count: int) -> float:
    step = (_RIGHT - _LEFT) / max(count - 1, 1)
    return _LEFT + step * place


def _under(axes: "Axes", curves: Curves) -> None:
    """The days below, the first and the last inside the picture's edges; what the dash says."""
    last = len(curves.ends) - 1
    for place, end in enumerate(curves.ends):
        ha = "left" if place == 0 and last else "right" if place == last else "center"
        x = _across(place, len(curves.ends)) + {"left": -12, "right": 12}.get(ha, 0)
        write(axes, x, 8, end, size=9, color=FAINT, ha=ha)
    foot, size = fitted(curves.foot, WIDTH - 2 * _MARGIN, 11, smallest=8.5)
    write(axes, _MARGIN, 30, foot, size=size, color=FAINT)
