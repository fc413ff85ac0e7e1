"""When a meeting is reminded."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from circle.calendar import occurrences
from circle.meetings import Meeting
from circle.rhythm import Rhythm, after_quiet

_LOOKED_AT = 50


def before(start: datetime, ahead: timedelta) -> datetime:
    """So long before a start: whole days keep the local hour across a clock change."""
    if ahead % timedelta(days=1):
        return (start.astimezone(UTC) - ahead).astimezone(start.tzinfo)
    return start - ahead


def next_reminder(meeting: Meeting, rhythm: Rhythm, after: datetime) -> datetime | None:
    """The next instant, strictly after `after`, at which a meeting is reminded; None: none left.

    Of a series, a reminder that would ring before the occurrence just before is left out: nobody
    is told a week ahead of what happens every week.
    """
    for earlier, start in _pairs(meeting, rhythm, after):
        due = [
            instant
            for ahead in rhythm.meetings
            if (instant := after_quiet(before(start, ahead), rhythm.quiet)) > after
            and instant < start
            and (earlier is None or instant > earlier)
        ]
        if due:
            return min(due)
    return None


def _pairs(
    meeting: Meeting, rhythm: Rhythm, after: datetime
) -> Iterator[tuple[datetime | None, datetime]]:
    """Each start to come, with the one before it where a reminder could reach back to it."""
    if meeting.rrule is None:
        yield None, meeting.start
        return
    farthest = max(rhythm.meetings, default=timedelta(0))
    starts = occurrences(
        meeting.start, meeting.rrule, meeting.exdates, after - farthest, _LOOKED_AT
    )
    for earlier, start in pairwise((None, *starts)):
        if start is not None and start > after:
            yield earlier, start
