"""The reading that leaves the least unexplained: one pass, from the right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from language.spans import Span
from language.standing import Candidates
from language.tables import Row, Table, Verdict, judge

Cost = tuple[float, int, int, int]
"""Weight of what is unexplained; tokens read or asked (fewer is worse); spans; how sure."""

_RANKS = {Verdict.READ: 0, Verdict.ASK: 1, Verdict.TEXT: 2}
_NOTHING: Cost = (0.0, 0, 0, 0)
_ASKED_FROM = 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A span and what the command's table says of it."""

    span: Span
    row: Row

    @property
    def cost(self) -> Cost:
        text = self.row.verdict is Verdict.TEXT
        width = self.span.end - self.span.start
        return (0.0, 0 if text else -width, 1, _RANKS[self.row.verdict])


@dataclass(frozen=True, slots=True)
class Cover:
    """The chosen spans in their order, and the tokens that weigh and that nothing explains."""

    chosen: tuple[Judged, ...]
    left: tuple[int, ...]

    def of(self, verdict: Verdict) -> tuple[Judged, ...]:
        return tuple(one for one in self.chosen if one.row.verdict is verdict)

    @property
    def read(self) -> tuple[Span, ...]:
        return tuple(one.span for one in self.of(Verdict.READ))


def judged(among: Candidates, table: Table) -> tuple[Judged, ...]:
    """Every candidate that the table speaks of."""
    known = (span for span in among.spans if span.kind in table)
    found = (Judged(span, judge(table[span.kind], among.stood(span), among)) for span in known)
    return tuple(one for one in found if one.row.verdict is not Verdict.NONE)


def cover(
    among: Candidates, spans: Iterable[Judged], weight: Callable[[Candidates, int], float]
) -> Cover:
    """The cheapest cover; `weight` is what a token costs that no span explains."""
    starts: dict[int, list[Judged]] = {}
    for one in spans:
        starts.setdefault(one.span.start, []).append(one)
    size = len(among.line)
    weights = [_weight(among, at, weight) for at in range(size)]
    best = [_NOTHING] * (size + 1)
    choice: list[Judged | None] = [None] * size
    for at in range(size - 1, -1, -1):
        best[at] = _sum((weights[at], 0, 0, 0), best[at + 1])
        for one in sorted(starts.get(at, ()), key=lambda judged: judged.span.end):
            cost = _sum(one.cost, best[one.span.end])
            if cost <= best[at]:
                best[at], choice[at] = cost, one
    return _walk(choice, weights)


def _sum(one: Cost, other: Cost) -> Cost:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def _weight(among: Candidates, at: int, weight: Callable[[Candidates, int], float]) -> float:
    outside = at < among.first or at >= among.last or among.line.quoted[at]
    return 0.0 if outside else weight(among, at)


def _walk(choice: list[Judged | None], weights: list[float]) -> Cover:
    chosen: list[Judged] = []
    left: list[int] = []
    at = 0
    while at < len(choice):
        one = choice[at]
        if one is not None:
            chosen.append(one)
            at = one.span.end
            continue
        if weights[at] >= _ASKED_FROM:
            left.append(at)
        at += 1
    return Cover(tuple(chosen), tuple(left))
