"""Tasks that live as long as the bot: each has a name, and none ends without a word."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Final, Self

import structlog

from bot.matrix.net.retry import Pauses
from bot.operations.faults import EndedError, Faults

log = structlog.get_logger(__name__)

STEADY: Final = 60.0
"""Seconds after which what was begun again counts as well."""

Work = Callable[[], Awaitable[object]]


class Supervisor:
    """One group of tasks, from `async with` to its end, by when all have ended.

    The bot is nothing without its vital ones: where one ends, so does `until`, and the group raises
    its error. Those that are kept are begun again, after growing pauses, whenever they end or fail;
    `faults` tells.
    """

    def __init__(self, faults: Faults, steady: float = STEADY) -> None:
        self._faults = faults
        self._steady = steady
        self._group = asyncio.TaskGroup()
        self._beside: set[asyncio.Task[None]] = set()
        self._ending = asyncio.Event()
        self._error: Exception | None = None

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()
        await self._group.__aexit__(kind, error, trace)
        if self._error is not None:
            raise self._error

    def vital(self, name: str, work: Work) -> asyncio.Task[None]:
        """Begin what the bot cannot be without."""
        return self._group.create_task(self._vital(name, work), name=name)

    def keep(self, name: str, work: Work) -> None:
        """Begin what is begun again whenever it ends or fails."""
        self._begin(name, self._kept(name, work))

    async def until(self, stop: asyncio.Event) -> None:
        """Wait until asked to stop, or until something vital has ended."""
        self._begin("stop", self._stopped(stop))
        await self._ending.wait()

    def drop(self) -> None:
        """End all that is not vital."""
        self._ending.set()
        for task in self._beside:
            task.cancel()

    def _begin(self, name: str, work: Coroutine[None, None, None]) -> None:
        if self._ending.is_set():
            work.close()
            return
        task = self._group.create_task(work, name=name)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def _stopped(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._ending.set()

    async def _vital(self, name: str, work: Work) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 — raised at the end of the group
            self._failed(name, error)
        else:
            if not self._ending.is_set():
                self._failed(name, EndedError(name))
        finally:
            self._ending.set()

    def _failed(self, name: str, error: Exception) -> None:
        """The first is raised."""
        if self._error is None:
            self._error = error
        else:
            log.error("task.failed", task=name, exc_info=error)

    async def _kept(self, name: str, work: Work) -> None:
        pauses = Pauses()
        while True:
            self._faults.began(name, await self._attempt(name, work, pauses))
            await asyncio.sleep(pauses.grow())

    async def _attempt(self, name: str, work: Work, pauses: Pauses) -> Exception:
        """Why it ended. Well again once it has lasted."""
        loop = asyncio.get_running_loop()
        lasting = loop.call_later(self._steady, self._lasted, name, pauses)
        try:
            await work()
        except Exception as error:  # noqa: BLE001 — the log tells, under the task's name
            return error
        finally:
            lasting.cancel()
        return EndedError(name)

    def _lasted(self, name: str, pauses: Pauses) -> None:
        pauses.reset()
        self._faults.over(name)
