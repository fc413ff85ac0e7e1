"""Repetitions as RFC 5545 rules, and the instants they give.

Rules are computed on local wall time, then put in the zone: a meeting at 18:00 stays at 18:00
across a clock change. UNTIL is written in UTC, as the RFC asks where a start has a zone.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from dateutil.rrule import rrulestr

from circle.calendar.view import in_zone

_STAMP = "%Y%m%dT%H%M%SZ"
_NO_END = timedelta(days=366 * 60)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def parts_of(rule: str) -> dict[str, str]:
    """Return the parts of a rule by name."""
    return dict(part.split("=", 1) for part in rule.split(";"))


def rule_of(parts: dict[str, str]) -> str:
    """Return the rule made of these parts, the empty ones left out, in the usual order."""
    order = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "COUNT", "UNTIL")
    return ";".join(f"{name}={parts[name]}" for name in order if parts.get(name))


def by_day(weekday: int, rank: int | None = None) -> str:
    """Return a weekday as BYDAY writes it: `TU`, `1TU`, `-1FR`."""
    return f"{'' if rank is None else rank}{_DAYS[weekday]}"


def ranked_day(text: str) -> tuple[int | None, int]:
    """Return the rank (None: every one) and the weekday that BYDAY wrote."""
    return int(text[:-2]) if text[:-2] else None, _DAYS.index(text[-2:])


def end_of_day(day: date, like: datetime) -> str:
    """Return the last second of a local day as UNTIL writes it."""
    last = datetime.combine(day, datetime.max.time(), like.tzinfo).replace(microsecond=0)
    return f"{last.astimezone(UTC):{_STAMP}}"


def until_day(stamp: str, like: datetime) -> date:
    """Return the local day of an UNTIL."""
    return _until_wall(stamp, like).date()


def _until_wall(stamp: str, like: datetime) -> datetime:
    utc = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    return utc.astimezone(like.tzinfo).replace(tzinfo=None)


def walls(start: datetime, rule: str) -> Iterator[datetime]:
    """Return the wall times a rule gives from its start, for sixty years at most."""
    parts = parts_of(rule)
    wall = start.replace(tzinfo=None, fold=0)
    last = _until_wall(parts["UNTIL"], start) if "UNTIL" in parts else wall + _NO_END
    endless = rule_of({**parts, "UNTIL": ""})
    for found in rrulestr(endless, dtstart=wall):
        if found > last:
            return
        yield found


def _instants(start: datetime, rule: str | None, exdates: Iterable[date]) -> Iterator[datetime]:
    left_out = frozenset(exdates)
    given = walls(start, rule) if rule else iter((start.replace(tzinfo=None),))
    for wall in given:
        if wall.date() not in left_out:
            yield start if wall == start.replace(tzinfo=None) else in_zone(wall, start)[0]


def occurrences(
    start: datetime,
    rrule: str | None,
    exdates: Iterable[date],
    after: datetime,
    limit: int,
) -> tuple[datetime, ...]:
    """Return the first `limit` instants strictly after `after`, at the local hour of `start`.

    A wall time that the clocks skip moves on by what they skip; of one they go through
    twice, the first is taken.
    """
    found: list[datetime] = []
    for instant in _instants(start, rrule, exdates):
        if len(found) >= limit:
            break
        if instant > after:
            found.append(instant)
    return tuple(found)


def next_occurrence(
    start: datetime, rrule: str | None, exdates: Iterable[date], after: datetime
) -> datetime | None:
    """Return the first instant strictly after `after`, None when there is none left."""
    return next(iter(occurrences(start, rrule, exdates, after, 1)), None)
