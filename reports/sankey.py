"""Flows laid out as a Sankey diagram: nodes in ranks, the largest first, bands between them.

Pure geometry in CSS pixels, from the top left; what draws it is elsewhere. A node is as high as
what goes through it, but never too low for its two lines of text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

LINE: Final = 30  # what a node needs for its two lines of text
GAP: Final = 6
NODE: Final = 9  # the width of a node
CHARACTER: Final = 0.61  # the width of a character for a size of text, on average
_SMALLEST: Final = 0.82
_THINNEST: Final = 1.5
_LOOSEST: Final = 44.0  # what may be added between nodes where a rank has room to spare
_FULL: Final = 300.0  # the height of everything that flows through a rank


@dataclass(frozen=True, slots=True)
class FlowPoint:
    """An end of flows: what it is called, its figure, which look, in which rank from the left.

    `order`: those of a lower one stand higher in their rank, whatever flows through them.
    """

    name: str
    figure: str
    look: str
    rank: int
    order: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """So many cents from one point to another, by their places in the diagram."""

    source: int
    target: int
    cents: int


@dataclass(frozen=True, slots=True)
class Diagram:
    """What is to be drawn: a title that says it all, a line under it, points and bands."""

    title: str
    subtitle: str
    points: tuple[FlowPoint, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands: its left top corner and its height; `slot`: with room for its text."""

    point: FlowPoint
    x: float
    y: float
    height: float
    slot: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Where a band runs: the top of each end, and how thick it is. Looks of both ends."""

    left: float
    top: float
    right: float
    bottom: float
    thickness: float
    source: FlowPoint
    target: FlowPoint
    cents: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed, in pixels."""

    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    height: float


@dataclass(slots=True)
class _Side:
    """How much of a node's height its bands have taken on one side."""

    taken: dict[int, float] = field(default_factory=dict)

    def take(self, place: int, thickness: float) -> float:
        before = self.taken.get(place, 0.0)
        self.taken[place] = before + thickness
        return before


def lay_out(diagram: Diagram, columns: Sequence[float]) -> Layout:
    """Place everything; `columns`: the left of the nodes of each rank."""
    through = _through(diagram)
    ranks = [_ordered(diagram, _in_rank(diagram, one), through) for one in range(len(columns))]
    fullest = max((sum(through[one] for one in rank) for rank in ranks), default=0) or 1
    scale = _FULL / fullest
    slots = [max(through[place] * scale, LINE) for place in range(len(diagram.points))]
    tallest = max((_height(slots[one] for one in rank) for rank in ranks), default=0.0)
    boxes: dict[int, Box] = {}
    for x, rank in zip(columns, ranks, strict=True):
        free = tallest - _height(slots[one] for one in rank)
        more = min(free / (len(rank) + 1), _LOOSEST)
        y = (free - more * max(len(rank) - 1, 0)) / 2
        for place in rank:
            height = max(through[place] * scale, _THINNEST)
            top = y + (slots[place] - height) / 2
            boxes[place] = Box(diagram.points[place], x, top, height, slots[place])
            y += slots[place] + GAP + more
    placed = tuple(boxes[place] for place in sorted(boxes))
    return Layout(placed, _ribbons(diagram, boxes, scale), tallest)


def _through(diagram: Diagram) -> list[int]:
    """What goes through each node: the larger of what comes in and what goes out."""
    ins, outs = ([0] * len(diagram.points) for _ in range(2))
    for band in diagram.bands:
        outs[band.source] += band.cents
        ins[band.target] += band.cents
    return [max(both) for both in zip(ins, outs, strict=True)]


def _in_rank(diagram: Diagram, rank: int) -> list[int]:
    return [place for place, point in enumerate(diagram.points) if point.rank == rank]


def _height(slots: Iterable[float]) -> float:
    known = list(slots)
    return sum(known) + GAP * max(len(known) - 1, 0)


def _ordered(diagram: Diagram, rank: Sequence[int], through: Sequence[int]) -> list[int]:
    """A rank from its top: in the order said, then the largest first."""
    return sorted(rank, key=lambda one: (diagram.points[one].order, -through[one], one))


def _ribbons(diagram: Diagram, boxes: dict[int, Box], scale: float) -> tuple[Ribbon, ...]:
    out, into = _Side(), _Side()
    lefts: dict[Band, float] = {}
    for band in sorted(diagram.bands, key=lambda one: (one.source, boxes[one.target].y)):
        lefts[band] = out.take(band.source, band.cents * scale)
    ribbons: list[Ribbon] = []
    for band in sorted(diagram.bands, key=lambda one: (one.target, boxes[one.source].y)):
        source, target = boxes[band.source], boxes[band.target]
        ribbons.append(
            Ribbon(
                left=source.x + NODE,
                top=source.y + lefts[band],
                right=target.x,
                bottom=target.y + into.take(band.target, band.cents * scale),
                thickness=band.cents * scale,
                source=source.point,
                target=target.point,
                cents=band.cents,
            )
        )
    return tuple(ribbons)


def fitted(text: str, size: float, room: float) -> tuple[str, float]:
    """A text and its size, in pixels, so that it holds in so much room: smaller, then shorter."""
    smaller = max(min(size, room / (max(len(text), 1) * CHARACTER)), size * _SMALLEST)
    most = max(int(room / (smaller * CHARACTER)), 1)
    short = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    return short, smaller


def gathered(diagram: Diagram, most: int, name: str, say: Callable[[int], str]) -> Diagram:
    """The same with at most so many nodes in a rank: the smallest become one, `#` their number."""
    through = _through(diagram)
    for rank in sorted({point.rank for point in diagram.points}):
        mine = sorted(_in_rank(diagram, rank), key=lambda one: -through[one])
        if len(mine) > most:
            small = mine[most - 1 :]
            figure = say(sum(through[one] for one in small))
            return gathered(_joined(diagram, small, name, figure), most, name, say)
    return diagram


def _joined(diagram: Diagram, small: Sequence[int], name: str, figure: str) -> Diagram:
    first = diagram.points[small[0]]
    one = replace(first, name=name.replace("#", str(len(small))), figure=figure)
    kept = [place for place in range(len(diagram.points)) if place not in set(small)]
    moved = {place: at for at, place in enumerate(kept)} | dict.fromkeys(small, len(kept))
    sums: dict[tuple[int, int], int] = {}
    for band in diagram.bands:
        ends = moved[band.source], moved[band.target]
        sums[ends] = sums.get(ends, 0) + band.cents
    points = (*(diagram.points[place] for place in kept), one)
    return replace(
        diagram, points=points, bands=tuple(Band(*ends, cents) for ends, cents in sums.items())
    )
