"""Flows ready to be drawn: their nodes named, ranked and coloured, the smallest ones together."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from circle.flows import Link, Node, NodeKind, without_third
from circle.money import Money
from commands.across.file_replies import FlowsPicture
from reports.drawing import Chart
from reports.sankey import Band, Diagram, FlowPoint, gathered
from reports.sankey_looks import FUNDERS
from reports.sankey_png import picture
from reports.sheets import CellKind, Column, Sheet

Say = Callable[..., str]
"""Says a key of the catalogue with values."""

MOST: Final = 24
"""So many nodes in a rank at most on a picture."""

_LOOKS: Final[Mapping[NodeKind, str]] = {
    NodeKind.UNNAMED: "source",
    NodeKind.BEFORE: "source",
    NodeKind.CORRECTED: "source",
    NodeKind.SHORTFALL: "source",
    NodeKind.VOLUNTEERS: "volunteers",
    NodeKind.CIRCLE: "circle",
    NodeKind.WORKSTREAM: "third",
    NodeKind.ACTION: "third",
    NodeKind.ACTIONS: "third",
    NodeKind.ELSEWHERE: "third",
    NodeKind.RETRIBUTION: "retribution",
    NodeKind.EXPENSES: "expenses",
    NodeKind.VOLUNTEERED: "volunteered",
    NodeKind.COMMITTED: "committed",
    NodeKind.AVAILABLE: "available",
    NodeKind.LEFT: "available",
}
_SOURCES: Final = frozenset(
    {
        NodeKind.FUNDER,
        NodeKind.UNNAMED,
        NodeKind.VOLUNTEERS,
        NodeKind.BEFORE,
        NodeKind.SHORTFALL,
        NodeKind.CORRECTED,
    }
)
_THIRDS: Final = frozenset(
    {NodeKind.WORKSTREAM, NodeKind.ACTION, NodeKind.ACTIONS, NodeKind.ELSEWHERE}
)
_NATURES: Final = frozenset({NodeKind.RETRIBUTION, NodeKind.EXPENSES, NodeKind.VOLUNTEERED})


_ORDER: Final[Mapping[NodeKind, int]] = {
    NodeKind.VOLUNTEERS: 1,
    NodeKind.SHORTFALL: 2,
    NodeKind.EXPENSES: 1,
    NodeKind.VOLUNTEERED: 2,
    NodeKind.ACTIONS: 1,
    NodeKind.ELSEWHERE: 1,
    NodeKind.COMMITTED: 3,
    NodeKind.AVAILABLE: 4,
    NodeKind.LEFT: 4,
    NodeKind.OVERSPENT: 5,
    NodeKind.RETURNED: 5,
}
"""Money that is there comes first, gifts of time after it, what remains at the end."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose flows, of which days; without a circle: of all, in this currency."""

    circle: str | None
    since: date | None
    until: date | None
    currency: str


def flows_picture(told: FlowsPicture, say: Say) -> Chart:
    """The picture of a reply's flows, for a phone."""
    scope = Scope(told.circle, told.since, told.until, told.currency)
    return picture(diagram(told.links, scope, say))


def diagram(links: Iterable[Link], scope: Scope, say: Say) -> Diagram:
    """What is drawn: of several circles, each goes straight to what its money became."""
    known = tuple(links) if scope.circle else without_third(links)
    nodes = list(dict.fromkeys(end for link in known for end in (link.source, link.target)))
    thirds = any(node.kind in _THIRDS for node in nodes)
    places = {node: place for place, node in enumerate(nodes)}
    looks = _funder_looks(known)
    points = tuple(
        FlowPoint(
            name=_name(node, scope, say),
            figure=_figure(_through(node, known), scope, say),
            look=looks.get(node, _LOOKS.get(node.kind, "other")),
            rank=_rank(node, thirds=thirds),
            order=_ORDER.get(node.kind, 0),
        )
        for node in nodes
    )
    bands = tuple(Band(places[one.source], places[one.target], one.cents) for one in known)
    days = {"since": scope.since, "until": scope.until}
    title = say("flows.title", {"circle": scope.circle})
    found = Diagram(title, say("flows.days", days), points, bands)
    others = say("flows.others", {})
    return gathered(found, MOST, others, lambda cents: _figure(cents, scope, say))


def _funder_looks(links: Iterable[Link]) -> Mapping[Node, str]:
    """A colour for each funder, those who gave most first."""
    given: dict[Node, int] = {}
    for link in links:
        if link.source.kind is NodeKind.FUNDER:
            given[link.source] = given.get(link.source, 0) + link.cents
    ordered = sorted(given, key=lambda node: (-given[node], node.name))
    return {node: f"funder-{place % FUNDERS}" for place, node in enumerate(ordered)}


def _rank(node: Node, *, thirds: bool) -> int:
    if node.kind in _SOURCES:
        return 0
    if node.kind is NodeKind.CIRCLE:
        return 1
    return 3 if node.kind in _NATURES and thirds else 2


def _through(node: Node, links: Iterable[Link]) -> int:
    known = tuple(links)
    outs = sum(link.cents for link in known if link.source == node)
    return outs or sum(link.cents for link in known if link.target == node)


def _name(node: Node, scope: Scope, say: Say) -> str:
    """What a node is called; a circle alone is named by the title already."""
    if node.kind is NodeKind.CIRCLE and scope.circle:
        return ""
    if node.name:
        return node.name
    return say(f"node-kind.{node.kind.value}", {})


def _figure(cents: int, scope: Scope, say: Say) -> str:
    return say("picture.money", {"amount": Money(cents, scope.currency)})


def flow_sheet(links: Iterable[Link], scope: Scope, say: Say) -> Sheet:
    """The flows as `source,target,value`; of several circles, nodes say of which they are.

    Nodes that are called alike are told apart by what they are.
    """
    known = tuple(links)
    names = _told_apart(known, scope, say)
    return Sheet(
        key="flows",
        title=say("sheet.flows", {}),
        columns=(
            Column("source", say("column.source", {})),
            Column("target", say("column.target", {})),
            Column("value", say("column.value", {}), CellKind.MONEY),
        ),
        rows=tuple((names[one.source], names[one.target], one.cents) for one in known),
        currency=scope.currency,
    )


def _told_apart(links: Iterable[Link], scope: Scope, say: Say) -> Mapping[Node, str]:
    nodes = dict.fromkeys(end for link in links for end in (link.source, link.target))
    names = {node: _full(node, scope, say) for node in nodes}
    shared = Counter(names.values())
    return {
        node: name if shared[name] == 1 else f"{name} ({say(f'node-kind.{node.kind.value}', {})})"
        for node, name in names.items()
    }


def _full(node: Node, scope: Scope, say: Say) -> str:
    name = node.name or say(f"node-kind.{node.kind.value}", {})
    return f"{node.circle} · {name}" if node.circle and not scope.circle else name
