"""A phrase is clauses in any order, each kind at most once."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from circle.calendar.parts import Part
from language.calendar.days import day
from language.calendar.hours import Hours, hours, length
from language.calendar.limits import between, since, skips, times, until
from language.calendar.line import CalendarLine, Phrases, read_once
from language.calendar.names import PARTS
from language.calendar.recurrence import repeat
from language.calendar.repeats import Repeat, Skips
from language.calendar.specs import Shifted, Spec
from language.calendar.words import longest

_SEPARATORS = (",", "(", ")")
_PART_LEADS = Phrases(
    dict.fromkeys(("dans la", "dans l", "in the", "the", "le", "au", "en", "l"), None)
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was said, clause by clause."""

    day: Spec | None = None
    hours: Hours | None = None
    part: Part | None = None
    repeat: Repeat | None = None
    since: Spec | None = None
    until: Spec | None = None
    skips: Skips | None = None
    times: int | None = None
    length: int | None = None
    """Minutes."""

    @property
    def bounded(self) -> bool:
        """Whether it bounds a repetition."""
        return any(part is not None for part in (self.since, self.until, self.skips, self.times))

    def with_(self, other: "Phrase") -> "Phrase | None":
        """Return both together, None where they say the same kind of thing twice."""
        pairs = {one.name: _either(self, other, one.name) for one in fields(self)}
        clash = any(len(values) > 1 for values in pairs.values())
        known = {name: values[0] for name, values in pairs.items() if values}
        return None if clash else Phrase(**known)


def _either(one: Phrase, other: Phrase, name: str) -> list[Any]:
    values = (getattr(one, name), getattr(other, name))
    return [value for value in values if value is not None]


def phrase(line: CalendarLine) -> Phrase | None:
    """Return the whole line as a phrase, or None where anything in it is not understood."""
    found = _whole(line, 0)
    return found[0] if found else None


@read_once
def _whole(line: CalendarLine, at: int) -> tuple[Phrase, int] | None:
    said = Phrase()
    while word := line.word(at):
        if word in _SEPARATORS:
            at += 1
            continue
        found = _clause(line, at)
        both = said.with_(found[0]) if found else None
        if found is None or both is None:
            return None
        said, at = both, found[1]
    return (said, at) if said != Phrase() else None


@read_once
def _clause(line: CalendarLine, at: int) -> tuple[Phrase, int] | None:
    """Return the clause at a place that goes furthest."""
    return longest(*_clauses(line, at))


def _clauses(line: CalendarLine, at: int) -> Iterator[tuple[Phrase, int]]:
    """Return every clause that can be read at a place."""
    if found := repeat(line, at):
        yield Phrase(repeat=found[0]), found[1]
    if found_day := day(line, at):
        yield Phrase(day=found_day[0]), found_day[1]
    if found_hours := hours(line, at):
        yield Phrase(hours=found_hours[0]), found_hours[1]
    yield from _limits(line, at)
    yield from _parts(line, at)


def _limits(line: CalendarLine, at: int) -> Iterator[tuple[Phrase, int]]:
    if first := since(line, at):
        yield Phrase(since=first[0]), first[1]
    if both := between(line, at):
        yield Phrase(since=both[0][0], until=both[0][1]), both[1]
    if last := until(line, at):
        yield Phrase(until=last[0]), last[1]
    if left_out := skips(line, at):
        yield Phrase(skips=left_out[0]), left_out[1]
    if count := times(line, at):
        yield Phrase(times=count[0]), count[1]
    if lasting := length(line, at):
        yield Phrase(length=lasting[0]), lasting[1]


def _parts(line: CalendarLine, at: int) -> Iterator[tuple[Phrase, int]]:
    if line.word(at) == "tonight":
        yield Phrase(day=Shifted(), part=Part.EVENING), at + 1
    for after in (at, *(after for _, after in _PART_LEADS.all_at(line, at))):
        if part := PARTS.get(line.word(after)):
            yield Phrase(part=part), after + 1
