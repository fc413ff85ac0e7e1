"""Receipts that people send: noted with their entry, refused where too much, taken back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from bot.events import Message
from bot.pipeline.refusals import (
    ReceiptCircleFull,
    ReceiptDecided,
    ReceiptDiskFull,
    ReceiptMonthFull,
    ReceiptRefused,
    ReceiptTooLarge,
    ReceiptTooMany,
)
from bot.pipeline.replies import ReceiptRemoved
from bot.pipeline.requests import OperatorSettings
from circle.circles import CircleId
from circle.ledger import ItemState
from circle.receipts import Limit, Quotas, Usage, allowance
from circle.refs import Kind, Ref
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply
from commands.shared.common import get_item, only_author
from storage.origins import Origin
from storage.receipts import Receipt
from storage.uow import SqlUnitOfWork

SENT: Final = "receipt"
"""In the place of a command's key: the message sent a file for an entry."""

_MEGABYTE: Final = 1_000_000
_REFUSALS: Final[Mapping[Limit, type[ReceiptRefused]]] = {
    Limit.FILE: ReceiptTooLarge,
    Limit.ENTRY: ReceiptTooMany,
    Limit.MONTH: ReceiptMonthFull,
    Limit.CIRCLE: ReceiptCircleFull,
    Limit.DISK: ReceiptDiskFull,
}
_DECIDED: Final = frozenset({ItemState.REGULATED, ItemState.INVOICED, ItemState.PAID})


async def note(
    uow: SqlUnitOfWork,
    event: Message,
    request: Request[Any],
    ref: Ref | None,
    settings: OperatorSettings,
) -> bool:
    """Note the file of this message as a receipt of the entry it answers, if it is one.

    Nothing is said before it is kept (bot/operations/receipt_fetcher.py). Raises the refusal that
    says why it cannot be; nothing was written then.
    """
    attachment = event.attachment
    if attachment is None or ref is None or ref.kind is not Kind.ENTRY or request.circle is None:
        return False
    if await uow.receipts.of_event(event.id) is not None:
        return False
    item = await get_item(uow, request.circle.id, ref.number)
    only_author(request, item.declared_by, item.person)
    receipt = Receipt(
        item=ref.number,
        by=request.person.key,
        at=request.at,
        event_id=event.id,
        name=attachment.name,
        mimetype=attachment.mimetype,
        size=attachment.size,
        attachment=msgspec.json.encode(attachment).decode(),
    )
    usage = replace(await uow.receipts.usage(request.circle.id, receipt), free=settings.free())
    check(settings.quotas, usage, receipt)
    await uow.receipts.add(request.circle.id, receipt)
    await _remember(uow, event, request.circle.id, ref)
    return True


def check(quotas: Quotas, usage: Usage, receipt: Receipt) -> None:
    """Raise the refusal of what this receipt goes beyond, by the size it says."""
    if receipt.size > quotas.max_size:
        raise refusal(Limit.FILE, quotas, receipt)
    allowed = allowance(quotas, usage)
    if allowed.size == 0 or receipt.size > allowed.size:
        raise refusal(allowed.limit, quotas, receipt)


def refusal(limit: Limit, quotas: Quotas, receipt: Receipt) -> Refusal:
    """One sentence that says the limit, and what one may do."""
    figure = quotas.of(limit)
    most = figure if limit is Limit.ENTRY else max(1, figure // _MEGABYTE)
    return Refusal(_REFUSALS[limit](id=Ref(Kind.ENTRY, receipt.item), most=most))


async def take_back(uow: SqlUnitOfWork, origin: Origin, request: Request[None]) -> Reply | None:
    """The message that sent a receipt was deleted: so is the receipt, while nothing is decided.

    Raises the refusal that says that the accounts rest on it.
    """
    receipt = await uow.receipts.of_event(origin.event_id)
    if receipt is None or receipt.circle is None:
        return None
    item = await get_item(uow, receipt.circle, receipt.item)
    ref = Ref(Kind.ENTRY, receipt.item)
    if item.state in _DECIDED:
        raise Refusal(ReceiptDecided(id=ref))
    await uow.receipts.remove(receipt)
    return Reply(
        ReceiptRemoved(id=ref, member=request.person),
        subject=ref,
    )


async def _remember(uow: SqlUnitOfWork, event: Message, circle: CircleId, ref: Ref) -> None:
    """Where it was said, for who is told later, and for a deletion."""
    origin = Origin(
        event_id=event.id,
        room_id=event.room,
        circle=circle,
        command=SENT,
        ref=ref,
        outcome="done",
        sender=event.sender,
    )
    await uow.origins.record(origin)
