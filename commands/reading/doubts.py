"""What must be asked about a line: where it is, and the ways in which it may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from circle.money import Money
from language.cover import Judged
from language.spans import Question, Span, SpanKind
from language.tables import Row, Verdict

_READ, _TEXT = Row(Verdict.READ), Row(Verdict.TEXT)
Way = tuple[Judged, ...]
"""One way to mean it: what its words are, decided."""


@dataclass(frozen=True, slots=True)
class Doubt(Exception):
    """A key, the tokens it is about, what to tell, and the ways to mean them."""

    key: str
    start: int
    end: int
    values: Mapping[str, object] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()


def of_question(span: Span, question: Question, row: Row) -> Doubt:
    """What a reader asks about its own value."""
    own = () if span.value in (None, ()) else (span.value,)
    worth = tuple(_plain(one, span.kind) for one in question.choices) or own
    other = question.spans or tuple(replace(span, value=value) for value in worth)
    ways = tuple((Judged(_decided(one, one.value), _READ),) for one in other)
    chosen = question.choices or question.key == UNKNOWN
    values = {**question.values, **({"choices": question.choices} if chosen else {})}
    key = row.key if row.verdict is Verdict.ASK and question.key == "date.several" else question.key
    text = () if question.key in _WRONG else (as_text(span),)
    return Doubt(key, span.start, span.end, values, (*ways, *text))


UNKNOWN = "who.unknown"
"""An account that nobody has; people of a name like it may be meant."""
_WRONG = frozenset({"date.impossible", "date.past", UNKNOWN})
"""What is plainly wrong is no text to quote instead."""


def of_row(span: Span, row: Row) -> Doubt:
    """What a table asks about a value."""
    if span.question is not None:
        return of_question(span, span.question, row)
    return Doubt(row.key, span.start, span.end, {}, (*_as_value(span), as_text(span)))


def _as_value(span: Span) -> tuple[Way, ...]:
    """It is the value that it reads as; a moment is only worth something beside others."""
    if span.value is None or span.kind is SpanKind.MOMENT:
        return ()
    return ((Judged(_decided(span, span.value), _READ),),)


def _decided(span: Span, value: object) -> Span:
    return replace(span, value=value, question=None, how="decided")


def decided(span: Span, value: object) -> Judged:
    """A span that is worth that, nothing more being asked."""
    return Judged(_decided(span, value), _READ)


def _plain(choice: object, kind: SpanKind) -> object:
    """A choice as a span of that kind holds it: people come in tuples, money in cents."""
    if kind is SpanKind.PERSON:
        return (choice,)
    return choice.cents if isinstance(choice, Money) else choice


def as_text(span: Span) -> Way:
    """Its words belong to the text."""
    return (Judged(replace(span, kind=SpanKind.LABEL, question=None), _TEXT),)


_SEVERAL = {
    SpanKind.AMOUNT: "money.several",
    SpanKind.BARE: "money.several",
    SpanKind.EFFORT: "effort.several",
}


_MOST_ALONE = 4
"""Values that are proposed one by one: nobody chooses among more, and each is read again."""


def twice(spans: tuple[Span, ...]) -> Doubt:
    """Two values of one kind: their sum where they can be added, each of them alone."""
    key = _SEVERAL.get(spans[0].kind)
    added: tuple[Way, ...] = (_together(spans),) if key else ()
    each = tuple(_only(spans, one) for one in spans[:_MOST_ALONE])
    return Doubt(key or "option.twice", spans[0].start, spans[-1].end, {}, (*added, *each))


def _together(spans: tuple[Span, ...]) -> Way:
    total = sum(one.value for one in spans if isinstance(one.value, int))
    first, *others = spans
    return (Judged(_decided(first, total), _READ), *map(_taken, others))


def _taken(span: Span) -> Judged:
    """Taken off the text without a value of its own."""
    return Judged(replace(span, kind=SpanKind.PLEASANTRY, value=None, question=None), _READ)


def _only(spans: tuple[Span, ...], kept: Span) -> Way:
    return tuple(
        Judged(_decided(one, one.value), _READ) if one is kept else as_text(one)[0] for one in spans
    )
