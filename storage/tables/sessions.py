"""Meetings while they are held, and the points of their agendas."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Table, false

from storage.tables.base import (
    RowId,
    circle,
    day,
    instant,
    metadata,
    number,
    of_circle,
    person,
    row_id,
    text,
)

sessions: Final = Table(
    "sessions",
    metadata,
    row_id(),
    circle(),
    number("meeting"),
    day("occurrence"),
    instant("opened_at"),
    person("opened_by"),
    instant("closed_at", nullable=True),
    person("closed_by", nullable=True),
    Column("last_entry", RowId, nullable=True),
    of_circle("meeting", "meetings"),
)
_open: Final = sessions.c.closed_at.is_(None)
Index(
    "uq_sessions_open", sessions.c.circle, unique=True, sqlite_where=_open, postgresql_where=_open
)
Index(None, sessions.c.circle, sessions.c.meeting)

agenda_points: Final = Table(
    "agenda_points",
    metadata,
    row_id(),
    circle(),
    number("meeting"),
    day("occurrence"),
    person("by"),
    instant("at"),
    text("text"),
    text("source", nullable=True),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
    of_circle("meeting", "meetings"),
)
Index(None, agenda_points.c.circle, agenda_points.c.meeting, agenda_points.c.occurrence)
Index(None, agenda_points.c.source)
