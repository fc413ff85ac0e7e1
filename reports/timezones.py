"""A time zone described as calendar files want it (RFC 5545, VTIMEZONE).

Desktop calendars read yearly rules and ignore lists of dates. So where the clocks change by a rule
it is written as one; where they do not change, one observance says so; where they change by no
yearly rule (Ramadan in Morocco), the dates are listed for as long as anybody plans.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Final

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP: Final = timedelta(days=7)  # shorter than any stay in an offset
_MINUTE: Final = timedelta(minutes=1)
_WEEK: Final = 7
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_YEARS: Final = 29
"""How far is looked: in 28 years each date falls on each weekday, so that no other rule fits."""

Rule = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks change: `onset` is the local time before it, without zone."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def describe(zone: tzinfo, name: str, when: datetime) -> Timezone:
    """The zone's VTIMEZONE, right from `when` (zone-aware) on."""
    first = datetime(when.year - 1, 1, 1, tzinfo=UTC)
    until = first.replace(year=first.year + _YEARS)
    changes = list(_changes(zone, first, until))
    if not changes or changes[0].onset > when.replace(tzinfo=None):
        changes.insert(0, _standing(zone, first))
    described = Timezone()
    described.add("tzid", name)
    for _, group in groupby(sorted(changes, key=_kind), key=_kind):
        described.add_component(_observance(list(group), until.year - 1))
    return described


def _kind(change: Change) -> tuple[timedelta, timedelta, str, bool]:
    return (change.before, change.after, change.name, change.summer)


def _observance(changes: Sequence[Change], last: int) -> TimezoneDaylight | TimezoneStandard:
    first, *others = changes
    observance = TimezoneDaylight() if first.summer else TimezoneStandard()
    observance.add("dtstart", first.onset)
    rule = _yearly([change.onset for change in changes], last)
    if rule:
        observance.add("rrule", rule)
    elif others:
        observance.add("rdate", [change.onset for change in others])
    observance.add("tzname", first.name)
    observance.add("tzoffsetfrom", first.before)
    observance.add("tzoffsetto", first.after)
    return observance


def _yearly(onsets: Sequence[datetime], last: int) -> Rule | None:
    """The rule that gives these local times, one each year until that one; or none."""
    years = [onset.year for onset in onsets]
    fixed = {(onset.month, onset.weekday(), onset.time()) for onset in onsets}
    if len(fixed) > 1 or len(years) == 1 or years != list(range(years[0], last + 1)):
        return None
    [(month, weekday, _)] = fixed
    return {"freq": "yearly", "bymonth": month, **_placed(onsets, _DAYS[weekday])}


def _placed(onsets: Sequence[datetime], weekday: str) -> Rule:
    """Which of its month that weekday is: the second, the last, or the one within some days."""
    ranks = {(onset.day - 1) // _WEEK + 1 for onset in onsets}
    if len(ranks) == 1:
        return {"byday": f"{ranks.pop()}{weekday}"}
    if all(onset.day > monthrange(onset.year, onset.month)[1] - _WEEK for onset in onsets):
        return {"byday": f"-1{weekday}"}
    days = [onset.day for onset in onsets]
    return {"byday": weekday, "bymonthday": list(range(min(days), max(days) + 1))}


def _standing(zone: tzinfo, since: datetime) -> Change:
    """What holds at `since`, as if the clocks had been set then."""
    local = since.astimezone(zone)
    offset = _offset(zone, since)
    return Change(local.replace(tzinfo=None), offset, offset, local.tzname() or "", summer=False)


def _changes(zone: tzinfo, since: datetime, until: datetime) -> Iterator[Change]:
    instant = since
    while instant < until:
        following = instant + _STEP
        if _offset(zone, instant) != _offset(zone, following):
            yield _change(zone, _instant_of_change(zone, instant, following))
        instant = following


def _change(zone: tzinfo, instant: datetime) -> Change:
    """The change at that instant. Summer is ahead, whatever the zone calls it (as Dublin does)."""
    old, new = (instant - _MINUTE).astimezone(zone), instant.astimezone(zone)
    before, after = _offset(zone, instant - _MINUTE), _offset(zone, instant)
    seasonal = bool(old.dst() or new.dst())
    onset = (instant + before).replace(tzinfo=None)
    return Change(onset, before, after, new.tzname() or "", summer=seasonal and after > before)


def _instant_of_change(zone: tzinfo, early: datetime, late: datetime) -> datetime:
    """The first minute, after `early`, at which the offset of `late` holds."""
    wanted = _offset(zone, late)
    while late - early > _MINUTE:
        middle = early + (late - early) // _MINUTE // 2 * _MINUTE
        early, late = (early, middle) if _offset(zone, middle) == wanted else (middle, late)
    return late


def _offset(zone: tzinfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
