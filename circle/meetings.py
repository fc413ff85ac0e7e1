"""Meetings: when, where, who was there."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from circle.calendar import next_occurrence
from circle.people import Person, PersonKey


class MeetingKind(StrEnum):
    """A regulation meeting decides amounts; the others do not."""

    REGULATION = "regulation"
    OTHER = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting or a series (`rrule`, local time kept). Instants carry the circle's zone.

    `uid` and `sequence` are those of its calendar file. A meeting that is a moved occurrence names
    its `series` and the start that it takes the place of (`instead`).
    """

    number: int
    kind: MeetingKind
    title: str
    start: datetime
    end: datetime | None
    place: str | None
    uid: str
    by: PersonKey
    rrule: str | None = None
    exdates: tuple[date, ...] = ()
    sequence: int = 0
    cancelled: bool = False
    series: int | None = None
    instead: datetime | None = None


def next_start(meeting: Meeting, after: datetime) -> datetime | None:
    """When the meeting next starts, at `after` or later (a running one counts until its end)."""
    if meeting.rrule is not None:
        return next_occurrence(meeting.start, meeting.rrule, meeting.exdates, after)
    over = meeting.end or meeting.start
    return meeting.start if over >= after else None


def end_of(meeting: Meeting, start: datetime) -> datetime | None:
    """When the occurrence that starts then ends: as long after as the first one, local time."""
    if meeting.end is None:
        return None
    length = meeting.end.replace(tzinfo=None) - meeting.start.replace(tzinfo=None)
    return start + length


class Presence(StrEnum):
    """What somebody says of a meeting."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    REPRESENTED = "represented"


@dataclass(frozen=True, slots=True)
class Attendance:
    """What one person last said of one occurrence (the day it starts) of a meeting.

    `proxy`: who carries the voice of somebody represented.
    """

    meeting: int
    occurrence: date
    person: Person
    presence: Presence
    at: datetime
    proxy: PersonKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A free reminder for a room or a person (`direct`), once or recurring."""

    number: int
    by: PersonKey
    at: datetime
    text: str
    rrule: str | None = None
    direct: bool = False
    cancelled: bool = False
