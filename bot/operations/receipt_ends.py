"""What became of a receipt, written down and told in one transaction: kept, late, or given up."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from bot.operations.replies import ReceiptKept, ReceiptLate
from bot.store_retry import patiently
from circle.circles import Circle, CircleId
from circle.receipts import Usage
from circle.refs import Kind, Ref
from commands.kernel.reply import Reply
from storage.mail import Posted
from storage.receipts import Receipt
from storage.uow import SqlUnitOfWork, Store

_LATE: Final = "⏳"


class ReceiptEnds:
    """Each end once, whatever is killed: what is told leaves with what is written.

    A ✅ under the message where the file came says that it is kept, a ⏳ before it that it is tried
    again; only what people must do needs words.
    """

    def __init__(
        self,
        store: Store,
        composer: Composer,
        clock: Callable[[], datetime],
        on_written: Callable[[Sequence[Posted]], None],
    ) -> None:
        self._store = store
        self._composer = composer
        self._clock = clock
        self._on_written = on_written

    async def usage(self, receipt: Receipt) -> Usage:
        """What there is beside it."""
        return await patiently(partial(self._usage, receipt))

    async def kept(self, receipt: Receipt, sha256: str, size: int) -> bool:
        """Its file is in its place; False where nobody wants it any more."""
        return await patiently(partial(self._kept, receipt, sha256, size))

    async def lost(self, receipt: Receipt, reason: str, reply: Reply) -> None:
        """It is given up, and its sender is told why and what to do."""
        await patiently(partial(self._lost, receipt, reason, reply))

    async def later(self, receipt: Receipt, due: datetime, attempts: int) -> None:
        """It is tried again then; people see that it is late, once."""
        await patiently(partial(self._later, receipt, due, attempts))

    async def _usage(self, receipt: Receipt) -> Usage:
        async with self._store.reading() as uow:
            return await uow.receipts.usage(_circle(receipt), receipt)

    async def _kept(self, receipt: Receipt, sha256: str, size: int) -> bool:
        async with self._store.transaction() as uow:
            kept = await uow.receipts.keep(_row(receipt), sha256, size)
            if kept:
                await self._tell(uow, receipt, _quietly(ReceiptKept, receipt))
        self._wrote(uow)
        return kept

    async def _lost(self, receipt: Receipt, reason: str, reply: Reply) -> None:
        async with self._store.transaction() as uow:
            if await uow.receipts.lose(_row(receipt), reason):
                await self._tell(uow, receipt, reply)
        self._wrote(uow)

    async def _later(self, receipt: Receipt, due: datetime, attempts: int) -> None:
        async with self._store.transaction() as uow:
            await uow.receipts.later(_row(receipt), due, attempts)
            if attempts:
                await self._tell(uow, receipt, _quietly(ReceiptLate, receipt, _LATE))
        self._wrote(uow)

    def _wrote(self, uow: SqlUnitOfWork) -> None:
        if uow.outbox.written:
            self._on_written(uow.outbox.written)

    async def _tell(self, uow: SqlUnitOfWork, receipt: Receipt, reply: Reply) -> None:
        """In answer to the message that sent it, unless nothing is known of that any more."""
        envelope = await self._envelope(uow, receipt, reply)
        if envelope is not None and not await uow.outbox.knows(envelope.cause):
            await uow.outbox.add(self._composer.letters(reply, envelope))

    async def _envelope(
        self, uow: SqlUnitOfWork, receipt: Receipt, reply: Reply
    ) -> Addressing | None:
        origin = await uow.origins.of(receipt.event_id)
        if origin is None:
            return None
        circle = await uow.circles.get(_circle(receipt), self._clock().date())
        return Addressing(
            cause=f"{reply.key}:{receipt.event_id}",
            room_id=origin.room_id,
            sender=origin.sender,
            language=await _language(uow, origin.room_id, origin.sender, circle),
            now=self._clock().astimezone(ZoneInfo(circle.rules.timezone)),
            circle=circle.id,
            answers=receipt.event_id,
        )


async def _language(uow: SqlUnitOfWork, room_id: str, sender: str, circle: Circle) -> str:
    """The circle's, or in a direct room the person's own."""
    facts = await uow.rooms.get(room_id)
    person = await uow.people.with_account(sender)
    own = person.language if facts and facts.direct and person else None
    return own or circle.rules.language


def _quietly(kind: type[ReceiptKept | ReceiptLate], receipt: Receipt, sign: str = "✅") -> Reply:
    ref = Ref(Kind.ENTRY, receipt.item)
    return Reply(kind(id=ref), quiet=True, sign=sign)


def _row(receipt: Receipt) -> int:
    if receipt.row is None:
        raise ValueError("a receipt that was not noted has no end")
    return receipt.row


def _circle(receipt: Receipt) -> CircleId:
    if receipt.circle is None:
        raise ValueError("a receipt that was not noted is of no circle")
    return receipt.circle
