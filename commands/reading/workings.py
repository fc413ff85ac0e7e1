"""How a line was read, to be told back: what was worked out, what stayed in the text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from commands.reading.spanned import Reading
from language.spans import Span, SpanKind
from language.tables import Verdict

_BY_THE_HOUR = "hourly"
_WORKED_OUT = frozenset({"computed", "range", "priced", _BY_THE_HOUR})
_TIMES = re.compile(r"(?<=\d)\s*[xX*×]\s*(?=\d)")
_KINDS = frozenset({SpanKind.AMOUNT, SpanKind.EFFORT})


@dataclass(frozen=True, slots=True)
class Working:
    """Words that a value was worked out of: `3 × 15 €`. `amount`: of money, else of time.

    `hourly`: times the hours that were told.
    """

    said: str
    amount: bool
    hourly: bool = False


@dataclass(frozen=True, slots=True)
class Retold:
    """Beside a field: not what was said, but how it was read."""

    of: Callable[[Reading], tuple[Any, ...]]


def _worked_out(reading: Reading) -> tuple[Working, ...]:
    read = (span for span in reading.covered.read if span.kind in _KINDS)
    return tuple(_working(reading, span) for span in read if span.how in _WORKED_OUT)


def _working(reading: Reading, span: Span) -> Working:
    said = _TIMES.sub(" × ", reading.piece_of(span.start, span.end).text)
    return Working(said, span.kind is SpanKind.AMOUNT, span.how == _BY_THE_HOUR)


def _left_in_text(reading: Reading) -> tuple[str, ...]:
    left = (one.span for one in reading.covered.of(Verdict.TEXT))
    amounts = (one for one in left if one.kind is SpanKind.AMOUNT and not one.how)
    sure = (span for span in amounts if span.question is None)
    return tuple(reading.piece_of(span.start, span.end).text for span in sure)


WORKED_OUT = Retold(_worked_out)
LEFT_IN_TEXT = Retold(_left_in_text)


@cache
def _fields(args: Any) -> tuple[tuple[str, Retold], ...]:
    hints = get_type_hints(args, include_extras=True)
    marked = ((one.name, mark) for one in fields(args) for mark in get_args(hints[one.name])[1:])
    return tuple((name, mark) for name, mark in marked if isinstance(mark, Retold))


def retold(args: type[Any], reading: Reading) -> Mapping[str, object]:
    """The fields of some arguments that say how their line was read."""
    cached: Any = args
    return {name: mark.of(reading) for name, mark in _fields(cached)}
