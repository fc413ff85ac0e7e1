"""What is answered about measures, exports and flows, one class a key."""

from datetime import date
from fractions import Fraction

from circle.evaluation import MeasureKind
from circle.extracts import Format
from circle.flows import Link
from circle.money import Money
from circle.people import Person
from commands.kernel.sentence import Inline, Sentence, Values


class MeasureLine(Values):
    """A measure; nothing of it where too few people are in it (`suppressed`)."""

    kind: MeasureKind
    value: Fraction | None
    percent: int | None
    suppressed: bool
    people: int | None


class EvaluationMeasures(Sentence, key="evaluation.measures"):
    circle: str
    since: date
    until: date
    items: tuple[MeasureLine, ...]
    question: str
    answers: int


class MeasureOverTime(Values):
    """A measure at each end, in percent."""

    kind: MeasureKind
    percents: tuple[int | None, ...]


class EvaluationPicture(Sentence, key="picture.evaluation"):
    circle: str
    ends: tuple[date, ...]
    lines: tuple[MeasureOverTime, ...]


class RangeLine(Values):
    """How circles spread on a measure, in percent."""

    kind: MeasureKind
    circles: int
    least: int | None
    lower: int | None
    middle: int | None
    upper: int | None
    most: int | None


class EvaluationRanges(Sentence, key="evaluation.ranges"):
    since: date
    until: date
    circles: int
    fewest: int
    items: tuple[RangeLine, ...]


class EvaluationQuestion(Sentence, key="evaluation.question"):
    text: str
    member: Person


class EvaluationAnswered(Sentence, key="evaluation.answered"):
    circle: str
    question: str
    changed: bool


class EvaluationAnswers(Sentence, key="evaluation.answers"):
    circle: str
    question: str
    items: tuple[str, ...]
    count: int
    more: int


class ExportFacts(Values):
    """What is in a file, in figures (minutes); `lost`: receipts whose file is gone."""

    format: Format
    circles: int
    contributions: int
    minutes: int
    expenses: int
    actions: int
    votes: int
    meetings: int
    regulated: Money
    receipts: int
    lost: int
    empty: bool


class ExportReady(Sentence, key="export.ready"):
    file: Inline[ExportFacts]
    circle: str | None
    personal: bool
    since: date | None
    until: date | None


class FunderAmount(Values):
    """What came in from a funder."""

    name: str | None
    amount: Money


class FlowFigures(Values):
    """What came in by funder, and what it became; `missing`: less than none is available."""

    retribution: Money
    expenses: Money
    volunteered: Money
    committed: Money
    granted: Money
    available: Money
    missing: Money
    before: Money
    items: tuple[FunderAmount, ...]


class Flows(Sentence, key="flows"):
    circle: str | None
    circles: int
    since: date | None
    until: date | None
    currency: str
    exportable: bool
    figures: Inline[FlowFigures]


class FlowsPicture(Sentence, key="picture.flows"):
    circle: str | None
    since: date | None
    until: date | None
    currency: str
    retribution: Money
    expenses: Money
    volunteered: Money
    granted: Money
    available: Money
    missing: Money
    items: tuple[FunderAmount, ...]
    links: tuple[Link, ...]
