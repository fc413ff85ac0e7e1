"""From a phrase to a day, a moment, a question or a refusal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from enum import Enum

from circle.calendar.parts import Part
from circle.calendar.values import (
    Ambiguous,
    Day,
    Moment,
    Reason,
    Refused,
    When,
    refused,
)
from circle.calendar.view import View
from language.calendar.moments import lasting, moment, of_days, one_answer
from language.calendar.phrase import Phrase
from language.calendar.placing import place, place_hour
from language.calendar.repeating import repeated
from language.calendar.repeats import Freq, Repeat
from language.calendar.specs import Dated, Later, OnWeekday, Ranked, Spec, Stage, Which, Within
from language.calendar.windows import Window, windows


class Want(Enum):
    """What the place where a date stands asks for."""

    MOMENT = "moment"
    DAY = "day"
    WHEN = "when"


def meaning(said: Phrase, view: View, want: Want) -> When:
    """Return what a phrase means, or why it is not taken."""
    if said.repeat:
        return repeated(said, view) if want is Want.MOMENT else refused(Reason.REPEATED)
    if said.bounded:
        return refused(Reason.NOT_UNDERSTOOD)
    if isinstance(said.day, Later):
        return _later(said.day, said, view, want)
    if want is Want.DAY:
        return _day(said, view)
    return _with_hours(said, view, want) if said.hours else _without_hours(said, view, want)


def _later(later: Later, said: Phrase, view: View, want: Want) -> When:
    """Return the minute so long from now."""
    if said.hours or said.part:
        return refused(Reason.NOT_UNDERSTOOD)
    instant = view.now.astimezone(UTC) + timedelta(minutes=later.minutes)
    start = instant.replace(second=0, microsecond=0).astimezone(view.now.tzinfo)
    wrong = view.wrong_way_at(start)
    if wrong or want is Want.DAY:
        return wrong or Day(start.date())
    return Moment(start, lasting(start, said.length) if said.length else None)


def _day(said: Phrase, view: View) -> When:
    """Return the day alone: an hour said with it must exist, and is let go."""
    if said.day is None:
        return refused(Reason.NOT_UNDERSTOOD)
    found = windows(said.hours, said.part, said.length) if said.hours else None
    return found if isinstance(found, Refused) else of_days(place(said.day, view, None))


def _without_hours(said: Phrase, view: View, want: Want) -> When:
    """Return a question for the hour, unless the end of the day is what was asked for."""
    if said.day is None:
        return refused(Reason.NOT_UNDERSTOOD)
    spec = said.day if want is Want.WHEN else _vague(said.day)
    found = of_days(place(spec, view, None))
    whole = want is Want.WHEN and said.part in (None, Part.EVENING)
    if whole or not isinstance(found, Day):
        return found
    return Ambiguous((found,), Reason.HOUR_MISSING)


def _vague(spec: Spec) -> Spec:
    """A meeting is not held `à la fin du mois`: only deadlines end with a period."""
    ending = isinstance(spec, Within) and spec.stage is Stage.ENDING
    return replace(spec, stage=Stage.LATE) if isinstance(spec, Within) and ending else spec


def _with_hours(said: Phrase, view: View, want: Want) -> When:
    found = windows(said.hours, said.part, said.length) if said.hours else None
    if found is None or isinstance(found, Refused):
        return found or refused(Reason.NOT_UNDERSTOOD)
    once = one_answer(
        (one for window in found.options for one in _once(said, view, window)), found.reason
    )
    habit = _habit(said.day) if want is Want.MOMENT else None
    if habit is None or isinstance(once, Refused):
        return once
    often = repeated(replace(said, day=None, repeat=habit), view)
    return one_answer((once, often), Reason.ONCE_OR_REPEATED)


def _once(said: Phrase, view: View, window: Window) -> Iterator[When]:
    """Return the moments a window of hours gives, one for each day it may be."""
    spec = None if said.day is None else _vague(said.day)
    days = place(spec, view, window.start) if spec else place_hour(view, window.start)
    if isinstance(days, Refused):
        yield days
        return
    moments = [moment(day, window, view, days.notes) for day in days.options]
    yield one_answer(moments, days.reason)


def _habit(spec: Spec | None) -> Repeat | None:
    """Return the repetition that `le mardi`, `le 15 du mois` can also mean."""
    match spec:
        case OnWeekday(weekday, Which.HABITUAL):
            return Repeat(Freq.WEEKLY, weekdays=(weekday,))
        case Dated(day=day, habitual=True):
            return Repeat(Freq.MONTHLY, monthdays=(day,))
        case Ranked(rank, None, None):
            return Repeat(Freq.MONTHLY, monthdays=(rank,))
        case Ranked(rank, int(weekday), None):
            return Repeat(Freq.MONTHLY, ranked=((rank, weekday),))
    return None
