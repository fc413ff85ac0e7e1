"""Trying again with growing pauses, and saying so."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

import structlog

from bot.matrix.net.errors import LimitedError, UnreachableError

_FIRST: Final = 1.0
_LONGEST: Final = 60.0

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Stopped(Exception):
    """We were asked to stop while waiting."""


class Pauses:
    """1, 2, 4 … seconds, up to the longest one; back to 1 after a success."""

    def __init__(self, longest: float = _LONGEST) -> None:
        self._next = _FIRST
        self._longest = longest

    def grow(self) -> float:
        now, self._next = self._next, min(self._next * 2, self._longest)
        return now

    def reset(self) -> bool:
        """Gives whether there had been a failure since the last success."""
        failed, self._next = self._next != _FIRST, _FIRST
        return failed


class Patience:
    """Repeats what fails for want of an answer, until it succeeds or `stop` is set."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.stop = stop

    async def insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` gives at last; refusals are raised, `Stopped` when asked to stop."""
        pauses = Pauses()
        while True:
            try:
                return await ask()
            except LimitedError as error:
                log.warning("homeserver.limits_us", retry_in=error.retry_after)
                await self.wait(error.retry_after)
            except UnreachableError as error:
                await self.wait_after(error, pauses)

    async def wait_after(self, error: UnreachableError, pauses: Pauses) -> None:
        """One growing pause after a failure, said in the log."""
        pause = pauses.grow()
        log.warning("homeserver.unreachable", reason=str(error), retry_in=pause)
        await self.wait(pause)

    async def wait(self, seconds: float) -> None:
        """A pause that ends early, with `Stopped`, when we are asked to stop."""
        try:
            await asyncio.wait_for(self.stop.wait(), seconds)
        except TimeoutError:
            return
        raise Stopped

    async def unless_stopped(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` gives, or `Stopped` as soon as we are asked to: work is then cancelled."""
        working = asyncio.create_task(work, name="work, unless stopped")
        stopping = asyncio.create_task(self.stop.wait(), name="stop")
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise Stopped
            return working.result()
        finally:
            working.cancel()
            stopping.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)
