"""With which status `souci run` ends: a supervisor reads it (docs/operations.md)."""

import os
from typing import Final

from bot.matrix.net.away import passing
from bot.matrix.net.errors import (
    LoggedOutError,
    RefusedError,
    SecondInstanceError,
    StateAwayError,
)
from storage.errors import StoreUnavailableError

TRY_AGAIN: Final = os.EX_TEMPFAIL  # 75
"""It may go well the next time, with nothing changed."""

MEND_ME: Final = os.EX_CONFIG  # 78
"""Started again as it is, it ends the same way: somebody has to change something."""

_UNAUTHORISED: Final = 401
_PASSING: Final = (LoggedOutError, SecondInstanceError, StateAwayError, StoreUnavailableError)


def status_of(error: Exception) -> int:
    """The status for what ended it."""
    if isinstance(error, _PASSING):
        return TRY_AGAIN
    away = isinstance(error, OSError) and passing(error)
    logged_out = isinstance(error, RefusedError) and error.status == _UNAUTHORISED
    return TRY_AGAIN if away or logged_out else MEND_ME
