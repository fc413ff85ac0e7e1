"""SQLite has one writer: its transactions take turns, in the order asked."""

import asyncio
from typing import Any


class Turn:
    """One transaction at a time, in the order asked; one within another is told, not endless."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self.waiting = 0

    async def __aenter__(self) -> None:
        me = asyncio.current_task()
        if self._holder is me:
            raise RuntimeError("a transaction within a transaction")
        self.waiting += 1
        try:
            await self._lock.acquire()
        finally:
            self.waiting -= 1
        self._holder = me

    async def __aexit__(self, *_: object) -> None:
        self._holder = None
        self._lock.release()
