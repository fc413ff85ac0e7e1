"""What goes on inside a meeting right now; a row goes when it is over."""

from typing import Final

from sqlalchemy import Column, Table, Text

from storage.tables.base import circle, instant, metadata, number, person, text

rounds: Final = Table(
    "rounds",
    metadata,
    circle(primary_key=True),
    Column("kind", Text, primary_key=True),
    number("number"),
    person("by"),
    instant("opened_at"),
    instant("due", nullable=True),
    text("held"),
)
