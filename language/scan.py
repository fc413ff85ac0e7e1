"""Everything that can be read in a line, of the kinds that a command knows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from circle.money import Money
from language import amounts, bare, counts, deadlines, efforts, ids, people, rules
from language.answers import deadline
from language.calendar.specs import Stage, Within
from language.dates import Dates, Run
from language.entries import days
from language.grammar import words
from language.line import Line
from language.moments import moments
from language.named import clearing, funder, kept, period, renaming, series, steward, workstream
from language.pro_bono import pro_bono
from language.scene import Scene
from language.spans import Question, Span, SpanKind

_BUDGET = frozenset({"budget", "enveloppe", "envelope"})
_TO = frozenset({"-", "a", "to", "ou", "or"})
_FILLED = words(
    "max maxi maximum total prevu previsionnel environ autour d est estime fixe of about "
    "limit : = a de"
)
_ARTICLES = words(
    "le du au un son notre ce leur l de d sur mon votre the a our their its this your"
)
_BEFORE = frozenset({"avant", "before"})


@dataclass(frozen=True, slots=True)
class Look:
    """A line to look at, with its dates and what surrounds it."""

    line: Line
    scene: Scene
    dates: Dates


Reader = Callable[[Look, int], Iterable[Span | None]]


def look(line: Line, scene: Scene) -> Look:
    return Look(line, scene, Dates(line, scene.now))


def scan(looked: Look, kinds: Iterable[SpanKind]) -> tuple[Span, ...]:
    """Every span of these kinds, quotes left alone."""
    readers = tuple(dict.fromkeys(_READERS[kind] for kind in kinds if kind in _READERS))
    return tuple(_found(looked, readers))


def _found(looked: Look, readers: tuple[Reader, ...]) -> Iterator[Span]:
    for at in range(len(looked.line)):
        if not looked.line.quoted[at]:
            for reader in readers:
                found = (one for one in reader(looked, at) if one is not None)
                yield from (_with_slip(looked.line, one) for one in found)


_DATED = frozenset({SpanKind.DAY, SpanKind.DUE, SpanKind.CLOSING, SpanKind.REVIEW, SpanKind.MOMENT})


def _with_slip(line: Line, span: Span) -> Span:
    """`le 24 novenbre`: a day that a misspelt month goes on with."""
    if span.kind in _DATED and line.is_number(span.end - 1) and counts.slip(line, span.end - 1):
        return replace(span, end=span.end + 1, question=Question("date.slip"))
    return span


def _amounts(looked: Look, at: int) -> Iterable[Span | None]:
    return (amounts.amount(looked.line, at),)


def _bare(looked: Look, at: int) -> Iterable[Span | None]:
    """Only where nothing but marks stands before."""
    first = all(not looked.line.word(before).isalnum() for before in range(at))
    return (bare.bare(looked.line, at),) if first else ()


def _efforts(looked: Look, at: int) -> Iterable[Span | None]:
    return (efforts.effort(looked.line, at, looked.scene.minutes_per_day),)


def _days(looked: Look, at: int) -> Iterable[Span | None]:
    return days(looked.line, at, looked.dates)


def _people(looked: Look, at: int) -> Iterable[Span | None]:
    line, scene = looked.line, looked.scene
    return people.holders(line, at, scene), people.without_account(line, at, scene)


def _ids(looked: Look, at: int) -> Iterable[Span | None]:
    """`how`: known, where a thing of that number exists."""
    span = ids.reference(looked.line, at)
    if span is None:
        return ()
    exists = span.value.number <= looked.scene.lasts.get(span.value.kind, 0)
    return (replace(span, how="known" if exists else ""),)


def _counts(looked: Look, at: int) -> Iterable[Span | None]:
    return (*counts.labels(looked.line, at), counts.count(looked.line, at))


def _due(looked: Look, at: int) -> Iterable[Span | None]:
    return (_dated(deadlines.due(looked.line, at, looked.dates), looked.dates),)


def _closing(looked: Look, at: int) -> Iterable[Span | None]:
    lasting = rules.duration(looked.line, at, looked.scene.now)
    return _dated(deadlines.closing(looked.line, at, looked.dates), looked.dates), lasting


def _review(looked: Look, at: int) -> Iterable[Span | None]:
    """A review has a day: an hour said with it goes, as the answer shows."""
    span = _dated(deadlines.review(looked.line, at, looked.dates), looked.dates)
    if span is not None and isinstance(span.value, datetime):
        span = replace(span, value=span.value.date())
    return (span,)


def _dated(span: Span | None, dates: Dates) -> Span | None:
    """A deadline with its day or instant instead of its words."""
    if span is None or not isinstance(span.value, Run):
        return span
    run, early = _before_it(span.value, span.lead)
    value, question = deadline(deadlines.meaning(run, dates))
    if early and value is not None:
        value -= timedelta(days=1)
    return replace(span, value=value, question=question)


def _before_it(run: Run, lead: str) -> tuple[Run, bool]:
    """`avant décembre` is before its first day."""
    spec = run.said.day
    if lead in _BEFORE and isinstance(spec, Within) and spec.stage is Stage.WHOLE:
        said = replace(run.said, day=replace(spec, stage=Stage.BEGINNING))
        return replace(run, said=said), True
    return run, False


def _budget(looked: Look, at: int) -> Iterable[Span | None]:
    line = looked.line
    if line.word(at) not in _BUDGET:
        return ()
    place = at + 1
    while line.word(place) in _FILLED:
        place += 1
    said = bare.led(line, place)
    if said is None:
        return ()
    cents, end, how, question = said
    lead = "article" if line.word(at - 1) in _ARTICLES else line.word(at)
    if line.word(end) in _TO and (other := bare.led(line, end + 1)):
        end, question = other[1], Question("money.ambiguous")
    if how == "year" and cents is not None:
        question = Question("money.year", values={"amount": Money(cents)})
    if how == "bare" and line.is_word(end) and line.word(end) not in _STOPS:
        how = "followed"
    return (Span(SpanKind.BUDGET, at, end, cents, how=how, lead=lead, question=question),)


_STOPS = words(
    "avant pour jusqua jusquau chantier quorum majorite before for by until workstream dici "
    "echeance merci svp stp et and a avec au with"
)


def _moments(looked: Look, at: int) -> Iterable[Span | None]:
    return moments(looked.line, at, looked.dates, looked.scene)


def _at(read: Callable[[Line, int], Span | None]) -> Reader:
    return lambda looked, at: (read(looked.line, at),)


def _in(read: Callable[[Line, int, Scene], Span | None]) -> Reader:
    return lambda looked, at: (read(looked.line, at, looked.scene),)


_READERS: Mapping[SpanKind, Reader] = {
    SpanKind.AMOUNT: _amounts,
    SpanKind.BARE: _bare,
    SpanKind.BUDGET: _budget,
    SpanKind.EFFORT: _efforts,
    SpanKind.DAY: _days,
    SpanKind.DUE: _due,
    SpanKind.CLOSING: _closing,
    SpanKind.REVIEW: _review,
    SpanKind.PERSON: _people,
    SpanKind.PAYEE: _in(people.payee),
    SpanKind.STRANGER: _in(people.stranger),
    SpanKind.WORKSTREAM: _in(workstream),
    SpanKind.FUNDER: _in(funder),
    SpanKind.PERIOD: _at(period),
    SpanKind.STEWARD: _in(steward),
    SpanKind.ID: _ids,
    SpanKind.PRO_BONO: _at(pro_bono),
    SpanKind.CLEARED: _at(clearing),
    SpanKind.RENAMING: _at(renaming),
    SpanKind.QUORUM: _at(rules.quorum),
    SpanKind.MAJORITY: _at(rules.majority),
    SpanKind.UNANIMITY: _at(rules.unanimity),
    SpanKind.SECRET: _at(rules.secret),
    SpanKind.HIDDEN: _at(rules.hidden),
    SpanKind.MINIMUM: _at(rules.minimum),
    SpanKind.MOMENT: _moments,
    SpanKind.SERIES: _at(series),
    SpanKind.KEPT: _at(kept),
    SpanKind.ANSWER: _at(rules.answer),
    SpanKind.SLIP: _at(counts.slip),
    SpanKind.COUNT: _counts,
    SpanKind.LABEL: _counts,
}
