"""What follows a decision: the invoice, then the payment."""

from dataclasses import dataclass
from typing import Annotated

from circle.entries import Invoiced, ItemEntry, Paid
from circle.ledger import Item, ItemState
from circle.money import Cents
from circle.people import Person
from circle.ports import ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from commands.budget.replies import EntryInvoiced, EntryPaid, EntrySettled
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve, Where
from commands.kernel.topics import Topic
from commands.reading.readers import WHO, either, several, text
from commands.shared.common import for_each, money, told_together
from commands.shared.items import locked_item, write
from commands.shared.refusals import EntryAlreadySettled, EntryNothingDue, EntryNotRegulated

ENTRIES = several(Kind.ENTRY)
ENTRIES_OR_WHO = either(ENTRIES, WHO)
_DUE = frozenset({ItemState.REGULATED, ItemState.INVOICED})
INVOICE_NUMBER = text("NUMÉRO", "NUMBER", limit=60)


@dataclass(frozen=True, slots=True)
class InvoiceArgs:
    """Items and the number of their invoice."""

    entries: Annotated[tuple[Ref, ...], ENTRIES]
    number: Annotated[str, INVOICE_NUMBER]


@dataclass(frozen=True, slots=True)
class EntryArgs:
    """Items, or whom all that is due to is paid."""

    entries: Annotated[tuple[Ref, ...] | Person, ENTRIES_OR_WHO]


async def invoice(request: Request[InvoiceArgs], uow: UnitOfWork) -> Reply:
    """Give regulated items their invoice number."""
    return told_together(
        await for_each(request.args.entries, lambda one: _invoice(request, uow, one))
    )


async def _invoice(request: Request[InvoiceArgs], uow: UnitOfWork, ref: Ref) -> Reply:
    item, cents = await _regulated(request, uow, ref)
    _check_once(item, done=item.invoice is not None)
    invoiced = Invoiced(request.args.number, cents)
    entry = await write(request, uow, item, invoiced)
    return await _settled(request, uow, EntryInvoiced, item, entry, invoiced.number)


async def pay(request: Request[EntryArgs], uow: UnitOfWork) -> Reply:
    """Mark regulated items as paid: those that are named, or all that is due to somebody."""
    named = request.args.entries
    refs = named if isinstance(named, tuple) else await _due_to(request, uow, named)
    return told_together(await for_each(refs, lambda one: _pay(request, uow, one)))


async def _due_to(request: Request[object], uow: UnitOfWork, person: Person) -> tuple[Ref, ...]:
    """What was decided and waits to be paid to a person or a structure."""
    circle = request.here.id
    theirs = await uow.ledger.items(circle, ItemFilter(person=person.key, states=_DUE))
    through = await uow.ledger.items(circle, ItemFilter(payee=person.key, states=_DUE))
    due = {item.number: item for item in (*theirs, *through)}
    paid_to = (item for item in due.values() if (item.payee or item.person) == person.key)
    refs = tuple(Ref(Kind.ENTRY, item.number) for item in paid_to)
    if not refs:
        raise Refusal(EntryNothingDue(member=person))
    return tuple(sorted(refs, key=lambda ref: ref.number))


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
        examples={
            "fr": ("facture C12 F-2026-031", "facture C6 C7 F-2026-003"),
            "en": ("invoiced C12 F-2026-031",),
        },
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
        examples={"fr": ("payé C12", "payé C14 C16", "payé @bob"), "en": ("paid C12", "paid @bob")},
    ),
)
