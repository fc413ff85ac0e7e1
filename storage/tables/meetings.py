"""Meetings, who came, free reminders, and the jobs of the clock."""

from datetime import date
from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint, false

from circle.jobs import JobKind
from circle.meetings import MeetingKind, Presence
from storage.tables.base import (
    NUMBERED_ONCE,
    circle,
    day,
    instant,
    json,
    metadata,
    number,
    of_circle,
    person,
    row_id,
    text,
    word,
)

meetings: Final = Table(
    "meetings",
    metadata,
    circle(primary_key=True),
    Column("number", Integer, primary_key=True),
    word("kind", MeetingKind),
    text("title"),
    instant("start"),
    instant("end", nullable=True),
    text("place", nullable=True),
    text("uid"),
    person("by"),
    text("rrule", nullable=True),
    json("exdates", tuple[date, ...]),
    number("sequence"),
    Column("cancelled", Boolean, nullable=False),
    number("series", nullable=True),
    instant("instead", nullable=True),
    UniqueConstraint("uid"),
)
Index(None, meetings.c.circle, meetings.c.start)

attendances: Final = Table(
    "attendances",
    metadata,
    row_id(),
    circle(),
    number("meeting"),
    day("occurrence"),
    person("person"),
    word("presence", Presence),
    instant("at"),
    text("source", nullable=True),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
    person("proxy", nullable=True),
    of_circle("meeting", "meetings"),
)
Index(None, attendances.c.circle, attendances.c.meeting, attendances.c.occurrence)
Index(None, attendances.c.source)

reminders: Final = Table(
    "reminders",
    metadata,
    circle(primary_key=True),
    Column("number", Integer, primary_key=True),
    person("by"),
    instant("at"),
    text("text"),
    text("rrule", nullable=True),
    Column("direct", Boolean, nullable=False),
    Column("cancelled", Boolean, nullable=False),
)

# `subject` 0: the job is the circle's own (numbers start from 1), so that uniqueness sees it.
jobs: Final = Table(
    "jobs",
    metadata,
    row_id(),
    circle(),
    word("kind", JobKind),
    number("subject"),
    instant("due"),
    Column("done", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("circle", "kind", "subject", "due"),
    **NUMBERED_ONCE,
)
_pending: Final = jobs.c.done.is_(False)
Index("ix_jobs_pending", jobs.c.due, sqlite_where=_pending, postgresql_where=_pending)
