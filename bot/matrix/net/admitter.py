"""Into the inbox, however long the store cannot take it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final, TypeVar

from bot import events
from bot.matrix.net.retry import Patience, Pauses
from bot.store_retry import OUTAGE
from storage.errors import StoreUnavailableError
from storage.inbox import Inbox
from storage.mail import Admission, Token
from storage.outbox import Outbox

_A_TRANSACTION: Final = 1000

T = TypeVar("T")


def admission(event: events.Event) -> Admission:
    """An event as the inbox takes it."""
    return Admission(
        event_id=event.id, room_id=event.room, at_ms=event.at, payload=events.encode(event)
    )


class Admitter:
    """Keeps what was received. What of it is new goes into `admitted`, in its order."""

    def __init__(
        self,
        own_id: str,
        inbox: Inbox,
        outbox: Outbox,
        patience: Patience,
        admitted: asyncio.Queue[Sequence[Admission]],
    ) -> None:
        self._own_id = own_id
        self._inbox = inbox
        self._outbox = outbox
        self._patience = patience
        self._admitted = admitted

    async def token(self) -> Token | None:
        """Where to resume; raises `Stopped`."""
        return await self._insist(lambda: self._inbox.token(self._own_id))

    async def admit(
        self, admissions: Sequence[Admission], token: Token | None = None, *, lasting: bool = True
    ) -> None:
        """All events, the token with the last of them: a crash in between repeats nothing.

        Not `lasting`: all of it can be had again with the token of before (see `Inbox.admit`).
        What arrived of ours is written down first: it may be what these events answer.
        """
        await self._insist(self._outbox.keep)
        *earlier, last = _parts(admissions)
        for part in earlier:
            await self._part(part, None, lasting=lasting)
        await self._part(last, token, lasting=lasting)

    async def _part(self, part: Sequence[Admission], token: Token | None, *, lasting: bool) -> None:
        new = await self._insist(
            lambda: self._inbox.admit(self._own_id, part, token, lasting=lasting)
        )
        if new:
            unique = {one.event_id: one for one in reversed(part) if one.event_id in new}
            self._admitted.put_nowait(list(unique.values())[::-1])

    async def _insist(self, work: Callable[[], Awaitable[T]]) -> T:
        """What the store gives at last; its trouble is said once."""
        try:
            return await work()
        except StoreUnavailableError as error:
            reason = str(error)
        pauses = Pauses()
        with OUTAGE.shared(reason):
            while True:
                await self._patience.wait(pauses.grow())
                with suppress(StoreUnavailableError):
                    return await work()


def _parts(admissions: Sequence[Admission]) -> list[Sequence[Admission]]:
    """At least one part, empty or not; large ones would hold the store's writer for long."""
    starts = range(0, max(len(admissions), 1), _A_TRANSACTION)
    return [admissions[start : start + _A_TRANSACTION] for start in starts]
