"""From the outbox to the network: each letter once, rooms side by side, nobody held up by another.

A letter is done when the homeserver has answered; before that it may be put again, by us or by
the next process.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

import structlog

from bot.matrix.net.away import FAULTS
from bot.matrix.net.errors import (
    LimitedError,
    LoggedOutError,
    RefusedError,
    UnreachableError,
    UploadLaterError,
)
from bot.matrix.net.tasks import alongside
from bot.matrix.send.backoff import Rests
from bot.matrix.send.delivery import Delivery
from bot.matrix.send.unsent import UnsentLetters
from circle.time import to_ms
from storage.errors import StoreUnavailableError
from storage.mail import Posted, Unsent
from storage.outbox import Outbox

_SIDE_BY_SIDE: Final = 48
_LOOK_EVERY: Final = 20.0
_A_DAY_MS: Final = 24 * 3600 * 1000
_UNAUTHORISED: Final = 401
_TOO_LARGE: Final = 413
_LAST_SENDS: Final = 10.0
_KEPT_WITHIN: Final = 0.5
_BURST: Final = 0.1

UntilHandled = Callable[[], Awaitable[object]]
"""Waits until nothing is being handled."""

log = structlog.get_logger(__name__)


class Sender:
    """Empties the outbox for as long as it runs; `wake` it after each commit.

    `unsent` tells those who wait for a file that it will never come.
    """

    def __init__(
        self,
        outbox: Outbox,
        delivery: Delivery,
        clock: Callable[[], datetime],
        unsent: Callable[[Posted, Unsent], Awaitable[object]],
    ) -> None:
        self._outbox = outbox
        self._delivery = delivery
        self._clock = clock
        self._unsent = unsent
        self._woken = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._busy: set[str] = set()
        self._waiting = UnsentLetters()
        self._rests = Rests()
        self._fatal: LoggedOutError | None = None
        self.ends = 0
        """How many letters came to their end, or rest."""
        self._ended = asyncio.Condition()
        self._kept_at = time.monotonic()
        self.at_rest = asyncio.Event()
        """Set while no letter is under way, nor just written."""

    def wake(self, written: Sequence[Posted] | None = None) -> None:
        """Letters were committed: all of `written`, or some that the store tells.

        Those that may not leave yet, the store tells in their time.
        """
        pause_ms = max((one.not_before_ms for one in written or ()), default=0) - self._now_ms()
        if pause_ms > 0:
            asyncio.get_running_loop().call_later(pause_ms / 1000, self.wake)
        if written is None or pause_ms > 0:
            self._waiting.forget()
        else:
            self._waiting.offer(written)
        self.at_rest.clear()
        self._woken.set()

    async def next_end(self, ends: int) -> None:
        """Wait until more than so many letters came to their end, or rest."""
        async with self._ended:
            await self._ended.wait_for(lambda: self.ends > ends)

    async def run(self, stop: asyncio.Event, handled: UntilHandled) -> None:
        """Until asked to stop; then lets what is under way end, for a while."""
        try:
            async with alongside("sender is woken by stop", self._woken_by(stop)):
                while not stop.is_set():
                    await self._round(handled)
                    await self._wait()
            if self._under_way:
                await asyncio.wait(self._under_way.values(), timeout=_LAST_SENDS)
            with suppress(StoreUnavailableError):  # they will be put, and recognised, again
                await self._outbox.keep()
        finally:
            for task in (letters := list(self._under_way.values())):
                task.cancel()
            await asyncio.gather(*letters, return_exceptions=True)

    async def _round(self, handled: UntilHandled) -> None:
        self._woken.clear()
        await self._end_of_burst(handled)
        await self._begin()
        await self._keep()
        if not self._under_way:
            self.at_rest.set()
        if self._fatal:
            raise self._fatal

    async def _woken_by(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()

    async def _wait(self) -> None:
        """Until woken or stopped, or until what rests may be tried again."""
        soon = self._outbox.unkept and not self._rests.all_rest
        look = _KEPT_WITHIN if soon else _LOOK_EVERY
        with suppress(TimeoutError):
            async with asyncio.timeout(min(self._rests.shortest(), look)):
                await self._woken.wait()

    async def _keep(self) -> None:
        """Write down what has arrived, when a burst is over or after a while."""
        now = time.monotonic()
        burst = self._under_way and now - self._kept_at < _KEPT_WITHIN
        if burst or self._rests.all_rest:
            return
        self._kept_at = now
        try:
            await self._outbox.keep()
        except StoreUnavailableError as error:
            self._hold(error)

    async def _end_of_burst(self, handled: UntilHandled) -> None:
        """Where many people spoke at once, the first answers leave at once, the others together.

        The homeserver is never idle then, and takes those that come together at less cost: measured
        in docs/performance.md.
        """
        if not self._under_way:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(_BURST):
                await handled()

    async def _begin(self) -> None:
        """Start as many letters as may be under way at once.

        One, where our rate is limited: of several, the homeserver would take whichever comes when
        it takes one again, and answers to people go before scheduled posts.
        """
        places = 1 if self._rests.limited else _SIDE_BY_SIDE
        free = places - len(self._under_way)
        if free <= 0 or self._rests.all_rest:
            return
        self._waiting.forget_after(_LOOK_EVERY)  # another bot may have written for us
        if self._waiting.complete:
            self._start(self._waiting.take(free, self._busy))
            return
        try:
            await self._begin_read(free)
        except StoreUnavailableError as error:
            self._hold(error)

    async def _begin_read(self, free: int) -> None:
        """What the store says may leave; and whether there is nothing else in it."""
        fresh = (await self._ready(free))[:free]
        first = [p.row for p in fresh if p.attempted_ms is None]
        await self._delivery.attempt(first)
        self._start(fresh)
        if not len(self._rests):
            left = await self._outbox.unfinished(len(self._under_way) + 1)
            self._waiting.conclude(nothing_else=left <= self._under_way.keys())

    async def _ready(self, free: int) -> list[Posted]:
        known = len(self._under_way) + len(self._rests)
        ready = await self._outbox.ready(self._now_ms(), free + known)
        self._waiting.was_read(ready)
        return [p for p in ready if p.row not in self._under_way and p.row not in self._rests]

    def _start(self, letters: Sequence[Posted]) -> None:
        for posted in letters:
            self._busy.add(posted.lane)
            self._under_way[posted.row] = asyncio.create_task(
                self._send(posted), name=f"letter {posted.row}"
            )

    def _hold(self, error: Exception) -> None:
        """No letter leaves for a while; then the store says which."""
        self._waiting.forget()
        self._rests.everything(error)

    async def _send(self, posted: Posted) -> None:
        """One letter, to whichever end; nothing that happens to it stops the others."""
        try:
            await self._try(posted)
        except StoreUnavailableError as error:
            self._hold(error)  # unmarked: it will be put, and recognised, again
        finally:
            del self._under_way[posted.row]
            self._busy.discard(posted.lane)
            self._woken.set()
            async with self._ended:
                self.ends += 1
                self._ended.notify_all()

    async def _try(self, posted: Posted) -> None:
        try:
            event_id = await self._delivery.event_of(posted)
        except LimitedError as error:
            self._waiting.forget()
            self._rests.limit(error)
        except UnreachableError as error:
            await self._unanswered(posted, error)
        except RefusedError as error:
            await self._refused(posted, error)
        except StoreUnavailableError:
            raise
        except LoggedOutError as error:
            self._fatal = error
        except FAULTS as error:
            self._hold(error)
        except Exception as error:
            log.exception("letter.failed", row=posted.row)
            await self._end(posted, type(error).__name__, Unsent.FAILED)
        else:
            self._outbox.arrived(posted.row, event_id)
            self._rests.done(posted.row)

    async def _unanswered(self, posted: Posted, error: UnreachableError) -> None:
        """It rests, and is tried again; one that is refused its answer for a day ends.

        A file that cannot leave lets pass what else is for its room.
        """
        self._waiting.forget()
        file = isinstance(error, UploadLaterError)
        if file and not posted.letter.beside:
            await self._outbox.aside(posted)
        old = file and self._now_ms() - (posted.attempted_ms or self._now_ms()) > _A_DAY_MS
        if old or self._rests.hopeless(posted.row):
            log.error("letter.given_up", row=posted.row, reason=str(error))
            await self._end(posted, "no answer for a day", Unsent.UNREACHABLE)
        else:
            self._rests.after(posted.row, error)

    async def _end(self, posted: Posted, reason: str, unsent: Unsent) -> None:
        """It will never leave; who waits for its file is told first, lest they never are."""
        if posted.letter.file is not None:
            await self._unsent(posted, unsent)
            self.wake()
        await self._outbox.refused(posted.row, reason)
        self._rests.done(posted.row)

    async def _refused(self, posted: Posted, error: RefusedError) -> None:
        """A refusal ends the letter, except where it is we who are refused."""
        if error.status == _UNAUTHORISED:
            self._fatal = LoggedOutError(f"the homeserver no longer knows our session: {error}")
            return
        log.error("letter.refused", row=posted.row, reason=str(error))
        unsent = Unsent.TOO_LARGE if error.status == _TOO_LARGE else Unsent.REFUSED
        await self._end(posted, f"{error.status} {error.errcode}", unsent)

    def _now_ms(self) -> int:
        return to_ms(self._clock())
