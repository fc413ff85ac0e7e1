"""A time zone described as calendar files want it (RFC 5545, VTIMEZONE)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import groupby

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks change: `onset` is the local time before it, without zone."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def describe(zone: tzinfo, name: str, since: datetime, until: datetime) -> Timezone:
    """The zone's VTIMEZONE, right from `since` to `until` (zone-aware)."""
    changes = [_start(zone, since), *_changes(zone, since, until)]
    described = Timezone()
    described.add("tzid", name)
    alike = sorted(changes, key=_kind)
    for _, group in groupby(alike, key=_kind):
        described.add_component(_observance(list(group)))
    return described


def _kind(change: Change) -> tuple[timedelta, timedelta, str, bool]:
    return (change.before, change.after, change.name, change.summer)


def _observance(changes: list[Change]) -> TimezoneDaylight | TimezoneStandard:
    first, *others = changes
    observance = TimezoneDaylight() if first.summer else TimezoneStandard()
    observance.add("dtstart", first.onset)
    if others:
        observance.add("rdate", [change.onset for change in others])
    observance.add("tzname", first.name)
    observance.add("tzoffsetfrom", first.before)
    observance.add("tzoffsetto", first.after)
    return observance


def _start(zone: tzinfo, since: datetime) -> Change:
    """What holds at `since`, as if the clocks had been set then."""
    local = since.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    return Change(local.replace(tzinfo=None), offset, offset, *_told(local))


def _changes(zone: tzinfo, since: datetime, until: datetime) -> Iterator[Change]:
    instant = since.astimezone(UTC)
    while instant < until:
        following = instant + _DAY
        before, after = _offset(zone, instant), _offset(zone, following)
        if before != after:
            change = _instant_of_change(zone, instant, following)
            onset = (change + before).replace(tzinfo=None)
            yield Change(onset, before, after, *_told(change.astimezone(zone)))
        instant = following


def _instant_of_change(zone: tzinfo, early: datetime, late: datetime) -> datetime:
    """The first minute, after `early`, at which the offset of `late` holds."""
    wanted = _offset(zone, late)
    while late - early > _MINUTE:
        middle = early + (late - early) // _MINUTE // 2 * _MINUTE
        early, late = (early, middle) if _offset(zone, middle) == wanted else (middle, late)
    return late


def _offset(zone: tzinfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _told(local: datetime) -> tuple[str, bool]:
    return local.tzname() or "", bool(local.dst())
