"""Two phrases in one: `du 9 avril 14h au 10 avril 12h`, `mardi ou jeudi à 14h`."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from circle.calendar.values import (
    Ambiguous,
    Looking,
    Moment,
    Reason,
    Refused,
    When,
    refused,
)
from circle.calendar.view import View
from language.calendar.completing import completed
from language.calendar.line import CalendarLine, read_once
from language.calendar.meaning import Want, meaning
from language.calendar.moments import one_answer, unique
from language.calendar.phrase import Phrase, phrase
from language.calendar.specs import Later, counts_from_now
from language.calendar.words import MOST_WORDS

_FROM = ("du", "from", "de", "d")
_TO = ("au", "to", "a", "until", "jusquau", "jusqua", "-")
_OR = ("ou", "or")
_NEVER_LAST = {*_FROM, *_TO, *_OR}
"""No side ends with these words: it is not read to be told so."""

_Lefts = tuple[tuple[Phrase, int], ...]
_LeftReader = Callable[[CalendarLine, int], tuple[_Lefts, int] | None]


def stretch(line: CalendarLine) -> tuple[Phrase, Phrase] | None:
    """Return the two days of `du … au …`, the first completed by the second."""
    start = line.after(0, *_FROM)
    if not start:
        return None
    lefts = _lefts(line, start, _before_to)
    found = (both for both in _halves(line, lefts) if all(map(_one_day, both)))
    both = next(found, None)
    if both is None:
        return None
    first, second = both
    return replace(first, day=completed(first.day, second.day)), second


def _halves(line: CalendarLine, lefts: _Lefts) -> Iterator[tuple[Phrase, Phrase]]:
    """Return every way to read what follows the joiner as well."""
    for left, at in lefts:
        if at < len(line) - 1:
            right = phrase(line.cut(at + 1, len(line))) or phrase(line.cut(at, len(line)))
            if right:
                yield left, right


def _lefts(line: CalendarLine, start: int, reader: _LeftReader) -> _Lefts:
    """Return the phrases before a joiner, each with its place; however the line ends."""
    found = reader(line.uncut(), start)
    return found[0] if found else ()


def _before(line: CalendarLine, start: int, joiners: tuple[str, ...]) -> tuple[_Lefts, int]:
    reach = min(len(line), MOST_WORDS)
    words = line.cut(0, reach).words
    places = [
        at
        for at in range(start + 1, reach)
        if words[at] in joiners and words[at - 1] not in _NEVER_LAST
    ]
    read = [(phrase(line.cut(start, at)) or phrase(line.cut(0, at)), at) for at in places]
    return tuple((left, at) for left, at in read if left), start


@read_once
def _before_to(line: CalendarLine, start: int) -> tuple[_Lefts, int]:
    return _before(line, start, _TO)


@read_once
def _before_or(line: CalendarLine, start: int) -> tuple[_Lefts, int]:
    return _before(line, start, _OR)


def _one_day(said: Phrase) -> bool:
    dayed = said.day is not None and not isinstance(said.day, Later)
    return dayed and not (said.repeat or said.bounded or said.length)


def stretched(both: tuple[Phrase, Phrase], view: View) -> When:
    """Return the moment from one day and hour to another."""
    start = meaning(both[0], view, Want.MOMENT)
    if not isinstance(start, Moment):
        return _question(start)
    from_now = both[1].day is not None and counts_from_now(both[1].day)
    ahead = view if from_now else View(start.start, Looking.FORWARD)
    end = meaning(both[1], ahead, Want.MOMENT)
    if isinstance(end, Refused) and end.reason is Reason.PAST:
        passed = end.detail.get("start", end.detail.get("date", start.start))
        return refused(Reason.END_BEFORE_START, start=start.start, end=passed)
    if not isinstance(end, Moment):
        return _question(end)
    if start.end or end.end:
        return refused(Reason.NOT_UNDERSTOOD)
    if end.start <= start.start:
        return refused(Reason.END_BEFORE_START, start=start.start, end=end.start)
    return Moment(start.start, end.start, notes=unique((*start.notes, *end.notes)))


def _question(found: When) -> When:
    """Return what is asked of one side, without choices that would forget the other."""
    return Ambiguous((), found.reason) if isinstance(found, Ambiguous) else found


def either(line: CalendarLine, view: View, want: Want) -> When | None:
    """Return the question between two readings joined by `ou`."""
    both = next(_halves(line, _lefts(line, 0, _before_or)), None)
    if both is None or any(one.repeat or one.bounded for one in both):
        return None
    left, right = both
    left = replace(left, day=completed(left.day, right.day))
    readings = (_lent(left, right), _lent(right, left))
    return one_answer([meaning(one, view, want) for one in readings], Reason.EITHER)


def _lent(said: Phrase, other: Phrase) -> Phrase:
    """Return a side with the day or the hours that only the other side says."""
    hours = said.hours or other.hours
    return replace(said, day=said.day or other.day, hours=hours, part=said.part or other.part)
