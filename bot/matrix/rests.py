"""Which letters are not tried again yet. By a clock that nobody sets back."""

import time
from typing import Final

import structlog

from bot.matrix.errors import LimitedError, UnreachableError
from bot.matrix.patience import Pauses

_FOR_EVER: Final = float("inf")
_LIMITED_FOR: Final = 60.0

log = structlog.get_logger(__name__)


class Rests:
    """Rests of single letters, and of all: where we are limited, cut off or cannot write."""

    def __init__(self) -> None:
        self._letters: dict[int, tuple[float, Pauses]] = {}
        self._until = 0.0
        self._limited_until = 0.0
        self._pauses = Pauses()
        self._told = False

    def __len__(self) -> int:
        return len(self._letters)

    def __contains__(self, row: object) -> bool:
        return row in self._letters and self._letters[row][0] > time.monotonic()

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
        ends = (until for until, _ in self._letters.values() if until > now)
        return min(ends, default=_FOR_EVER) - now

    def after(self, row: int, error: UnreachableError) -> None:
        """No usable answer: one that is the server's own may concern this letter alone."""
        if error.status is None:
            self.everything(error)
            return
        _, pauses = self._letters.get(row, (0.0, Pauses()))
        pause = pauses.grow()
        self._letters[row] = (time.monotonic() + pause, pauses)
        log.warning("letter.put_off", row=row, reason=str(error), retry_in=pause)

    def everything(self, error: Exception, seconds: float | None = None) -> None:
        """No letter leaves for so long, by default a growing pause; said once a trouble."""
        pause = self._pauses.grow() if seconds is None else seconds
        self._until = max(self._until, time.monotonic() + pause)
        if not self._told:
            log.warning("letters.put_off", reason=str(error), retry_in=pause)
        self._told = True

    def done(self, row: int) -> None:
        """A letter has come to its end: what troubled us is over, and may be told anew."""
        self._letters.pop(row, None)
        self._pauses.reset()
        self._told = False
