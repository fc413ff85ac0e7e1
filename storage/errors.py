"""The one error of the store that callers live with: it cannot be reached or written for now."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_SQLITE: Final = frozenset(
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
# Connection lost, transaction to run again, resources short, stopped by the operator, system.
_POSTGRESQL: Final = ("08", "40", "53", "57", "58")


class StoreUnavailableError(Exception):
    """The database is away, locked, full or read-only: nothing was changed; try again later."""


@contextmanager
def told_as_unavailable() -> Iterator[None]:
    """Turn what drivers raise when the database is away into StoreUnavailableError."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as fault:
        if not passes(fault):
            raise
        raise StoreUnavailableError(str(_cause(fault))) from fault
    except PoolTimeoutError as fault:
        raise StoreUnavailableError(str(fault)) from fault


def passes(fault: DBAPIError | sqlite3.Error) -> bool:
    """Whether the database is away for now, rather than asked for what it cannot do."""
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return True
    cause = _cause(fault)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    return str(getattr(cause, "sqlstate", "")).startswith(_POSTGRESQL)


def _cause(fault: DBAPIError | sqlite3.Error) -> BaseException | None:
    return fault.orig if isinstance(fault, DBAPIError) else fault
