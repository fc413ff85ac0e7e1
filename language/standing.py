"""How a value stands among the words: alone, at an end, inside them, governed by one of them.

Told from the candidates alone, before any is believed, so that it depends on no order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from language import pleasantries
from language.grammar import ARTICLES, CLOSING, OF, OPENING, PREPOSITIONS
from language.line import Line
from language.spans import Span, SpanKind

_CHAINED = frozenset({",", ":", ";", "-", "+", "=", ")", "."})


class Stand(StrEnum):
    """Where a value stands."""

    HEAD = "head"
    """Nothing but values before it."""
    TAIL = "tail"
    """The end, a mark or another option after it."""
    FREE = "free"
    """After a mark or another value."""
    INSIDE = "inside"
    """Words before it, words after it."""
    COMPLEMENT = "complement"
    """Governed by what stands before it: `fête de vendredi`, `repas à 5 €`."""
    QUESTION = "question"
    """Before the mark that ends a question."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A span, where it stands, the word before it."""

    span: Span
    standing: Stand
    governor: str
    noun: bool
    """Whether an ordinary word stands right before it."""


class Candidates:
    """Everything that can be read in a line, and how it stands."""

    def __init__(
        self, line: Line, bounds: tuple[int, int], spans: Iterable[Span], *, question: bool = False
    ) -> None:
        self.line = line
        self.first, self.last = bounds
        self.spans = tuple(one for one in spans if self._is_inside(one))
        self._options = {one.start for one in self.spans if not one.explains}
        self._ends = {one.end for one in self.spans if not one.explains}
        self._reach = self._reached()
        self.mark = self._question_mark() if question else -1

    def _is_inside(self, span: Span) -> bool:
        within = self.first <= span.start and span.end <= self.last
        return within and not any(self.line.quoted[span.start : span.end])

    def _reached(self) -> frozenset[int]:
        """The places that are reached from the start through values alone."""
        reach = {self._past(self.first)} | set(range(self.first, self._past(self.first) + 1))
        for span in sorted(self.spans, key=lambda one: one.start):
            if span.start in reach and not span.explains:
                reach |= set(range(span.end, self._past(span.end) + 1))
        return frozenset(reach)

    def _past(self, at: int) -> int:
        while self.line.word(at) in _CHAINED or self.line.word(at) in (
            "de",
            "d",
            "of",
            "et",
            "and",
        ):
            at += 1
        return at

    def _question_mark(self) -> int:
        marks = (
            at
            for at in range(self.last - 1, self.first - 1, -1)
            if self.line.word(at) == "?" and not self.line.quoted[at]
        )
        return next(marks, -1)

    def before(self, at: int) -> str:
        return self.line.word(at - 1) if at > self.first else ""

    def stood(self, span: Span) -> Stood:
        """The span with its standing."""
        before = self.before(span.start)
        noun = before.isalpha() and before not in PREPOSITIONS and before not in ARTICLES
        return Stood(span, self._standing(span, before, noun=noun), before, noun)

    def _standing(self, span: Span, before: str, *, noun: bool) -> Stand:
        if span.end <= self.mark:
            return Stand.QUESTION
        if span.start in self._reach:
            return Stand.HEAD
        if self._is_governed(span, before, noun=noun):
            return Stand.COMPLEMENT
        if self.is_tail(span.end):
            return Stand.TAIL
        free = before in OPENING or span.start in self._ends
        return Stand.FREE if free else Stand.INSIDE

    def _is_governed(self, span: Span, before: str, *, noun: bool) -> bool:
        if before in PREPOSITIONS:
            return True
        if self.line.word(span.end) == "s" and self.line.glued(span.end):
            return True  # `friday's party`
        led = before in ARTICLES and self.before(span.start - 1) in PREPOSITIONS
        return led or (noun and self.line.word(span.start) in OF)

    def is_head(self, span: Span) -> bool:
        return span.start in self._reach

    def is_tail(self, end: int) -> bool:
        """Whether the end, another option or a mark follows."""
        at = self.past_marks(end)
        opened = at + (self.line.word(at) in ("(", "["))
        return (
            at >= self.last
            or opened in self._options
            or self.line.word(end) in (",", ";", ")", "]")
        )

    def at_end(self, end: int) -> bool:
        return self.past_marks(end) >= self.last

    def past_marks(self, at: int) -> int:
        while at < self.last and self.line.word(at) in CLOSING:
            at += 1
        return at

    def others(self, span: Span, *kinds: SpanKind) -> tuple[Span, ...]:
        """The candidates of these kinds that stand elsewhere."""
        return tuple(one for one in self.spans if one.kind in kinds and not one.overlaps(span))


def candidates(line: Line, spans: Iterable[Span], *, question: bool = False) -> Candidates:
    """The candidates of a line, its kind words at the ends apart."""
    return Candidates(line, pleasantries.inside(line), spans, question=question)
