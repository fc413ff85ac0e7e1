"""Long counts are made beside: outside of any transaction, so that nobody waits for them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from circle.tally import shares
from circle.tally.waiting import CountFirstError, while_others_wait

T = TypeVar("T")


async def counting_first(do: Callable[[], Awaitable[T]]) -> T:
    """What `do` gives; where it needs a long count, this is made first and it is done again.

    `do` begins a transaction of its own, which an exception undoes.
    """
    while True:
        try:
            with while_others_wait():
                return await do()
        except CountFirstError as waiting:
            await asyncio.to_thread(shares.allocate, waiting.election)
