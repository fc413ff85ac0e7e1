"""A series of meetings changed: one occurrence set apart, or all that follow moved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from circle.calendar import Moment, occurrences
from circle.meetings import Meeting, end_of

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_JUST_BEFORE = timedelta(seconds=1)
_MOST = 2_000
_IN_EVERY_MONTH = 28
_WEEK = 7


def without(series: Meeting, day: date) -> Meeting:
    """The series as it is without the occurrence of that local day."""
    left_out = tuple(sorted({*series.exdates, day}))
    return replace(series, exdates=left_out, sequence=series.sequence + 1)


def apart(series: Meeting, was: datetime, when: Moment, number: int, uid: str) -> Meeting:
    """The occurrence that was to start then, as a meeting of its own at its new time.

    Calendars know it as that occurrence of the series (RFC 5545, RECURRENCE-ID).
    """
    end = when.end or _as_long(series, was, when.start)
    return replace(
        series,
        number=number,
        uid=uid,
        start=when.start,
        end=end,
        rrule=None,
        exdates=(),
        sequence=series.sequence + 1,
        series=series.number,
        instead=was,
    )


def detached(occurrence: Meeting) -> Meeting:
    """A moved occurrence whose series no longer holds it: calendars know it by its own uid."""
    return replace(occurrence, series=None, instead=None, sequence=occurrence.sequence + 1)


def moved(meeting: Meeting, was: datetime, when: Moment) -> Meeting | None:
    """The meeting, or from that occurrence on all of its series, at the new time.

    None where the new day does not say on which days the series now happens (the first Tuesday
    of each month moved to the 9th).
    """
    rule, left_out = when.rrule, when.exdates
    if rule is None and meeting.rrule is not None:
        rule, left_out = _shifted(meeting, was, when.start), _kept(meeting, was, when.start)
        if rule is None:
            return None
    return replace(
        meeting,
        start=when.start,
        end=when.end or _as_long(meeting, was, when.start),
        rrule=rule,
        exdates=left_out,
        sequence=meeting.sequence + 1,
    )


def _as_long(meeting: Meeting, was: datetime, start: datetime) -> datetime | None:
    """The end that keeps the length of the meeting, in local time."""
    end = end_of(meeting, was)
    if end is None:
        return None
    return start + (end.replace(tzinfo=None) - was.replace(tzinfo=None))


def _kept(series: Meeting, was: datetime, start: datetime) -> tuple[date, ...]:
    """The days left out that are still to come, moved as much."""
    shift = start.date() - was.date()
    return tuple(day + shift for day in series.exdates if day > was.date())


def _shifted(series: Meeting, was: datetime, start: datetime) -> str | None:
    parts = dict(part.split("=", 1) for part in (series.rrule or "").split(";"))
    if start.date() != was.date():
        change = _CHANGES.get(parts["FREQ"])
        if change is None or not change(parts, start.date()):
            return None
    if "COUNT" in parts:
        left = occurrences(series.start, series.rrule, (), was - _JUST_BEFORE, _MOST)
        parts["COUNT"] = str(len(left))
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    return rule if occurrences(start, rule, (), start - _JUST_BEFORE, 1) == (start,) else None


def _of_week(parts: dict[str, str], day: date) -> bool:
    """Another weekday, where the series has only one."""
    if "," in parts.get("BYDAY", ""):
        return False
    parts["BYDAY"] = _DAYS[day.weekday()]
    return True


def _of_month(parts: dict[str, str], day: date) -> bool:
    """Another weekday of the same rank, or another day of the month."""
    said = parts.get("BYDAY") or parts.get("BYMONTHDAY", "")
    if "," in said or "BYSETPOS" in parts:
        return False
    if "BYDAY" in parts:
        parts["BYDAY"] = said[:-2] + _DAYS[day.weekday()]
        return bool(said[:-2]) and _has_rank(day, int(said[:-2]))
    if day.day > _IN_EVERY_MONTH:
        return False
    parts["BYMONTHDAY"] = str(day.day)
    return True


def _has_rank(day: date, rank: int) -> bool:
    if rank > 0:
        return (day.day - 1) // _WEEK + 1 == rank
    return (day + timedelta(days=_WEEK)).month != day.month and rank == -1


_CHANGES: dict[str, Callable[[dict[str, str], date], bool]] = {
    "WEEKLY": _of_week,
    "MONTHLY": _of_month,
}
