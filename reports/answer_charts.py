"""The pictures of votes by answers: majority, consent, dates."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from reports.bars import (
    INNER,
    MARGIN,
    head,
    head_height,
    label_height,
    labelled,
    legend,
    legend_height,
    mark,
    stack,
)
from reports.drawing import (
    BRIGHT,
    CROSSED,
    DARK,
    DOTTED,
    PALE,
    Chart,
    Style,
    box,
    finish,
    panel,
    sheet,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAR: Final = 20
_GAP: Final = 10
_LOOKS: Final = {
    "yes": BRIGHT,
    "no": CROSSED,
    "consent": BRIGHT,
    "concern": DOTTED,
    "if_needed": DOTTED,
    "objection": DARK,
    "abstain": Style("#C9B9AC", "...."),
}


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """A bar: how many gave each answer, of `whole`; `mark` is the part that had to be reached."""

    label: str
    figure: str
    answers: tuple[tuple[str, int], ...]
    whole: int
    mark: Fraction | None = None


@dataclass(frozen=True, slots=True)
class AnswerBars:
    """A vote by answers. `notes`: what had to be reached; `names`: of the answers given."""

    headline: str
    notes: tuple[str, ...]
    bars: tuple[AnswerBar, ...]
    names: tuple[tuple[str, str], ...]


def answers_picture(answers: AnswerBars) -> Chart:
    """A bar under the other; dashes where something had to be reached."""
    top = head_height(answers.headline, answers.notes)
    heights = [label_height(bar.label, bar.figure) + _BAR + _GAP for bar in answers.bars]
    given = {name for bar in answers.bars for name, count in bar.answers if count}
    entries = tuple((text, _LOOKS[name]) for name, text in answers.names if name in given)
    height = top + sum(heights) + legend_height(entries, 2) + MARGIN
    figure = sheet(height)
    axes = panel(figure, 0, height)
    head(axes, answers.headline, answers.notes)
    for bar, high in zip(answers.bars, heights, strict=True):
        _bar(axes, top, bar)
        top += high
    legend(axes, top, entries)
    return finish(figure)


def _bar(axes: "Axes", top: int, bar: AnswerBar) -> None:
    labelled(axes, top, bar.label, bar.figure)
    start = top + label_height(bar.label, bar.figure)
    box(axes, MARGIN, start, INNER, _BAR, PALE)
    parts = [(count, _LOOKS[name]) for name, count in bar.answers]
    stack(axes, start, parts, max(bar.whole, 1), height=_BAR)
    if bar.mark is not None:
        mark(axes, float(bar.mark), start - 3, start + _BAR + 3)
