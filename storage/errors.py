"""The one error of the store that callers live with: it cannot be reached or written for now."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.sqlite import faults

# Connection lost, transaction to run again, resources short, stopped by the operator, system.
_POSTGRESQL: Final = ("08", "40", "53", "57", "58")


class StoreUnavailableError(Exception):
    """The database is away, locked, full or read-only: nothing was changed; try again later."""


@contextmanager
def told_as_unavailable() -> Iterator[None]:
    """Turn what drivers raise when the database is away into StoreUnavailableError."""
    try:
        yield
    except (DBAPIError, faults.Error) as fault:
        if not passes(fault):
            raise
        raise StoreUnavailableError(str(_cause(fault))) from fault
    except PoolTimeoutError as fault:
        raise StoreUnavailableError(str(fault)) from fault


def passes(fault: DBAPIError | faults.Error) -> bool:
    """Whether the database is away for now, rather than asked for what it cannot do."""
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return True
    cause = _cause(fault)
    if isinstance(cause, faults.Error):
        return faults.passes(cause)
    return str(getattr(cause, "sqlstate", "")).startswith(_POSTGRESQL)


def _cause(fault: DBAPIError | faults.Error) -> BaseException | None:
    return fault.orig if isinstance(fault, DBAPIError) else fault
