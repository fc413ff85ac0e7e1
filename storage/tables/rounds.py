"""What goes on inside a meeting right now; a row goes when it is over."""

from typing import Final

from sqlalchemy import Column, Integer, Table, UniqueConstraint

from storage.tables.base import circle, instant, metadata, person, text

rounds: Final = Table(
    "rounds",
    metadata,
    circle(primary_key=True),
    Column("number", Integer, primary_key=True),
    text("kind"),
    person("by"),
    instant("opened_at"),
    instant("due", nullable=True),
    text("held"),
    UniqueConstraint("circle", "kind"),
)
