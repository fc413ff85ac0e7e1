"""From a repetition as said to its first moment and its rule."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import takewhile

from circle.calendar.parts import DAY, HOUR
from circle.calendar.rules import end_of_day, parts_of, rule_of, walls
from circle.calendar.values import (
    Ambiguous,
    Looking,
    Moment,
    Note,
    Reason,
    Refused,
    When,
    refused,
)
from circle.calendar.view import View, in_zone
from language.calendar.compiling import CompiledRule, compiled
from language.calendar.moments import one_answer, spanned, unique
from language.calendar.phrase import Phrase
from language.calendar.placed import PlacedDays
from language.calendar.placing import place
from language.calendar.positions import Position, placed
from language.calendar.repeats import Freq, Repeat, RepeatDoubt, Skips
from language.calendar.specs import Dated, OnWeekday, Ranked, Spec, counts_from_now
from language.calendar.windows import Window, Windows, windows


@dataclass(frozen=True, slots=True)
class _Asked:
    """One way to read a repetition: its rule, its hours, the day it holds from."""

    rule: CompiledRule
    window: Window
    since: date | None
    said: Phrase


def repeated(said: Phrase, view: View) -> When:
    """Return the first moment of a repetition with its rule, or what to ask, or why not."""
    repeat = _positioned(said)
    if repeat is None:
        return refused(Reason.NOT_UNDERSTOOD)
    since = _since(said, view)
    if isinstance(since, Refused):
        return since
    return one_answer(_from_each(said, repeat, since, view), since.reason)


def _positioned(said: Phrase) -> Repeat | None:
    """Return the repetition at the day said beside it, None where the two do not fit."""
    repeat, spec = said.repeat, said.day
    if repeat is None or (said.times and said.until):
        return None
    if spec is None or _starts(repeat, spec):
        return repeat
    position = None if repeat.placed else _position(repeat.freq, spec)
    return placed(repeat, position) if position else None


def _starts(repeat: Repeat, spec: Spec) -> bool:
    """Tell whether the day is the first: `tous les trimestres, le 9 avril 2024`."""
    whole = isinstance(spec, Dated) and spec.month is not None
    return whole and not repeat.placed and repeat.freq is not Freq.YEARLY


def _position(freq: Freq, spec: Spec) -> Position | None:
    match freq, spec:
        case Freq.WEEKLY, OnWeekday(weekday):
            return Position(weekdays=(weekday,))
        case Freq.MONTHLY, Dated(day, None, weekday=None, shift=None):
            return Position(monthdays=(day,))
        case Freq.MONTHLY, Ranked(rank, int(weekday), None):
            return Position(ranked=((rank, weekday),))
        case Freq.YEARLY, Dated(day, int(month), None, None):
            return Position(monthdays=(day,), month=month)
    return None


def _since(said: Phrase, view: View) -> PlacedDays | Refused:
    """Return the days the repetition may hold from; no option when none was said."""
    spec = said.since
    if spec is None and said.day and said.repeat and _starts(said.repeat, said.day):
        spec = said.day
    if spec is None:
        return PlacedDays(())
    found = place(spec, view, None)
    if isinstance(found, Refused) and found.reason is Reason.PAST:
        return place(spec, replace(view, looking=Looking.BACK), None)
    return found


def _from_each(said: Phrase, repeat: Repeat, since: PlacedDays, view: View) -> Iterator[When]:
    for first in since.options or (None,):
        whole = _from_its_start(repeat, first)
        if not whole.placed:
            yield Ambiguous((), Reason.DAY_MISSING)
        else:
            yield _with_rules(said, whole, first, view)


def _from_its_start(repeat: Repeat, first: date | None) -> Repeat:
    """Return the repetition on the day it starts, where nothing else places it."""
    if first is None:
        return repeat
    if repeat.placed:
        settled = repeat.doubt is RepeatDoubt.QUARTER
        return replace(repeat, doubt=None) if settled else repeat
    if repeat.freq is Freq.WEEKLY:
        return replace(repeat, weekdays=(first.weekday(),))
    month = first.month if repeat.freq is Freq.YEARLY else None
    return replace(repeat, monthdays=(first.day,), month=month)


def _with_rules(said: Phrase, repeat: Repeat, first: date | None, view: View) -> When:
    rules = compiled(repeat, said.skips or Skips())
    if isinstance(rules, Refused):
        return rules
    if said.hours is None:
        return Ambiguous((), Reason.HOUR_MISSING)
    found = windows(said.hours, said.part, said.length)
    if isinstance(found, Refused):
        return found
    within = _within_the_day(found)
    if isinstance(within, Refused):
        return within
    asked = [
        _Asked(rule, window, first, said) for window in within.options for rule in rules.options
    ]
    reason = rules.reason or within.reason
    answer = one_answer([_first(one, view) for one in asked], reason)
    still = within.reason is Reason.MIDNIGHT and isinstance(answer, Moment)
    return Ambiguous((answer,), Reason.MIDNIGHT) if still and isinstance(answer, Moment) else answer


def _within_the_day(found: Windows) -> Windows | Refused:
    """Leave out the midnight that ends a day: a rule's days are those it starts on."""
    kept = tuple(window for window in found.options if window.start < DAY)
    return Windows(kept, found.reason) if kept else refused(Reason.IMPOSSIBLE_HOUR)


