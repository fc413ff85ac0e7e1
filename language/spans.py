"""What a reader found: where it stands, what it is worth, how it was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class SpanKind(StrEnum):
    """What a span may be. COUNT and LABEL only explain that text is text."""

    AMOUNT = "amount"
    BARE = "bare"
    """A number without unit where an amount may be meant."""
    BUDGET = "budget"
    EFFORT = "effort"
    DAY = "day"
    MOMENT = "moment"
    DUE = "due"
    CLOSING = "closing"
    REVIEW = "review"
    PERSON = "person"
    PAYEE = "payee"
    STRANGER = "stranger"
    """A capitalised name that nobody has, after what introduces one."""
    WORKSTREAM = "workstream"
    FUNDER = "funder"
    PERIOD = "period"
    STEWARD = "steward"
    ID = "id"
    PRO_BONO = "pro-bono"
    CLEARED = "cleared"
    RENAMING = "renaming"
    """A word that says what follows is the new title: `titre`."""
    QUORUM = "quorum"
    MAJORITY = "majority"
    UNANIMITY = "unanimity"
    SECRET = "secret"  # noqa: S105 - of a ballot
    HIDDEN = "hidden"
    MINIMUM = "minimum"
    SLIP = "slip"
    """A word one letter away from a day or a month."""
    KEPT = "kept"
    """What stays as it is: `même heure`."""
    SERIES = "series"
    """Whether one occurrence or all of them are meant."""
    ANSWER = "answer"
    """What answers a vote, where a new question is expected."""
    COUNT = "count"
    LABEL = "label"
    PLEASANTRY = "pleasantry"


EXPLAINING = frozenset({SpanKind.COUNT, SpanKind.LABEL})


def _nothing() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """What must be asked of a value: a refusal's key, and the values it may have been.

    `spans`: what its words may be read as instead, where those are not the same words.
    """

    key: str
    choices: tuple[Any, ...] = ()
    spans: tuple[Any, ...] = ()
    values: Mapping[str, object] = field(default_factory=_nothing, hash=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens from `start` to `end` that can be read as a value of a kind.

    `how`: in what manner (computed, rate, range, bare…). `lead`: the word that introduces it,
    inside the span. `keep`: read, and its words stay in the text as well. `question`: what must
    be asked before it is believed.
    """

    kind: SpanKind
    start: int
    end: int
    value: Any = None
    how: str = ""
    lead: str = ""
    keep: bool = False
    question: Question | None = None

    @property
    def explains(self) -> bool:
        """Whether it only tells that words are text."""
        return self.kind in EXPLAINING

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end
