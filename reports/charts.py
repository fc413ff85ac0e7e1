"""The pictures that go with answers: the budget, and a circle's week."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.drawing import (
    BRIGHT,
    CROSSED,
    DARK,
    DOTTED,
    FAINT,
    INK,
    LINE,
    PALE,
    STRIPED,
    WIDTH,
    Chart,
    ChartPart,
    Style,
    box,
    finish,
    panel,
    points,
    sheet,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARGIN: Final = 14
_INNER: Final = WIDTH - 2 * _MARGIN
_BUDGET_LOOKS: Final = (DARK, STRIPED, BRIGHT, DOTTED, PALE)
_USE_LOOKS: Final = (BRIGHT, PALE)
_ACTION_LOOKS: Final = (BRIGHT, PALE, CROSSED)
_SWATCH: Final = 14
_ROW: Final = 22
_BAR: Final = 34
_ASKED: Final = 12
_HOURS: Final = 92
_NARROWEST: Final = 3
_WIDEST: Final = 60
_TEXT: Final = 13
_CHARACTER: Final = 0.58  # the width of a character for a size of text, on average


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget to draw: `parts` are paid, invoiced, regulated, committed, available.

    Or only used and available. Each part leaves out those before it, so that they add up to
    `granted` (or more, when the circle went beyond it). `headline` says it all.
    """

    headline: str
    parts: tuple[ChartPart, ...]
    asked: ChartPart | None
    granted: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week to draw: actions (done, under way, late), hours of the last weeks, the budget."""

    actions_title: str
    actions: tuple[ChartPart, ...]
    hours_title: str
    hours: tuple[ChartPart, ...]
    budget: Budget


def budget_bar(budget: Budget) -> Chart:
    """One bar: where the envelope went; under it, what is asked."""
    height = _budget_height(budget)
    figure = sheet(height)
    _budget(panel(figure, 0, height), budget)
    return finish(figure)


def week_picture(week: Week) -> Chart:
    """Actions by state, the hours of the last weeks, the budget, under each other."""
    heights = (76 + _MARGIN, 46 + _HOURS, _budget_height(week.budget))
    figure = sheet(sum(heights))
    _actions(panel(figure, 0, heights[0]), week)
    _hours(panel(figure, heights[0], heights[1]), week)
    _budget(panel(figure, heights[0] + heights[1], heights[2]), week.budget)
    return finish(figure)


def _budget_height(budget: Budget) -> int:
    entries = sum(1 for part, _ in _entries(budget) if part.size)
    return _legend_top(budget) - 8 + -(-entries // 2) * _ROW + _MARGIN


def _legend_top(budget: Budget) -> int:
    asked = budget.asked is not None and budget.asked.size > 0
    return 104 if asked else 92


def _entries(budget: Budget) -> tuple[tuple[ChartPart, Style], ...]:
    asked = ((budget.asked, CROSSED),) if budget.asked else ()
    return (*zip(budget.parts, _looks(budget), strict=True), *asked)


def _looks(budget: Budget) -> tuple[Style, ...]:
    return _USE_LOOKS if len(budget.parts) == len(_USE_LOOKS) else _BUDGET_LOOKS


def _budget(axes: "Axes", budget: Budget) -> None:
    write(axes, _MARGIN, 20, budget.headline, size=16, bold=True)
    spent = sum(part.size for part in budget.parts)
    before = sum(part.size for part in budget.parts[:-1])
    asked = budget.asked.size if budget.asked else 0
    whole = max(spent, budget.granted, before + asked, 1)
    if not spent:
        box(axes, _MARGIN, 38, _INNER, _BAR, PALE)
    _stack(axes, 38, budget.parts, _looks(budget), whole)
    if asked:
        x = _MARGIN + _INNER * before / whole
        box(axes, x, 38 + _BAR + 3, _width(asked, whole), _ASKED, CROSSED)
    if whole > budget.granted > 0:
        _edge(axes, _MARGIN + _INNER * budget.granted / whole)
    _legend(axes, _legend_top(budget), _entries(budget))


def _edge(axes: "Axes", x: float) -> None:
    """Where the envelope ends, when something goes beyond it."""
    axes.plot([x, x], [34, 38 + _BAR + _ASKED + 7], color=INK, linewidth=points(2.5))


def _actions(axes: "Axes", week: Week) -> None:
    write(axes, _MARGIN, 18, week.actions_title, bold=True, color=FAINT)
    whole = max(sum(part.size for part in week.actions), 1)
    box(axes, _MARGIN, 32, _INNER, 20, PALE)
    _stack(axes, 32, week.actions, _ACTION_LOOKS, whole, height=20)
    _legend(axes, 70, tuple(zip(week.actions, _ACTION_LOOKS, strict=True)), columns=3)


def _hours(axes: "Axes", week: Week) -> None:
    write(axes, _MARGIN, 14, week.hours_title, bold=True, color=FAINT)
    most = max((part.size for part in week.hours), default=0) or 1
    step = _INNER / max(len(week.hours), 1)
    ground = 24 + _HOURS
    for place, part in enumerate(week.hours):
        last = place == len(week.hours) - 1
        x = _MARGIN + place * step
        height = (_HOURS - 26) * part.size / most
        if part.size:
            look = BRIGHT if last else DOTTED
            width = min(step * 0.72, _WIDEST)
            box(axes, x + (step - width) / 2, ground - height, width, height, look)
        write(
            axes, x + step / 2, ground - height - 8, part.figure, size=10.5, bold=last, ha="center"
        )
        write(axes, x + step / 2, ground + 10, part.label, size=10.5, color=FAINT, ha="center")
    axes.plot([_MARGIN, WIDTH - _MARGIN], [ground, ground], color=LINE, linewidth=points(1))


def _stack(
    axes: "Axes",
    top: float,
    parts: Sequence[ChartPart],
    looks: Sequence[Style],
    whole: int,
    *,
    height: float = _BAR,
) -> None:
    start = 0
    for part, look in zip(parts, looks, strict=True):
        if part.size > 0:
            x = _MARGIN + _INNER * start / whole
            box(axes, x, top, _width(part.size, whole), height, look)
            start += part.size


def _width(size: int, whole: int) -> float:
    return max(_INNER * size / whole, _NARROWEST)


def _legend(
    axes: "Axes", top: float, entries: Sequence[tuple[ChartPart, Style]], *, columns: int = 2
) -> None:
    """What each colour is, with its figure; pieces of nothing are left out."""
    told = [(part, look) for part, look in entries if part.size]
    for place, (part, look) in enumerate(told):
        row, column = divmod(place, columns)
        x = _MARGIN + column * _INNER / columns
        y = top + row * _ROW
        box(axes, x, y - _SWATCH / 2, _SWATCH, _SWATCH, look)
        text = f"{part.figure} {part.label}"
        room = (_INNER / columns - _SWATCH - 10) / len(text)
        write(axes, x + _SWATCH + 6, y, text, size=min(_TEXT, room / _CHARACTER))
