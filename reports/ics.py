"""A meeting as a calendar file (RFC 5545), for any calendar program."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from circle.meetings import Meeting

if TYPE_CHECKING:
    from icalendar import Event, Timezone

PRODUCT: Final = "-//souci//meetings//EN"


def calendar_file(
    meeting: Meeting,
    title: str,
    stamp: datetime,
    moved: Collection[Meeting] = (),
    *,
    usual: timedelta,
) -> bytes:
    """The .ics of a meeting or of its series; `stamp` is when this version of it was told.

    `usual`: how long a meeting lasts of which nobody said the end. Calendars want one: without it
    some show nothing, others a whole day.

    The local time, uid and sequence of the meeting are kept, so that a program updates what it
    already has; a cancelled one takes it away. `moved`: the occurrences of the series that have
    another time. They keep its uid and name the start they replace (RECURRENCE-ID); one that was
    cancelled since is a day left out (EXDATE) as any other.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if meeting.cancelled else "PUBLISH")
    calendar.add_component(_zone(meeting))
    standing = () if meeting.cancelled else [one for one in moved if not one.cancelled]
    calendar.add_component(_event(_ended(meeting, usual), title, stamp, standing))
    for one in standing:
        calendar.add_component(_occurrence(meeting, _ended(one, usual), title, stamp))
    written: bytes = calendar.to_ical()
    return written


def _ended(meeting: Meeting, usual: timedelta) -> Meeting:
    if meeting.end is not None:
        return meeting
    end = meeting.start.astimezone(UTC) + usual
    return replace(meeting, end=end.astimezone(meeting.start.tzinfo))


def _event(
    meeting: Meeting, title: str, stamp: datetime, moved: Collection[Meeting] = ()
) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp)
    event.add("summary", title)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("dtstart", meeting.start)
    if meeting.end is not None:
        event.add("dtend", meeting.end)
    if meeting.place:
        event.add("location", meeting.place)
    _repeat(event, meeting, moved)
    return event


def _occurrence(series: Meeting, moved: Meeting, title: str, stamp: datetime) -> "Event":
    event = _event(moved, title, stamp)
    event["uid"] = series.uid
    event.add("recurrence-id", moved.instead)
    return event


def _repeat(event: "Event", meeting: Meeting, moved: Collection[Meeting]) -> None:
    if meeting.rrule is None:
        return
    from icalendar import vRecur

    event.add("rrule", vRecur.from_ical(meeting.rrule))
    elsewhere = {one.instead.date() for one in moved if one.instead}
    for day in sorted(set(meeting.exdates) - elsewhere):
        event.add("exdate", meeting.start.replace(year=day.year, month=day.month, day=day.day))


def _zone(meeting: Meeting) -> "Timezone":
    zone = meeting.start.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("a meeting starts in the zone of its circle")
    from reports.timezones import describe

    return describe(zone, zone.key, meeting.start)
