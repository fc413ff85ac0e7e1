"""What follows a decision: the invoice, then the payment."""

from dataclasses import dataclass
from typing import Annotated

from circle.entries import Invoiced, ItemEntry, Paid
from circle.ledger import Item
from circle.money import Cents
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.budget.replies import EntryInvoiced, EntryPaid, EntrySettled
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve, Where
from commands.kernel.topics import Topic
from commands.reading.readers import several, text
from commands.shared.common import money, told_together
from commands.shared.items import locked_item, write
from commands.shared.refusals import EntryAlreadySettled, EntryNotRegulated

ENTRIES = several(Kind.ENTRY)
INVOICE_NUMBER = text("NUMÉRO", "NUMBER", limit=60)


@dataclass(frozen=True, slots=True)
class InvoiceArgs:
    """Items and the number of their invoice."""

    entries: Annotated[tuple[Ref, ...], ENTRIES]
    number: Annotated[str, INVOICE_NUMBER]


@dataclass(frozen=True, slots=True)
class EntryArgs:
    """Items."""

    entries: Annotated[tuple[Ref, ...], ENTRIES]


async def invoice(request: Request[InvoiceArgs], uow: UnitOfWork) -> Reply:
    """Give regulated items their invoice number."""
    return told_together([await _invoice(request, uow, one) for one in request.args.entries])


async def _invoice(request: Request[InvoiceArgs], uow: UnitOfWork, ref: Ref) -> Reply:
    item, cents = await _regulated(request, uow, ref)
    _check_once(item, done=item.invoice is not None)
    invoiced = Invoiced(request.args.number, cents)
    entry = await write(request, uow, item, invoiced)
    return await _settled(request, uow, EntryInvoiced, item, entry, invoiced.number)


async def pay(request: Request[EntryArgs], uow: UnitOfWork) -> Reply:
    """Mark regulated items as paid."""
    return told_together([await _pay(request, uow, one) for one in request.args.entries])


async def _pay(request: Request[EntryArgs], uow: UnitOfWork, ref: Ref) -> Reply:
    item, cents = await _regulated(request, uow, ref)
    _check_once(item, done=item.paid)
    entry = await write(request, uow, item, Paid(cents))
    return await _settled(request, uow, EntryPaid, item, entry, item.invoice)


async def _regulated(request: Request[object], uow: UnitOfWork, ref: Ref) -> tuple[Item, Cents]:
    """The item, and the cents decided of it. Raises where none were."""
    item = await locked_item(request, uow, ref.number)
    if item.regulated is None:
        raise Refusal(EntryNotRegulated(id=ref, state=item.state))
    return item, item.regulated


def _check_once(item: Item, *, done: bool) -> None:
    if done:
        ref = Ref(Kind.ENTRY, item.number)
        raise Refusal(EntryAlreadySettled(id=ref, state=item.state, number=item.invoice))


async def _settled(
    request: Request[object],
    uow: UnitOfWork,
    kind: type[EntrySettled],
    item: Item,
    entry: ItemEntry,
    number: str | None,
) -> Reply:
    ref = Ref(Kind.ENTRY, item.number)
    settled = kind(
        id=ref,
        member=await uow.people.get(item.person),
        payee=await uow.people.get(item.payee) if item.payee else None,
        amount=money(item.regulated, request.here),
        number=number,
        what=item.what,
        alone=entry.alone,
    )
    return Reply(settled, subject=ref)


COMMANDS = (
    Command(
        key="entry.invoice",
        topic=Topic.MONEY,
        names=("facture", "invoiced"),
        args=InvoiceArgs,
        run=invoice,
        right=Right.STEWARD,
        reserve=Reserve.NOT_ALONE,
        told=frozenset({EntryInvoiced}),
        personal=True,
        examples={"fr": ("facture C12 F-2026-031",), "en": ("invoiced C12 F-2026-031",)},
    ),
    Command(
        key="entry.pay",
        topic=Topic.MONEY,
        names=("payé", "paid"),
        args=EntryArgs,
        run=pay,
        right=Right.STEWARD,
        reserve=Reserve.NOT_ALONE,
        where=Where.ROOM,
        personal=True,
        examples={"fr": ("payé C12",), "en": ("paid C12",)},
    ),
)
