"""The tables, by family. The migrations write the same ones out (a test compares them)."""

from storage.tables import (
    actions,
    circles,
    ledger,
    mail,
    meetings,
    people,
    receipts,
    sessions,
    votes,
)
from storage.tables.base import metadata

__all__ = [
    "actions",
    "circles",
    "ledger",
    "mail",
    "meetings",
    "metadata",
    "people",
    "receipts",
    "sessions",
    "votes",
]
