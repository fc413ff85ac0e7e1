"""What takes long is done beside: outside of any transaction, so that nobody waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from circle.people import Person, PersonKey
from circle.personal import GatherFirstError, PersonalData, knowing
from circle.tally import shares
from circle.tally.waiting import CountFirstError, while_others_wait

T = TypeVar("T")
Gather = Callable[[Person], Awaitable[PersonalData]]


class MakeFirstError(Exception):
    """Something is to be made, in a thread, before what needs it is begun again."""

    def __init__(self, make: Callable[[], object]) -> None:
        super().__init__()
        self.make = make


async def counting_first(do: Callable[[], Awaitable[T]], gather: Gather) -> T:
    """What `do` gives; where it needs a long count, reading or file, this is made first.

    `do` begins a transaction of its own, which an exception undoes; it is then done again.
    """
    gathered: dict[PersonKey, PersonalData] = {}
    while True:
        try:
            with while_others_wait(), knowing(gathered):
                return await do()
        except CountFirstError as waiting:
            await asyncio.to_thread(shares.allocate, waiting.election)
        except MakeFirstError as waiting:
            await asyncio.to_thread(waiting.make)
        except GatherFirstError as waiting:
            gathered[waiting.person.key] = await gather(waiting.person)