def _first(asked: _Asked, view: View) -> Moment | Ambiguous | Refused:
    """Return the first moment after now of one way to read a repetition."""
    anchor = _anchor(asked, view)
    if anchor is None:
        return refused(Reason.NO_OCCURRENCE)
    ahead = View(in_zone(max(anchor, _wall(view.now)), view.now)[0], Looking.FORWARD)
    exdates = _exdates(asked.said, ahead)
    rule = _bounded(asked, ahead, view)
    if not isinstance(exdates, tuple):
        return exdates
    if not isinstance(rule, str):
        return rule
    return _moment(asked, anchor, rule, exdates, view)


def _wall(instant: datetime) -> datetime:
    return instant.replace(tzinfo=None, fold=0)


def _anchor(asked: _Asked, view: View) -> datetime | None:
    """Return the wall time the rule counts from."""
    hour = time(*divmod(asked.window.start, HOUR))
    origin = datetime.combine(asked.since or view.today, hour)
    found = walls(origin.replace(tzinfo=view.now.tzinfo), asked.rule.every)
    if asked.since is None:
        found = (wall for wall in found if wall > _wall(view.now))
    return next(iter(found), None)


def _exdates(said: Phrase, ahead: View) -> tuple[date, ...] | Ambiguous | Refused:
    days: list[date] = []
    for spec in said.skips.days if said.skips else ():
        if spec.month is None:  # `sauf le premier du mois` leaves out more than a day
            return refused(Reason.NOT_UNDERSTOOD)
        found = place(spec, ahead, None)
        if isinstance(found, Refused):
            return found
        if found.reason:
            return Ambiguous((), found.reason)
        days.extend(found.options)
    return tuple(sorted(days))


def _bounded(asked: _Asked, ahead: View, view: View) -> str | Ambiguous | Refused:
    """Return the rule with its end: a day, or a number of times."""
    parts = parts_of(asked.rule.text)
    if asked.said.times:
        return rule_of({**parts, "COUNT": str(asked.said.times)})
    if asked.said.until is None:
        return asked.rule.text
    from_now = counts_from_now(asked.said.until)
    found = place(asked.said.until, view if from_now else ahead, None)
    if isinstance(found, Refused):
        passed = found.reason is Reason.PAST
        return refused(Reason.NO_OCCURRENCE) if passed else found
    if found.reason:
        return Ambiguous((), found.reason)
    return rule_of({**parts, "UNTIL": end_of_day(found.options[0], ahead.now)})


def _moment(
    asked: _Asked, anchor: datetime, rule: str, exdates: tuple[date, ...], view: View
) -> Moment | Refused:
    """Return the first moment that the clocks do not skip and that is not left out."""
    counted = rule_of({**parts_of(rule), "COUNT": ""})
    idle = _never_on(exdates, anchor.replace(tzinfo=view.now.tzinfo), counted)
    if idle:
        return refused(Reason.NO_OCCURRENCE, date=idle)
    skipped: tuple[Note, ...] = ()
    for wall in walls(anchor.replace(tzinfo=view.now.tzinfo), counted):
        if wall <= _wall(view.now) or wall.date() in exdates:
            continue
        built = spanned(wall.date(), asked.window, view)
        if isinstance(built, Refused):
            return built
        if Note.NONEXISTENT not in built.notes:
            kept = tuple(day for day in exdates if day > wall.date())
            return Moment(built.start, built.end, rule, kept, unique((*skipped, *built.notes)))
        skipped = (Note.NONEXISTENT,)
    return refused(Reason.NO_OCCURRENCE)


def _never_on(exdates: tuple[date, ...], start: datetime, rule: str) -> date | None:
    """Return a day left out on which nothing would have happened: something else was meant."""
    if not exdates:
        return None
    days = takewhile(lambda day: day <= exdates[-1], (wall.date() for wall in walls(start, rule)))
    happening = set(days)
    return next((day for day in exdates if day not in happening), None)
