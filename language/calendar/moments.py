"""Putting days and hours together into moments, and choices into one answer."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from circle.calendar.values import (
    Ambiguous,
    Day,
    Moment,
    Note,
    Reason,
    Refused,
    When,
    refused,
)
from circle.calendar.view import View
from language.calendar.placed import PlacedDays
from language.calendar.windows import Window

_SETTLED_BY_NOW = (Reason.MIDNIGHT, Reason.HALF_DAY)


def moment(day: date, window: Window, view: View, notes: tuple[Note, ...] = ()) -> Moment | Refused:
    """Return the moment of a day, or why it cannot be."""
    built = spanned(day, window, view)
    if isinstance(built, Refused):
        return built
    wrong = view.wrong_way_at(built.start)
    return wrong or Moment(built.start, built.end, notes=unique((*notes, *built.notes)))


def spanned(day: date, window: Window, view: View) -> Moment | Refused:
    """Return the moment of a day, wherever it lies from now."""
    start, notes = view.local(day, window.start, window.folds[0])
    end, more = _end(day, start, window, view)
    if end is not None and end.astimezone(UTC) <= start.astimezone(UTC):
        return refused(Reason.END_BEFORE_START, start=start, end=end)
    return Moment(start, end, notes=unique((*notes, *more, *window.notes)))


def _end(
    day: date, start: datetime, window: Window, view: View
) -> tuple[datetime | None, tuple[Note, ...]]:
    if window.length is not None:
        return lasting(start, window.length), ()
    if window.end is None:
        return None, ()
    return view.local(day, window.end, window.folds[1])


def lasting(start: datetime, minutes: int) -> datetime:
    """Return an instant so many minutes later, of real time."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def unique(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return notes in order, each once."""
    return tuple(dict.fromkeys(notes))


def one_answer(found: Iterable[When], reason: Reason | None) -> When:
    """Return the only reading, the question between several, or the first refusal.

    A half of the day that already lies the wrong way needs no question.
    """
    every = list(found)
    choices: dict[Day | Moment, None] = {}
    for one in every:
        if isinstance(one, Ambiguous):
            choices.update(dict.fromkeys(one.choices))
            reason = one.reason
        elif not isinstance(one, Refused):
            choices[one] = None
    if not choices:
        return every[0] if every else Ambiguous((), reason or Reason.VAGUE)
    if len(choices) == 1 and (reason is None or (len(every) > 1 and reason in _SETTLED_BY_NOW)):
        return next(iter(choices))
    return Ambiguous(tuple(choices), reason or Reason.EITHER)


def of_days(days: PlacedDays | Refused) -> Day | Ambiguous | Refused:
    """Return days as an answer."""
    if isinstance(days, Refused):
        return days
    if days.reason is None:
        return Day(days.options[0], days.notes)
    return Ambiguous(tuple(Day(day, days.notes) for day in days.options), days.reason)
