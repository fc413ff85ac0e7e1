"""Actions, who holds them, and their log."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from circle.actions import ActionChange, ActionState
from storage.tables.base import (
    RowId,
    cents,
    circle,
    day,
    instant,
    metadata,
    number,
    of_circle,
    person,
    row_id,
    text,
    word,
)

actions: Final = Table(
    "actions",
    metadata,
    circle(primary_key=True),
    Column("number", Integer, primary_key=True),
    text("title"),
    person("added_by"),
    instant("added_at"),
    number("workstream", nullable=True),
    day("due_day", nullable=True),
    instant("due_at", nullable=True),
    cents("budget"),
    word("state", ActionState),
    instant("moved_at", nullable=True),
    of_circle("workstream", "workstreams"),
)
Index(None, actions.c.circle, actions.c.state, actions.c.number)

action_holders: Final = Table(
    "action_holders",
    metadata,
    circle(primary_key=True),
    Column("action", Integer, primary_key=True),
    Column("person", Text, ForeignKey("people.key"), primary_key=True),
    number("place"),
    of_circle("action", "actions"),
)
Index(None, action_holders.c.circle, action_holders.c.person)

action_log: Final = Table(
    "action_log",
    metadata,
    row_id(),
    circle(),
    number("action"),
    word("change", ActionChange),
    person("by"),
    instant("at"),
    text("source", nullable=True),
    of_circle("action", "actions"),
)
Index(None, action_log.c.circle, action_log.c.at)
Index(None, action_log.c.circle, action_log.c.action)

action_log_texts: Final = Table(
    "action_log_texts",
    metadata,
    Column("line", RowId, ForeignKey("action_log.id"), primary_key=True),
    text("text"),
)
