"""From the hours said to minutes of the day: where they begin and end."""

from dataclasses import dataclass

from circle.calendar.parts import DAY, HOUR, Part
from circle.calendar.values import Note, Reason, Refused, refused
from language.calendar.clock import ClockForm, ClockHour, candidates
from language.calendar.hours import Hours

_EVENING, _DAWN = 18 * HOUR, 6 * HOUR
_DOUBTS = {ClockForm.HALF_UNSAID: Reason.HALF_DAY, ClockForm.MIDNIGHT: Reason.MIDNIGHT}


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes since the midnight that begins the day; beyond 1440 it is the day after.

    `length` is what was said instead of an end; the folds are those of `ClockHour`.
    """

    start: int
    end: int | None = None
    length: int | None = None
    folds: tuple[int | None, int | None] = (None, None)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Windows:
    """The window meant, or (`reason`) those to ask about."""

    options: tuple[Window, ...]
    reason: Reason | None = None


def windows(hours: Hours, part: Part | None, length: int | None) -> Windows | Refused:
    """Return when in the day; hours that no day has are refused."""
    starts = candidates(hours.start, part)
    if not starts or (hours.end and not candidates(hours.end, None)):
        return refused(Reason.IMPOSSIBLE_HOUR)
    if hours.end and length:
        return refused(Reason.NOT_UNDERSTOOD)
    options = tuple(_window(start, hours, part, length) for start in starts)
    if hours.about:
        return Windows(options, Reason.VAGUE)
    return Windows(options, _DOUBTS.get(hours.start.form) if len(options) > 1 else None)


def _window(start: int, hours: Hours, part: Part | None, length: int | None) -> Window:
    if hours.end is None:
        return Window(start, length=length, folds=(hours.start.fold, None))
    end = _end(start, hours.end, part)
    night = end <= start and start >= _EVENING and end <= _DAWN
    folds = (hours.start.fold, hours.end.fold)
    if night:
        return Window(start, end + DAY, folds=folds, notes=(Note.ENDS_NEXT_DAY,))
    return Window(start, end, folds=folds)


def _end(start: int, end: ClockHour, part: Part | None) -> int:
    """Return the first end after the start that the words allow, else what was said."""
    said = (*candidates(end, None), *candidates(end, part))
    return min((one for one in said if one > start), default=said[0])
