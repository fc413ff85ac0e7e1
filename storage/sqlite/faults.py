"""What SQLite's errors mean."""

import sqlite3
from typing import Final

Error = sqlite3.Error
"""What the driver raises where SQLAlchemy is not in between."""

_PASSING: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
_FORBIDDEN: Final = frozenset(
    {
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
_UNREADABLE: Final = frozenset(
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_NOTADB}
)


def passes(fault: Error) -> bool:
    """The database is away for now: locked, full, read-only."""
    return _code(fault) in _PASSING


def is_locked(fault: Error) -> bool:
    """Another program is in the way."""
    return _code(fault) == sqlite3.SQLITE_BUSY


def is_forbidden(fault: Error) -> bool:
    """We have no right to write there."""
    return _code(fault) in _FORBIDDEN


def is_unreadable(fault: Error) -> bool:
    """That is no SQLite database, or no whole one."""
    return _code(fault) in _UNREADABLE


def _code(fault: Error) -> int:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF
