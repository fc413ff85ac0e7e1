"""Waiting for the store to come back, told once when it goes and once when it is back."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, repeat
from typing import TypeVar

import structlog

from storage.errors import StoreUnavailableError

T = TypeVar("T")

log = structlog.get_logger(__name__)

PAUSES = (0.2, 0.5, 1, 2, 5, 10)


class Outage:
    """What all who wait for the store share: told when the first waits, and when none does."""

    def __init__(self) -> None:
        self._waiting = 0

    @contextmanager
    def shared(self, reason: str) -> Iterator[None]:
        """Wait inside; the first one's reason is told."""
        if self._waiting == 0:
            log.warning("store.away", reason=reason)
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            if self._waiting == 0:
                log.info("store.back")


OUTAGE = Outage()


async def patiently(attempt: Callable[[], Awaitable[T]]) -> T:
    """What `attempt` gives, tried again with growing pauses while the store is away."""
    try:
        return await attempt()
    except StoreUnavailableError as fault:
        reason = str(fault)
    with OUTAGE.shared(reason):
        return await _again(attempt)


async def _again(attempt: Callable[[], Awaitable[T]]) -> T:
    pauses = chain(PAUSES, repeat(PAUSES[-1]))
    while True:
        await asyncio.sleep(next(pauses))
        with suppress(StoreUnavailableError):
            return await attempt()
