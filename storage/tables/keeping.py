"""What is done once: the chores of a day, what an erasure left to do, the imports of a circle."""

from typing import Final

from sqlalchemy import Column, Table, Text

from storage.tables.base import circle, instant, json, metadata, row_id

# When each daily chore was last done, whichever process did it.
chores: Final = Table(
    "chores",
    metadata,
    Column("name", Text, primary_key=True),
    instant("done_at"),
)

# Somebody was forgotten then: nothing says who. `files`: hashes of receipts still to delete, JSON.
erasures: Final = Table(
    "erasures",
    metadata,
    row_id(),
    instant("at"),
    json("files", tuple[str, ...]),
    instant("finished_at", nullable=True),
)

# What was entered from files, by the digest of their contents: it is never entered twice.
imports: Final = Table(
    "imports",
    metadata,
    circle(primary_key=True),
    Column("digest", Text, primary_key=True),
    instant("at"),
)
