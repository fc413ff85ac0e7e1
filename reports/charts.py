"""The pictures that go with answers: the budget, and a circle's week."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.bars import (
    INNER,
    MARGIN,
    head,
    head_height,
    legend,
    legend_height,
    stack,
    told,
)
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
from reports.lettering import fitted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOOKS: Final = {
    "paid": DARK,
    "invoiced": STRIPED,
    "regulated": BRIGHT,
    "committed": DOTTED,
    "available": PALE,
}
_ACTION_LOOKS: Final = (BRIGHT, PALE, CROSSED)
_BAR: Final = 34
_ASKED: Final = 12
_ACTION_BAR: Final = 20
_TITLE: Final = 28
_HOURS: Final = 92
_FOOT: Final = 24
_WIDEST: Final = 60
_FIGURE: Final = 10.5
_SMALLEST: Final = 7.5


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget to draw: `parts` by their name (paid, invoiced, regulated, committed, available).

    Each part leaves out those before it, so that they add up to `granted` (or more, when the
    circle went beyond it). `headline` says it all.
    """

    headline: str
    parts: dict[str, ChartPart]
    asked: ChartPart | None
    granted: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week to draw: actions (done, under way, late), hours of the last weeks, the budget.

    `hours`: a bar a week; of a single week no bars are drawn.
    """

    title: str
    days: str
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
    """Who and when, actions by state, the hours of the last weeks, the budget, under each other."""
    parts = [(_head, head_height(week.title, [week.days]))]
    if sum(part.size for part in week.actions):
        parts.append((_actions, _TITLE + _ACTION_BAR + 6 + legend_height(_told(week), 3) + 8))
    if len(week.hours) > 1:
        parts.append((_hours, _TITLE + _HOURS + _FOOT + 8))
    parts.append((_week_budget, _budget_height(week.budget)))
    figure, top = sheet(sum(height for _, height in parts)), 0
    for draw, height in parts:
        draw(panel(figure, top, height), week)
        top += height
    return finish(figure)


def _head(axes: "Axes", week: Week) -> None:
    head(axes, week.title, [week.days])


def _actions(axes: "Axes", week: Week) -> None:
    write(axes, MARGIN, _TITLE / 2, week.actions_title, bold=True, color=FAINT)
    sizes = [part.size for part in week.actions]
    whole = max(sum(sizes), 1)
    looks = tuple(zip(sizes, _ACTION_LOOKS, strict=True))
    stack(axes, _TITLE, looks, whole, height=_ACTION_BAR)
    legend(axes, _TITLE + _ACTION_BAR + 6, _told(week), columns=3)


def _told(week: Week) -> tuple[tuple[str, Style], ...]:
    return told(week.actions, _ACTION_LOOKS)


def _hours(axes: "Axes", week: Week) -> None:
    write(axes, MARGIN, _TITLE / 2, week.hours_title, bold=True, color=FAINT)
    most = max((part.size for part in week.hours), default=0) or 1
    step = INNER / len(week.hours)
    ground = _TITLE + _HOURS
    for place, part in enumerate(week.hours):
        last = place == len(week.hours) - 1
        middle = MARGIN + (place + 0.5) * step
        height = (_HOURS - 20) * part.size / most
        if part.size:
            width = min(step * 0.72, _WIDEST)
            look = BRIGHT if last else DOTTED
            box(axes, middle - width / 2, ground - height, width, height, look)
        figure, size = fitted(part.figure, step - 2, _FIGURE, smallest=_SMALLEST, bold=last)
        write(axes, middle, ground - height - 8, figure, size=size, bold=last, ha="center")
        label, size = fitted(part.label, step - 2, _FIGURE, smallest=_SMALLEST)
        write(axes, middle, ground + 10, label, size=size, color=FAINT, ha="center")
    axes.plot([MARGIN, WIDTH - MARGIN], [ground, ground], color=LINE, linewidth=points(1))


def _week_budget(axes: "Axes", week: Week) -> None:
    _budget(axes, week.budget)


def _budget_height(budget: Budget) -> int:
    return _legend_top(budget) + legend_height(_entries(budget), 2) + MARGIN


def _bar_top(budget: Budget) -> int:
    return head_height(budget.headline)


def _legend_top(budget: Budget) -> int:
    return _bar_top(budget) + _BAR + (_ASKED + 3 if _asked(budget) else 0) + 6


def _asked(budget: Budget) -> int:
    return budget.asked.size if budget.asked else 0


def _entries(budget: Budget) -> tuple[tuple[str, Style], ...]:
    asked = told((budget.asked,), (CROSSED,)) if budget.asked else ()
    return told(tuple(budget.parts.values()), [_LOOKS[name] for name in budget.parts]) + asked


def _budget(axes: "Axes", budget: Budget) -> None:
    head(axes, budget.headline)
    top, asked = _bar_top(budget), _asked(budget)
    sizes = {name: part.size for name, part in budget.parts.items()}
    before = sum(sizes.values()) - sizes["available"]
    whole = max(sum(sizes.values()), budget.granted, before + asked, 1)
    if not sum(sizes.values()):
        box(axes, MARGIN, top, INNER, _BAR, PALE)
    stack(axes, top, [(size, _LOOKS[name]) for name, size in sizes.items()], whole, height=_BAR)
    if asked:
        x = MARGIN + INNER * before / whole
        box(axes, x, top + _BAR + 3, max(INNER * asked / whole, 3), _ASKED, CROSSED)
    legend(axes, _legend_top(budget), _entries(budget))
    if whole > budget.granted > 0:
        _edge(axes, MARGIN + INNER * budget.granted / whole, top)


def _edge(axes: "Axes", x: float, top: float) -> None:
    """Where the envelope ends, when something goes beyond it."""
    axes.plot([x, x], [top - 4, top + _BAR + _ASKED + 7], color=INK, linewidth=points(2.5))
