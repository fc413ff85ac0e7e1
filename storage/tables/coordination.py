"""What the coordination tells every circle; the open questions of circles, and their answers."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, false

from storage.tables.base import RowId, circle, instant, metadata, person, row_id, text

# Once it has left, or will not, its text is dropped: what was said stays in the rooms.
broadcasts: Final = Table(
    "broadcasts",
    metadata,
    row_id(),
    person("by"),
    instant("at"),
    text("text"),
    text("cause", nullable=True),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
)
Index(None, broadcasts.c.by)

questions: Final = Table(
    "questions",
    metadata,
    row_id(),
    circle(),
    person("by"),
    instant("at"),
    text("text"),
)
Index(None, questions.c.circle)

# Who answered is kept only to change or erase the answer: it is never told.
answers: Final = Table(
    "answers",
    metadata,
    Column("question", RowId, ForeignKey("questions.id"), primary_key=True),
    Column("person", Text, ForeignKey("people.key"), primary_key=True),
    instant("at"),
    text("text"),
)
