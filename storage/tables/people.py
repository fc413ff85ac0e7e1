"""People: an opaque key that entries name, and apart from it a profile that can be erased."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from storage.tables.base import RowId, metadata, text

# `named_in`: the circle where somebody without an account was named.
people: Final = Table(
    "people",
    metadata,
    Column("key", Text, primary_key=True),
    Column("structure", Boolean, nullable=False),
    Column("named_in", RowId, ForeignKey("circles.id")),
)
Index(None, people.c.named_in)

profiles: Final = Table(
    "profiles",
    metadata,
    Column("person", Text, ForeignKey("people.key"), primary_key=True),
    text("name"),
    text("matrix_id", nullable=True),
    text("language", nullable=True),
    UniqueConstraint("matrix_id"),
)
