"""The pictures of votes: how each option was judged, and who finances what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.drawing import (
    BRIGHT,
    CROSSED,
    DOTTED,
    FAINT,
    INK,
    PALE,
    STRIPED,
    WIDTH,
    Chart,
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
_TEXT: Final = 13
_SMALL: Final = 11.5
_CHARACTER: Final = 0.58  # the width of a character for a size of text, on average
_BOLD: Final = 1.12  # how much wider bold characters are
_HEAD: Final = 44
_ROW: Final = 48
_BAR: Final = 20
_LEGEND_ROW: Final = 22
_SWATCH: Final = 14
_SEGMENT: Final = 30
# From the worst grade to the best: from ashes to marigold, each with its own pattern.
_GRADES: Final = (
    Style("#5C4A40", "xxxx"),
    Style("#937F73", "////"),
    Style("#C9B9AC", "...."),
    PALE,
    DOTTED,
    BRIGHT,
    STRIPED,
)


@dataclass(frozen=True, slots=True)
class JudgedOption:
    """An option as it was judged: how many gave each grade, worst first; its figure in words."""

    label: str
    figure: str
    grades: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A vote by grades, best option first. `names`: of the grades, worst first."""

    headline: str
    rows: tuple[JudgedOption, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FundedProject:
    """Something to finance: `way` is paid (by supporters), left (by what was left) or none."""

    id: str
    label: str
    figure: str
    cost: int
    votes: int
    way: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """An envelope shared. `greedy`: ids of what votes alone would have financed."""

    headline: str
    budget: int
    voters: int
    projects: tuple[FundedProject, ...]
    greedy: tuple[str, ...]
    greedy_title: str
    legend: tuple[tuple[str, str], ...]


_WAYS: Final = {"paid": BRIGHT, "left": DOTTED, "none": CROSSED}


def judgment_picture(profile: Profile) -> Chart:
    """A bar an option, best grades to the left; the grade in the middle is the one it gets."""
    columns = 3
    legend = -(-len(profile.names) // columns) * _LEGEND_ROW
    height = _HEAD + _ROW * len(profile.rows) + legend + _MARGIN
    figure = sheet(height)
    axes = panel(figure, 0, height)
    _title(axes, profile.headline)
    for place, row in enumerate(profile.rows):
        _judged(axes, _HEAD + _ROW * place, row)
    _middle(axes, _HEAD + 14, _HEAD + _ROW * len(profile.rows) - 8)
    entries = tuple(zip(profile.names, _GRADES, strict=True))[::-1]
    _legend(axes, _HEAD + _ROW * len(profile.rows) + 12, entries, columns=columns)
    return finish(figure)


def _title(axes: "Axes", text: str) -> None:
    _fitted(axes, _MARGIN, 20, text, room=_INNER, size=16, bold=True)


def _judged(axes: "Axes", top: float, row: JudgedOption) -> None:
    _labelled(axes, top, row.label, row.figure)
    whole = max(sum(row.grades), 1)
    x: float = _MARGIN
    for count, look in reversed(tuple(zip(row.grades, _GRADES, strict=True))):
        if count:
            width = _INNER * count / whole
            box(axes, x, top + 17, width, _BAR, look)
            x += width


def _labelled(axes: "Axes", y: float, label: str, figure: str) -> None:
    """What a bar is, at its left, and its figure, at its right."""
    write(axes, WIDTH - _MARGIN, y + 6, figure, size=_SMALL, bold=True, ha="right")
    room = _INNER - len(figure) * _SMALL * _CHARACTER - 10
    _fitted(axes, _MARGIN, y + 6, label, room=room, size=_TEXT)


def _fitted(
    axes: "Axes", x: float, y: float, text: str, *, room: float, size: float, bold: bool = False
) -> None:
    """Text that is cut where it would not fit."""
    most = max(int(room / (size * _CHARACTER * (_BOLD if bold else 1))), 4)
    shown = text if len(text) <= most else text[: most - 1].rstrip() + "…"
    write(axes, x, y, shown, size=size, bold=bold)


def _middle(axes: "Axes", top: float, bottom: float) -> None:
    """The line through the middle: what is on it, or just after it, is what an option gets."""
    x = _MARGIN + _INNER / 2
    axes.plot([x, x], [top, bottom], color=INK, linewidth=points(2), linestyle=(0, (3, 2)))


def _legend(
    axes: "Axes", top: float, entries: Sequence[tuple[str, Style]], *, columns: int
) -> None:
    room = _INNER / columns - _SWATCH - 10
    size = min(_TEXT, *(room / len(text) / _CHARACTER for text, _ in entries))
    for place, (text, look) in enumerate(entries):
        row, column = divmod(place, columns)
        x = _MARGIN + column * _INNER / columns
        y = top + row * _LEGEND_ROW
        box(axes, x, y - _SWATCH / 2, _SWATCH, _SWATCH, look)
        write(axes, x + _SWATCH + 6, y, text, size=size)


def shares_picture(sharing: Sharing) -> Chart:
    """The envelope and what it finances, the same by votes alone, then the votes for each."""
    head = _HEAD + 84
    height = head + _ROW * len(sharing.projects) + _LEGEND_ROW * 2 + 4
    figure = sheet(height)
    axes = panel(figure, 0, height)
    _title(axes, sharing.headline)
    funded = [project for project in sharing.projects if project.way != "none"]
    _envelope(axes, 38, funded, sharing.budget, height=34)
    write(axes, _MARGIN, 86, sharing.greedy_title, size=_SMALL, color=FAINT)
    known = {project.id: project for project in sharing.projects}
    greedy = [known[one] for one in sharing.greedy]
    _envelope(axes, 96, greedy, sharing.budget, height=_BAR, look=PALE)
    for place, project in enumerate(sharing.projects):
        _voted(axes, head + _ROW * place, project, sharing.voters)
    entries = tuple((text, _WAYS[way]) for way, text in sharing.legend)
    _legend(axes, height - _LEGEND_ROW * 2 + 8, entries, columns=2)
    return finish(figure)


def _envelope(
    axes: "Axes",
    top: float,
    projects: Sequence[FundedProject],
    budget: int,
    *,
    height: float,
    look: Style | None = None,
) -> None:
    """A bar as long as the envelope, with what is financed inside, by id where there is room."""
    whole = max(budget, sum(project.cost for project in projects), 1)
    box(axes, _MARGIN, top, _INNER, height, Style("#FFFDF8"))
    x: float = _MARGIN
    for project in projects:
        width = _INNER * project.cost / whole
        box(axes, x, top, width, height, look or _WAYS[project.way])
        if width >= _SEGMENT:
            _tag(axes, x + width / 2, top + height / 2, project.id)
        x += width


def _tag(axes: "Axes", x: float, y: float, text: str) -> None:
    """A short text that any pattern lets be read."""
    axes.text(
        x,
        y,
        text,
        fontsize=points(_SMALL),
        fontweight="bold",
        color=INK,
        ha="center",
        va="center",
        parse_math=False,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": "#FFFFFF", "edgecolor": "none"},
    )


def _voted(axes: "Axes", top: float, project: FundedProject, voters: int) -> None:
    _labelled(axes, top, project.label, project.figure)
    box(axes, _MARGIN, top + 17, _INNER, 14, PALE)
    if project.votes:
        width = _INNER * project.votes / max(voters, 1)
        box(axes, _MARGIN, top + 17, width, 14, _WAYS[project.way])
