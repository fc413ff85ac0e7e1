"""Waiting for the store to come back, told once when it goes and once when it is back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from storage.errors import StoreUnavailableError

T = TypeVar("T")

log = structlog.get_logger(__name__)

PAUSES = (0.2, 0.5, 1, 2, 5, 10)


async def patiently(attempt: Callable[[], Awaitable[T]]) -> T:
    """What `attempt` gives, tried again with growing pauses while the store is away."""
    tries = 0
    while True:
        try:
            given = await attempt()
        except StoreUnavailableError as fault:
            if tries == 0:
                log.warning("store.away", reason=str(fault))
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1
        else:
            if tries:
                log.info("store.back", tries=tries)
            return given
