"""What goes on inside a meeting right now; a row goes when it is over."""

from typing import Final

from sqlalchemy import Table

from circle.rounds import RoundKind
from storage.tables.base import circle, instant, metadata, number, person, text, word

rounds: Final = Table(
    "rounds",
    metadata,
    circle(primary_key=True),
    word("kind", RoundKind, primary_key=True),
    number("number"),
    person("by"),
    instant("opened_at"),
    instant("due", nullable=True),
    text("held"),
)
