"""Money flows: funder, circle, workstream or action, nature (docs/domain.md: Where money sits).

At each node what comes in is what goes out; what remains goes to a node of its own. No person
appears: not even their key enters here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from circle.ledger import WAITING, Item, ItemState, Nature

_HOUR = 60


class NodeKind(StrEnum):
    """What a node of the flows stands for."""

    FUNDER = "funder"
    UNNAMED = "unnamed"
    VOLUNTEERS = "volunteers"
    BEFORE = "before"
    SHORTFALL = "shortfall"
    CORRECTED = "corrected"
    CIRCLE = "circle"
    WORKSTREAM = "workstream"
    ACTION = "action"
    ACTIONS = "actions"
    ELSEWHERE = "elsewhere"
    RETRIBUTION = "retribution"
    EXPENSES = "expenses"
    VOLUNTEERED = "volunteered"
    COMMITTED = "committed"
    AVAILABLE = "available"
    LEFT = "left"
    OVERSPENT = "overspent"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Node:
    """An end of a flow; `name` tells apart those of a kind, `circle` those of several circles."""

    kind: NodeKind
    name: str = ""
    circle: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """So many cents from one node to another; always more than none."""

    source: Node
    target: Node
    cents: int


@dataclass(frozen=True, slots=True)
class Grant:
    """What a funder moved in these days: cents, less than none where it took some back."""

    funder: str | None
    cents: int


@dataclass(frozen=True, slots=True)
class FlowUse:
    """What these days moved on a node of the third rank, by nature. Cents, of any sign."""

    on: Node
    nature: NodeKind
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What some days moved in a circle; `before` is what was left in envelopes before them.

    What was decided and no envelope took is still to be funded; what they took beyond what was
    decided in these days had been missing before.
    `attributed`: what envelopes took in these days of what was decided, then or earlier.
    `committed`: what adopted votes hold back at their end, None where that is not known any more.
    """

    circle: str
    grants: tuple[Grant, ...]
    uses: tuple[FlowUse, ...]
    before: int = 0
    attributed: int
    committed: int | None = 0


def flows(moves: Moves) -> tuple[Link, ...]:
    """The flows of one circle."""
    centre = Node(NodeKind.CIRCLE, moves.circle)
    uses = _summed({(use.on, use.nature): 0 for use in moves.uses}, moves.uses)
    given = {place: cents for place, cents in uses.items() if place[1] is NodeKind.VOLUNTEERED}
    ins = [*_granted(moves), (Node(NodeKind.VOLUNTEERS), sum(given.values()))]
    spent = sum(uses.values()) - sum(given.values())
    granted = sum(grant.cents for grant in moves.grants)
    held = moves.committed or 0
    left = moves.before + granted - moves.attributed - held
    taken_back = -sum(min(cents, 0) for cents in uses.values())
    waits = spent - moves.attributed
    kept = NodeKind.LEFT if moves.committed is None else NodeKind.AVAILABLE
    sides = [
        (Node(NodeKind.BEFORE), max(moves.before, 0)),
        (Node(NodeKind.SHORTFALL), max(-left, 0) + max(waits, 0)),
        (Node(NodeKind.CORRECTED), taken_back),
        (Node(NodeKind.COMMITTED), -held),
        (Node(kept), -max(left, 0)),
        (Node(NodeKind.OVERSPENT), min(moves.before, 0) + min(waits, 0)),
    ]
    links = [Link(node, centre, cents) for node, cents in (*ins, *sides) if cents > 0]
    links += [Link(centre, _sink(node), -cents) for node, cents in (*ins, *sides) if cents < 0]
    return (*links, *_spent(centre, uses))


def _granted(moves: Moves) -> Iterable[tuple[Node, int]]:
    sums: dict[str | None, int] = defaultdict(int)
    for grant in moves.grants:
        sums[grant.funder] += grant.cents
    for funder, cents in sums.items():
        yield Node(NodeKind.FUNDER, funder) if funder else Node(NodeKind.UNNAMED), cents


def _sink(node: Node) -> Node:
    """Where what a source takes goes: a funder takes some back."""
    taken_back = node.kind in {NodeKind.FUNDER, NodeKind.UNNAMED}
    return Node(NodeKind.RETURNED) if taken_back else node


def _summed(
    sums: dict[tuple[Node, NodeKind], int], uses: Iterable[FlowUse]
) -> Mapping[tuple[Node, NodeKind], int]:
    for use in uses:
        sums[use.on, use.nature] += use.cents
    return sums


def _spent(centre: Node, uses: Mapping[tuple[Node, NodeKind], int]) -> tuple[Link, ...]:
    on: dict[Node, int] = defaultdict(int)
    for (node, _), cents in uses.items():
        on[node] += max(cents, 0)
    first = [Link(centre, node, cents) for node, cents in on.items() if cents]
    second = [
        Link(node, Node(nature), cents) for (node, nature), cents in uses.items() if cents > 0
    ]
    return (*first, *second)


def volunteered(item: Item, hour: int | None) -> int:
    """What a gift of time is valued at, in cents, to the nearest one: `hour` cents an hour.

    What was said to be pro bono counts until something else is decided of it.
    """
    given = item.state is ItemState.PRO_BONO or (item.pro_bono and item.state in WAITING)
    if hour is None or not given or item.nature is not Nature.CONTRIBUTION:
        return 0
    return ((item.minutes or 0) * hour + _HOUR // 2) // _HOUR


def merged(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links of several circles as one: those between the same two nodes together."""
    sums: dict[tuple[Node, Node], int] = defaultdict(int)
    for link in links:
        sums[link.source, link.target] += link.cents
    return tuple(Link(source, target, cents) for (source, target), cents in sums.items())


def without_third(links: Iterable[Link]) -> tuple[Link, ...]:
    """The same from circle straight to nature: what several circles show on a phone."""
    known = tuple(links)
    thirds = {link.target: link.source for link in known if _is_third(link.target)}
    straight = [link for link in known if not _is_third(link.target) and link.source not in thirds]
    spent = [
        Link(thirds[link.source], link.target, link.cents)
        for link in known
        if link.source in thirds
    ]
    return merged((*straight, *spent))


def without_actions(links: Iterable[Link]) -> tuple[Link, ...]:
    """The same, actions that are of no workstream together: what leaves a circle.

    What was decided on one action may be what was decided for one person.
    """
    return merged(Link(_among(link.source), _among(link.target), link.cents) for link in links)


def _among(node: Node) -> Node:
    return Node(NodeKind.ACTIONS, circle=node.circle) if node.kind is NodeKind.ACTION else node


_THIRDS = frozenset({NodeKind.WORKSTREAM, NodeKind.ACTION, NodeKind.ACTIONS, NodeKind.ELSEWHERE})


def _is_third(node: Node) -> bool:
    return node.kind in _THIRDS
