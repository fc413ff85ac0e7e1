"""Circles, their settings, workstreams and numbering."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from circle.circles import CircleKind, CircleState
from circle.people import Role
from storage.tables.base import (
    circle,
    day,
    instant,
    json,
    metadata,
    number,
    person,
    row_id,
    text,
    word,
)

# `settings_key` names the set of settings: a new random one at each change (see storage/times.py).
# `vacant_since`: it has had stewards, and has had none since then. `founder`: a person's key; no
# reference, since people refer to the circle that named them.
circles: Final = Table(
    "circles",
    metadata,
    row_id(),
    text("name"),
    text("folded"),
    word("kind", CircleKind),
    word("state", CircleState),
    text("room_id"),
    instant("created_at"),
    json("aliases", tuple[str, ...]),
    json("places", tuple[str, ...], server_default="[]"),
    text("currency"),
    text("settings_key"),
    instant("vacant_since", nullable=True),
    Column("confirmed", Boolean, server_default=true(), nullable=False),
    text("founder", nullable=True),
    UniqueConstraint("folded"),
    UniqueConstraint("room_id"),
)

settings: Final = Table(
    "settings",
    metadata,
    row_id(),
    circle(),
    text("name"),
    text("value"),
    day("since"),
    person("by"),
    instant("at"),
)
Index(None, settings.c.circle)

workstreams: Final = Table(
    "workstreams",
    metadata,
    circle(primary_key=True),
    Column("id", Integer, primary_key=True),
    text("name"),
    text("folded"),
    person("steward", nullable=True),
    UniqueConstraint("circle", "folded"),
)

# The last number given in a circle, by kind of thing.
numbers: Final = Table(
    "numbers",
    metadata,
    circle(primary_key=True),
    Column("kind", Text, primary_key=True),
    number("last"),
)

# Somebody's place in a circle; whether they are there is told by their being in its room.
memberships: Final = Table(
    "memberships",
    metadata,
    circle(primary_key=True),
    Column("person", Text, ForeignKey("people.key"), primary_key=True),
    word("role", Role),
    day("since"),
    day("until", nullable=True),
)
Index(None, memberships.c.person)
