"""What people were asked about a line of theirs, and have not answered for long."""

from typing import Final

from sqlalchemy import Index, Table

from circle.prompts import PromptKind, PromptState
from storage.tables.base import (
    NUMBERED_ONCE,
    circle,
    instant,
    json,
    metadata,
    number,
    person,
    row_id,
    text,
    word,
)

# `origin` is the message that what comes of it is traced to, `answer` the event that answered.
prompts: Final = Table(
    "prompts",
    metadata,
    row_id(),
    circle(),
    text("room_id"),
    text("thread", nullable=True),
    person("person"),
    text("origin"),
    text("cause"),
    word("kind", PromptKind),
    text("key"),
    text("command"),
    text("line"),
    json("choices", tuple[str, ...]),
    json("blanks", tuple[str, ...]),
    number("turn"),
    instant("said_at"),
    instant("asked_at"),
    instant("lapses_at"),
    word("state", PromptState),
    text("answer", nullable=True),
    **NUMBERED_ONCE,
)
Index(None, prompts.c.person)
Index(None, prompts.c.origin)
_answered: Final = prompts.c.answer.is_not(None)
Index(
    "ix_prompts_answer",
    prompts.c.answer,
    sqlite_where=_answered,
    postgresql_where=_answered,
)
