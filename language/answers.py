"""What the calendar answers, as a value or as what must be asked."""

from collections.abc import Mapping
from datetime import date, datetime

from circle.calendar import Ambiguous, Day, Moment, Reason, Refused, When
from language.spans import Question

_ASKED: Mapping[Reason, str] = {
    Reason.HOUR_MISSING: "date.hour-missing",
    Reason.DAY_MISSING: "date.day-missing",
    Reason.VAGUE: "date.vague",
}
_REFUSED: Mapping[Reason, str] = {
    Reason.IMPOSSIBLE_DAY: "date.impossible",
    Reason.IMPOSSIBLE_HOUR: "date.impossible",
    Reason.WEEKDAY_MISMATCH: "date.mismatch",
    Reason.PAST: "date.past",
    Reason.FUTURE: "date.future",
    Reason.END_BEFORE_START: "date.end-before-start",
    Reason.NO_OCCURRENCE: "date.no-occurrence",
    Reason.REPEATED: "date.repeated",
    Reason.TOO_FAR: "date.too-far",
}
_NOT_UNDERSTOOD = Question("date.not-understood")


def question(reading: When) -> Question | None:
    """What is asked, or refused, about a reading; None where it is a day or a moment."""
    if isinstance(reading, Ambiguous):
        key = _ASKED.get(reading.reason, "date.ambiguous")
        choices = tuple(one.date if isinstance(one, Day) else one.start for one in reading.choices)
        values = {"reason": reading.reason}
        return Question(key, tuple(dict.fromkeys(choices)), values=values)
    if isinstance(reading, Refused):
        key = _REFUSED.get(reading.reason, "date.not-understood")
        other = reading.detail.get("date") if reading.reason is Reason.WEEKDAY_MISMATCH else None
        return Question(key, (other,) if other else (), values=dict(reading.detail))
    return None


def whole_day(reading: When) -> tuple[date | None, Question | None]:
    """The day of a reading, or what is asked about it."""
    if isinstance(reading, Day):
        return reading.date, None
    return None, question(reading) or _NOT_UNDERSTOOD


def deadline(reading: When) -> tuple[date | datetime | None, Question | None]:
    """A day (complete) or an instant; a repetition or a stretch is none."""
    if isinstance(reading, Moment):
        if reading.rrule is not None:
            return None, Question("date.repeated")
        return (None, _NOT_UNDERSTOOD) if reading.end else (reading.start, None)
    return whole_day(reading)
