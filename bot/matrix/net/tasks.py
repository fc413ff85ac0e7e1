"""A task beside a block: it has a name, and has ended when the block has."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def alongside(name: str, work: Coroutine[Any, Any, object]) -> AsyncIterator[None]:
    """`work` goes on while the block does, and is cancelled at its end."""
    task = asyncio.create_task(work, name=name)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
