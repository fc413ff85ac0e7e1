"""What takes long is done beside: outside of any transaction, so that nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from circle.people import Person, PersonKey
from circle.personal import GatherFirstError, PersonalData, knowing
from circle.tally import shares
from circle.tally.waiting import CountFirstError, while_others_wait

T = TypeVar("T")
_MOST_NEEDS: Final = 50
"""What one event may need first: more is a fault of ours, and is answered as one."""
Gather = Callable[[Person], Awaitable[PersonalData]]


class MakeFirstError(Exception):
    """Something is to be made, in a thread, before what needs it is begun again."""

    def __init__(self, make: Callable[[], object]) -> None:
        super().__init__()
        self.make = make


async def counting_first(do: Callable[[], Awaitable[T]], gather: Gather) -> T:
    """What `do` gives; where it needs a long count, reading or file, this is made first.

    `do` begins a transaction of its own, which an exception undoes; it is then done again.
    RecursionError where it needs something else each time.
    """
    gathered: dict[PersonKey, PersonalData] = {}
    for _ in range(_MOST_NEEDS):
        try:
            with while_others_wait(), knowing(gathered):
                return await do()
        except CountFirstError as waiting:
            await asyncio.to_thread(shares.allocate, waiting.election)
        except MakeFirstError as waiting:
            await asyncio.to_thread(waiting.make)
        except GatherFirstError as waiting:
            found = await gather(waiting.person)
            gathered[found.person.key] = found
    raise RecursionError(f"more than {_MOST_NEEDS} things are needed first")
