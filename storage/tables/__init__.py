"""The tables, by family. The migrations write the same ones out (a test compares them)."""

from storage.tables import (
    actions,
    circles,
    coordination,
    keeping,
    ledger,
    mail,
    meetings,
    people,
    prompts,
    receipts,
    rounds,
    sessions,
    votes,
)
from storage.tables.base import metadata

__all__ = [
    "actions",
    "circles",
    "coordination",
    "keeping",
    "ledger",
    "mail",
    "meetings",
    "metadata",
    "people",
    "prompts",
    "receipts",
    "rounds",
    "sessions",
    "votes",
]
