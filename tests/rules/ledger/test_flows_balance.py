"""Money flows: at each node what comes in is what goes out, whatever was moved."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from circle.flows import (
    FlowUse,
    Grant,
    Link,
    Moves,
    Node,
    NodeKind,
    flows,
    merged,
    volunteered,
    without_actions,
    without_third,
)
from circle.ledger import Item, ItemState, Nature

CENTS = st.integers(-100_000, 100_000)
ON = st.sampled_from(
    [
        Node(NodeKind.WORKSTREAM, "Accueil", "Littoral"),
        Node(NodeKind.ACTION, "A1 Portes ouvertes", "Littoral"),
        Node(NodeKind.ACTION, "A2 Café", "Littoral"),
        Node(NodeKind.ELSEWHERE, circle="Littoral"),
    ]
)
SPENT = st.sampled_from([NodeKind.RETRIBUTION, NodeKind.EXPENSES])
USES = st.builds(FlowUse, ON, SPENT, CENTS) | st.builds(
    FlowUse, ON, st.just(NodeKind.VOLUNTEERED), st.integers(1, 9000)
)
MOVES = st.builds(
    Moves,
    circle=st.just("Littoral"),
    grants=st.tuples() | st.lists(st.builds(Grant, st.sampled_from(["MEL", None]), CENTS)),
    uses=st.lists(USES),
    before=CENTS,
    attributed=CENTS,
    committed=st.none() | st.integers(0, 50_000),
)
ENDS = frozenset({NodeKind.CIRCLE, NodeKind.WORKSTREAM, NodeKind.ACTION, NodeKind.ELSEWHERE})
SOURCES = frozenset(
    {
        *(NodeKind.FUNDER, NodeKind.UNNAMED, NodeKind.VOLUNTEERS),
        *(NodeKind.BEFORE, NodeKind.SHORTFALL, NodeKind.CORRECTED),
    }
)
CENTRE = Node(NodeKind.CIRCLE, "Littoral")


def through(links):
    """What comes into each node, and what goes out of it."""
    ins, outs = Counter(), Counter()
    for link in links:
        outs[link.source] += link.cents
        ins[link.target] += link.cents
    return ins, outs


def given_to(links, *kinds):
    return sum(link.cents for link in links if link.target.kind in kinds)


def taken_from(links, *kinds):
    return sum(link.cents for link in links if link.source.kind in kinds)


@given(MOVES)
def test_what_comes_into_a_node_goes_out_of_it(moves):
    ins, outs = through(flows(moves))
    inner = {node for node in (*ins, *outs) if node.kind in ENDS}
    assert {node: ins[node] for node in inner} == {node: outs[node] for node in inner}


@given(MOVES)
def test_no_flow_is_of_nothing_or_less(moves):
    assert all(link.cents > 0 for link in flows(moves))


@given(MOVES)
def test_money_comes_from_sources_and_ends_in_sinks(moves):
    links = flows(moves)
    sources, targets = {one.source for one in links}, {one.target for one in links}
    assert {node.kind for node in sources & targets} <= ENDS
    assert {node.kind for node in sources - targets} <= SOURCES
    assert not {node.kind for node in targets} & SOURCES


@given(MOVES)
def test_what_remains_is_what_was_left_in_envelopes_less_what_is_held(moves):
    links = flows(moves)
    granted = sum(grant.cents for grant in moves.grants)
    left = moves.before + granted - moves.attributed - (moves.committed or 0)
    assert given_to(links, NodeKind.AVAILABLE, NodeKind.LEFT) == max(0, left)


@given(MOVES)
def test_what_no_envelope_took_is_to_be_funded(moves):
    links = flows(moves)
    spent = sum(use.cents for use in moves.uses if use.nature is not NodeKind.VOLUNTEERED)
    granted = sum(grant.cents for grant in moves.grants)
    overdrawn = moves.attributed + (moves.committed or 0) - moves.before - granted
    missing = taken_from(links, NodeKind.SHORTFALL)
    assert missing == max(0, overdrawn) + max(0, spent - moves.attributed)


@given(MOVES)
def test_gifts_of_time_cost_nothing(moves):
    links = flows(moves)
    assert taken_from(links, NodeKind.VOLUNTEERS) == given_to(links, NodeKind.VOLUNTEERED)


@given(MOVES)
def test_flows_without_their_third_rank_still_balance(moves):
    links = without_third(flows(moves))
    ins, outs = through(links)
    assert ins[CENTRE] == outs[CENTRE]
    assert {link.source.kind for link in links if link.target.kind in ENDS - {NodeKind.CIRCLE}} == (
        set()
    )


@given(MOVES)
def test_what_leaves_a_circle_names_no_action(moves):
    links = without_actions(flows(moves))
    assert all(NodeKind.ACTION not in (one.source.kind, one.target.kind) for one in links)
    assert through(links)[1][CENTRE] == through(flows(moves))[1][CENTRE]


def test_links_between_the_same_nodes_are_one():
    two = (Link(Node(NodeKind.FUNDER, "MEL"), CENTRE, 100),) * 2
    assert merged(two) == (Link(Node(NodeKind.FUNDER, "MEL"), CENTRE, 200),)


def gift(minutes, state=ItemState.PRO_BONO, *, nature=Nature.CONTRIBUTION, said=False):
    told = {"number": 1, "person": "bob", "payee": None, "declared_by": "bob", "what": ""}
    told |= {"declared_at": None, "day": None, "asked": None, "action": None, "vote": None}
    return Item(**told, nature=nature, minutes=minutes, state=state, pro_bono=said)


def test_an_hour_given_is_valued_to_the_nearest_cent():
    assert volunteered(gift(60), 1200) == 1200
    assert volunteered(gift(1), 1214) == 20  # 20.23
    assert volunteered(gift(5), 1218) == 102  # 101.5, up


def test_what_is_not_given_is_not_valued():
    assert volunteered(gift(60, ItemState.REGULATED, said=True), 1200) == 0
    assert volunteered(gift(60, ItemState.DECLARED), 1200) == 0
    assert volunteered(gift(60), None) == 0


def test_what_is_said_to_be_given_counts_until_it_is_decided():
    assert volunteered(gift(60, ItemState.DECLARED, said=True), 1200) == 1200
