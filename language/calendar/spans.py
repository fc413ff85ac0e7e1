"""Periods as people say them: `2026`, `novembre`, `T4 2026`, `du 9 au 11 avril`."""

from datetime import datetime

from circle.calendar.values import (
    Ambiguous,
    Day,
    Looking,
    Reason,
    Refused,
    refused,
)
from circle.calendar.view import View
from circle.time import Days
from language.calendar.line import CalendarLine
from language.calendar.meaning import Want
from language.calendar.pairs import stretch
from language.calendar.placing import place
from language.calendar.placing_months import bounds
from language.calendar.reading import interpret, whole_line
from language.calendar.span_names import named_span
from language.calendar.specs import Spec, Within, counts_from_now

_LEADS = ("le", "la", "les", "l", "the", "en", "in", "annee", "periode", "mois")


def read_span(text: str, now: datetime) -> Days | Ambiguous | Refused:
    """Return the whole days of a period, both ends included.

    A month, quarter or half without its year is the latest one begun. A period
    counted from now's (`ce mois`, `le mois dernier`) is the calendar's.
    """
    line, view = whole_line(text), View(now, Looking.BACK)
    start = line.after(0, *_LEADS)
    for at in (0, start, line.after(start, *_LEADS)):
        found = named_span(line, at, view)
        if found and found[1] == len(line):
            return found[0]
    return _between(line, view) or _one_day(line, view)


def _between(line: CalendarLine, view: View) -> Days | Ambiguous | Refused | None:
    """Read `du 9 au 11 avril`, `du 1er mars au 30 avril`, `de mars à mai 2026`."""
    both = stretch(line)
    if both is None or both[0].hours or both[1].hours or not both[0].day or not both[1].day:
        return None
    first = _edges(both[0].day, view)
    if not isinstance(first, Days):
        return first
    start = datetime.combine(first.since, view.now.time(), view.now.tzinfo)
    ahead = View(start, Looking.FORWARD)
    last = _edges(both[1].day, view if counts_from_now(both[1].day) else ahead)
    if isinstance(last, Refused) and last.reason is Reason.PAST:
        passed = last.detail.get("date", first.since)
        return refused(Reason.END_BEFORE_START, start=first.since, end=passed)
    if isinstance(last, Days) and last.until < first.since:
        return refused(Reason.END_BEFORE_START, start=first.since, end=last.until)
    return Days(first.since, last.until) if isinstance(last, Days) else last


def _edges(spec: Spec, view: View) -> Days | Ambiguous | Refused:
    """Return the first and last day of one side."""
    found = bounds(spec.period, view) if isinstance(spec, Within) else None
    if found:
        return Days(*found)
    days = place(spec, view, None)
    if isinstance(days, Refused):
        return days
    if days.reason or not days.options:
        return Ambiguous((), days.reason or Reason.VAGUE)
    return Days(days.options[0], days.options[0])


def _one_day(line: CalendarLine, view: View) -> Days | Ambiguous | Refused:
    found = interpret(line, view, Want.DAY)
    if isinstance(found, Day):
        return Days(found.date, found.date)
    return found if isinstance(found, Ambiguous | Refused) else refused(Reason.NOT_UNDERSTOOD)
