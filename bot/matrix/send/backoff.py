"""Which letters are not tried again yet. By a clock that nobody sets back."""

import time
from dataclasses import dataclass
from typing import Final

import structlog

from bot.matrix.net.errors import LimitedError, UnreachableError, UploadLaterError
from bot.matrix.net.retry import Pauses

_FOR_EVER: Final = float("inf")
_LIMITED_FOR: Final = 60.0
_LONGEST_UPLOAD: Final = 900.0  # a file is made and sent anew each time
_HOPELESS: Final = 24 * 3600.0

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Rest:
    """One letter's, since it first found no answer."""

    pauses: Pauses
    since: float
    until: float = 0.0


class Rests:
    """Rests of single letters, and of all: where we are limited, cut off or cannot write."""

    def __init__(self) -> None:
        self._letters: dict[int, _Rest] = {}
        self._arrived = 0.0
        self._until = 0.0
        self._limited_until = 0.0
        self._pauses = Pauses()
        self._told = False

    def __len__(self) -> int:
        return len(self._letters)

    def __contains__(self, row: object) -> bool:
        return row in self._letters and self._letters[row].until > time.monotonic()

    @property
    def all_rest(self) -> bool:
        return self._until > time.monotonic()

    @property
    def limited(self) -> bool:
        """Whether the homeserver has limited our rate of late."""
        return self._limited_until > time.monotonic()

    def limit(self, error: LimitedError) -> None:
        """No letter leaves before the homeserver wants one again, and few at a time for a while."""
        self._limited_until = time.monotonic() + error.retry_after + _LIMITED_FOR
        self.everything(error, error.retry_after)

    def shortest(self) -> float:
        """Seconds until something may be tried again."""
        now = time.monotonic()
        if self._until > now:
            return self._until - now
        ends = (rest.until for rest in self._letters.values() if rest.until > now)
        return min(ends, default=_FOR_EVER) - now

    def after(self, row: int, error: UnreachableError) -> None:
        """No usable answer: one that is the server's own may concern this letter alone."""
        upload = isinstance(error, UploadLaterError)
        if error.status is None and not upload:
            self.everything(error)
            return
        pauses = Pauses(_LONGEST_UPLOAD) if upload else Pauses()
        rest = self._letters.setdefault(row, _Rest(pauses, time.monotonic()))
        pause = rest.pauses.grow()
        rest.until = time.monotonic() + pause
        log.warning("letter.put_off", row=row, reason=str(error), retry_in=pause)

    def hopeless(self, row: int) -> bool:
        """Whether a letter was refused its answer for a day, in which others have arrived."""
        rest = self._letters.get(row)
        if rest is None or time.monotonic() - rest.since < _HOPELESS:
            return False
        return self._arrived > rest.since

    def everything(self, error: Exception, seconds: float | None = None) -> None:
        """No letter leaves for so long, by default a growing pause; said once a trouble."""
        pause = self._pauses.grow() if seconds is None else seconds
        self._until = max(self._until, time.monotonic() + pause)
        if not self._told:
            log.warning("letters.put_off", reason=str(error), retry_in=pause)
        self._told = True

    def done(self, row: int) -> None:
        """A letter has come to its end: what troubled us is over, and may be told anew."""
        self._arrived = time.monotonic()
        self._letters.pop(row, None)
        self._pauses.reset()
        self._told = False
