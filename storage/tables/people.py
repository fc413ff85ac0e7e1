"""People: an opaque key that entries name, and apart from it a profile that can be erased."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint, false

from storage.tables.base import RowId, day, metadata, text

# `named_in`: the circle where somebody without an account was named.
people: Final = Table(
    "people",
    metadata,
    Column("key", Text, primary_key=True),
    Column("structure", Boolean, nullable=False),
    Column("named_in", RowId, ForeignKey("circles.id")),
)
Index(None, people.c.named_in)

# `mention`: whether they agreed to be named outside their circles; `weekly`: whether they are sent
# what waits for them each Monday; `pause`: the last day on which nothing is asked of them.
profiles: Final = Table(
    "profiles",
    metadata,
    Column("person", Text, ForeignKey("people.key"), primary_key=True),
    text("name"),
    text("matrix_id", nullable=True),
    text("language", nullable=True),
    Column("mention", Boolean, nullable=False, server_default=false()),
    Column("weekly", Boolean, nullable=False, server_default=false()),
    day("pause", nullable=True),
    UniqueConstraint("matrix_id"),
)
