"""The pictures of votes with options: how each was judged, and who finances what."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    DOTTED,
    FAINT,
    INK,
    PALE,
    STRIPED,
    Chart,
    Style,
    box,
    finish,
    panel,
    points,
    sheet,
    write,
)
from reports.lettering import fitted, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SMALL: Final = 11.5
_SMALLEST: Final = 8.0
_BAR: Final = 20
_VOTES: Final = 14
_ENVELOPE: Final = 34
_GAP: Final = 10
_UPRIGHT: Final = 11  # a bar so wide holds an id that is turned
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
    """A vote by grades, best option first. `names`: of the grades, worst first; `note`: how."""

    headline: str
    note: str
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
    note: str
    budget: int
    voters: int
    projects: tuple[FundedProject, ...]
    greedy: tuple[str, ...]
    greedy_title: str
    votes_title: str
    legend: tuple[tuple[str, str], ...]


_WAYS: Final = {"paid": BRIGHT, "left": DOTTED, "none": CROSSED}


def judgment_picture(profile: Profile) -> Chart:
    """A bar an option, best grades to the left; the grade in the middle is the one it gets."""
    notes = [profile.note]
    top = head_height(profile.headline, notes)
    tops = _tops([(row.label, row.figure) for row in profile.rows], top, _BAR)
    entries = tuple(zip(profile.names, _GRADES, strict=True))[::-1]
    figure = sheet(tops[-1] + legend_height(entries, 3) + MARGIN)
    axes = panel(figure, 0, tops[-1] + legend_height(entries, 3) + MARGIN)
    head(axes, profile.headline, notes)
    for row, start in zip(profile.rows, tops, strict=False):
        _judged(axes, start, row)
    legend(axes, tops[-1], entries, columns=3)
    return finish(figure)


def _tops(rows: Sequence[tuple[str, str]], top: int, bar: int) -> list[int]:
    """Where each row begins, and where the last one ends."""
    tops = [top]
    for label, figure in rows:
        tops.append(tops[-1] + label_height(label, figure) + bar + _GAP)
    return tops


def _judged(axes: "Axes", top: float, row: JudgedOption) -> None:
    labelled(axes, top, row.label, row.figure)
    bar = top + label_height(row.label, row.figure)
    parts = tuple(zip(row.grades, _GRADES, strict=True))[::-1]
    stack(axes, bar, parts, max(sum(row.grades), 1), height=_BAR)
    mark(axes, 1 / 2, bar - 2, bar + _BAR + 2)


def shares_picture(sharing: Sharing) -> Chart:
    """The envelope and what it finances, the same by votes alone, then the votes for each."""
    notes = [sharing.note]
    top = head_height(sharing.headline, notes)
    voted = top + _ENVELOPE + 20 + _BAR + 26
    tops = _tops([(one.label, one.figure) for one in sharing.projects], voted, _VOTES)
    ways = {project.way for project in sharing.projects}
    entries = tuple((text, _WAYS[way]) for way, text in sharing.legend if way in ways)
    height = tops[-1] + legend_height(entries, 2) + MARGIN
    figure = sheet(height)
    axes = panel(figure, 0, height)
    head(axes, sharing.headline, notes)
    funded = [project for project in sharing.projects if project.way != "none"]
    _envelope(axes, top, funded, sharing.budget, height=_ENVELOPE)
    _note(axes, top + _ENVELOPE + 10, sharing.greedy_title)
    known = {project.id: project for project in sharing.projects}
    greedy = [known[one] for one in sharing.greedy]
    _envelope(axes, top + _ENVELOPE + 20, greedy, sharing.budget, height=_BAR, look=PALE)
    _note(axes, voted - 12, sharing.votes_title)
    for project, start in zip(sharing.projects, tops, strict=False):
        _voted(axes, start, project, sharing.voters)
    legend(axes, tops[-1], entries)
    return finish(figure)


def _note(axes: "Axes", y: float, text: str) -> None:
    shown, size = fitted(text, INNER, _SMALL, smallest=_SMALLEST)
    write(axes, MARGIN, y, shown, size=size, color=FAINT)


def _envelope(
    axes: "Axes",
    top: float,
    projects: Sequence[FundedProject],
    budget: int,
    *,
    height: float,
    look: Style | None = None,
) -> None:
    """A bar as long as the envelope, with what is financed inside, each with its id."""
    whole = max(budget, sum(project.cost for project in projects), 1)
    box(axes, MARGIN, top, INNER, height, Style("#FFFDF8"))
    x: float = MARGIN
    for project in projects:
        wide = INNER * project.cost / whole
        box(axes, x, top, wide, height, look or _WAYS[project.way])
        _tag(axes, x + wide / 2, top + height / 2, project.id, (wide, height))
        x += wide


def _tag(axes: "Axes", x: float, y: float, text: str, room: tuple[float, float]) -> None:
    """An id that any pattern lets be read: upright where the piece is too narrow for it."""
    wide, high = room
    turned = width(text, _SMALL, bold=True) + 6 > wide
    if turned and wide < _UPRIGHT:
        return
    along = (high if turned else wide) - 4
    shown, size = fitted(text, along, min(_SMALL, wide - 3), smallest=_SMALLEST, bold=True)
    axes.text(
        x,
        y,
        shown,
        fontsize=points(size),
        fontweight="bold",
        color=INK,
        ha="center",
        va="center",
        rotation=90 if turned else 0,
        parse_math=False,
        bbox={"boxstyle": "round,pad=0.12", "facecolor": "#FFFFFF", "edgecolor": "none"},
    )


def _voted(axes: "Axes", top: float, project: FundedProject, voters: int) -> None:
    labelled(axes, top, project.label, project.figure)
    bar = top + label_height(project.label, project.figure)
    box(axes, MARGIN, bar, INNER, _VOTES, PALE)
    stack(axes, bar, [(project.votes, _WAYS[project.way])], max(voters, 1), height=_VOTES)
