"""What stands beside a slot: the kinds of values that fill it, and the rows that judge them.

    asked: Annotated[int | None, ASKED, reads((Kind.AMOUNT, WORK_AMOUNT))] = None

A command with such rows is read by spans: values where they stand, the text is what remains.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from language.spans import Span, SpanKind
from language.standing import Candidates
from language.tables import Row, Rows, Table

Weight = Callable[[Candidates, int], float]


Settle = Callable[[tuple[Span, ...], Mapping[str, object]], object]
"""The value of some spans, with those of the fields before: never two of one field by chance."""


def _weightless(_among: Candidates, _at: int) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Reads:
    """The kinds that fill a field. Beside a text: those that only stand in it, and its manner.

    `weigh` is what a token costs that nothing explains (from 1, it is asked about); `question`:
    what stands before the last `?` is the question, and options come after it. `takes_rest`: what
    remains of the line is its value. `settle`: what the
    spans that fill it are worth together; without it, they must agree.
    """

    table: Table
    weigh: Weight = field(default=_weightless, hash=False)
    question: bool = False
    settle: Settle | None = None
    takes_rest: bool = False


def reads(*pairs: tuple[SpanKind, Rows], settle: Settle | None = None) -> Reads:
    """The kinds that fill a field, with their rows."""
    return Reads(_frozen(pairs), settle=settle)


def rest(
    *pairs: tuple[SpanKind, Rows], weigh: Weight = _weightless, question: bool = False
) -> Reads:
    """What a text may hold."""
    return Reads(_frozen(pairs), weigh, question, takes_rest=True)


def _frozen(pairs: tuple[tuple[SpanKind, Rows], ...]) -> Mapping[SpanKind, tuple[Row, ...]]:
    return MappingProxyType(dict(pairs))
