"""How a word of the command line ends that fails: one line on standard error, and a status.

A supervisor reads the status of `souci run` (docs/operations.md); other words end with 1.
"""

import errno
import os
import re
import sys
from pathlib import Path
from traceback import extract_tb
from typing import Final

import structlog

FAILED: Final = 1
"""What we did not foresee; for any word but `run`, every failure."""

TRY_AGAIN: Final = os.EX_TEMPFAIL  # 75
"""It may go well the next time, with nothing changed."""

MEND_ME: Final = os.EX_CONFIG  # 78
"""Started again as it is, it ends the same way: somebody has to change something."""

LONGEST: Final = 200
"""Signs of a line: what is longer loses the beginnings of its paths, then its middle."""

PASSING: Final = frozenset(
    {
        *("LimitedError", "LoggedOutError", "SecondInstanceError", "StateAwayError"),
        *("StoreUnavailableError", "UnreachableError"),
    }
)
TOLD: Final = PASSING | {
    *("ArchiveError", "AskedError", "ConfigError", "CopyError", "DatabaseNewerError"),
    *("DatabaseOlderError", "HalfRestoredError", "RequestError", "ScriptError", "ShellError"),
    "UnfitDatabaseError",
}
"""Errors whose text is the line, and those that may pass: by name, for to load them takes a second.

Those that derive from them are meant too.
"""

_UNAUTHORISED: Final = 401
_TO_DO: Final = {
    errno.EACCES: "give the user that runs souci the right to it",
    errno.EPERM: "give the user that runs souci the right to it",
    errno.EROFS: "name a place that can be written",
    errno.ENOENT: "make it, or name one that is there",
    errno.ENOTDIR: "name a folder",
    errno.EISDIR: "name a file",
    errno.EEXIST: "name one that is not there yet",
    errno.ENOSPC: "make room on that disk",
    errno.EDQUOT: "make room, or raise its quota",
    errno.EFBIG: "raise the limit on the size of files",
}
_LOGIN: Final = re.compile(r"(?<=://)(?!user:password@)[^/\s]*@")
_LONG_PATH: Final = re.compile(r"(?:/[^\s/:;,\"'()]+)+((?:/[^\s/:;,\"'()]+){2})")

log = structlog.get_logger(__name__)


def ended(word: str, error: Exception) -> int:
    """Tell in one line why that word failed; its exit status."""
    status = status_of(error) if word == "run" else FAILED
    if word == "run" and status == FAILED:
        log.error("crashed", exc_info=error)
    print(told(word, error), file=sys.stderr)
    return status


def told(word: str, error: Exception) -> str:
    """The line: what was found, and what to do. No login in an address is ever told."""
    cause = _first(error)
    text = _LOGIN.sub("…@", " ".join(_text(cause).split()))
    line = f"souci {word}: {text}"
    if len(line) > LONGEST:
        line = _LONG_PATH.sub(r"…\1", line)
    if len(line) <= LONGEST:
        return line
    ahead = LONGEST * 3 // 5
    return f"{line[:ahead]}…{line[ahead + 1 - LONGEST :]}"


def status_of(error: Exception) -> int:
    """The status of `souci run` for what ended it."""
    cause = _first(error)
    if _is_of(cause, PASSING) or getattr(cause, "status", None) == _UNAUTHORISED:
        return TRY_AGAIN
    if isinstance(cause, OSError):
        from bot.matrix.net.away import passing

        return TRY_AGAIN if passing(cause) else MEND_ME
    return MEND_ME if _is_of(cause, TOLD) else FAILED


def _is_of(error: Exception, names: frozenset[str]) -> bool:
    return not names.isdisjoint(kind.__name__ for kind in type(error).__mro__)


def _first(error: Exception) -> Exception:
    """The first of those that tasks ended with."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _text(error: Exception) -> str:
    if _is_of(error, TOLD):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename is not None else ""
        advice = _TO_DO.get(error.errno or 0)
        return f"{named}{error.strerror}" + (f": {advice}" if advice else "")
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} of a file is no text in UTF-8: save it as UTF-8"
    return f"{type(error).__name__} {_place(error)}: a fault of souci itself, please report it"


def _place(error: Exception) -> str:
    """Where it happened; what such an error says is left out, for it may quote a message."""
    frames = extract_tb(error.__traceback__)
    if not frames:
        return "somewhere"
    return f"at {'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}"
