"""A decision, an invoice or a payment that was recorded wrong."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from circle.entries import (
    Decided,
    Invoiced,
    InvoiceTakenBack,
    ItemRefused,
    PaymentTakenBack,
    Postponed,
    ProBono,
    Regulated,
)
from circle.ledger import Item
from circle.life import outcome
from circle.money import Cents
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.correcting.refusals import EntryNothingToUndo, EntryStaysLinked
from commands.correcting.retold import described, retell
from commands.correcting.words import CorrectArgs, Now
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.shared.items import check_room, write
from commands.shared.refusals import EntryAlreadySettled, RegulationZero

_DECISIONS: Final[Mapping[Now, Decided]] = {
    Now.REFUSED: ItemRefused(),
    Now.PRO_BONO: ProBono(),
    Now.POSTPONED: Postponed(),
}


async def decided(request: Request[CorrectArgs], uow: UnitOfWork, item: Item) -> None:
    """Correct what was decided, settled or told of an item, by one entry each."""
    args = request.args
    if args.about is not None:
        raise Refusal(EntryStaysLinked(id=Ref(Kind.ENTRY, item.number), about=args.about))
    settles = args.amount is not None or args.outcome is not None or args.invoice is not None
    if settles:
        await _settle(request, uow, item)
    told = replace(args, what="") if settles else args
    if described(told, item) != item:
        current = await uow.ledger.item(request.here.id, item.number) or item
        await retell(request, uow, current, described(told, current))


async def _settle(request: Request[CorrectArgs], uow: UnitOfWork, item: Item) -> None:
    args = request.args
    if args.invoice is not None:
        await _invoice(request, uow, item, args.invoice)
    elif args.outcome is Now.UNPAID:
        _check(item, done=item.paid)
        await write(request, uow, item, PaymentTakenBack(), args.what)
    elif args.outcome is Now.NOT_INVOICED:
        _check(item, done=item.invoice is not None)
        await write(request, uow, item, InvoiceTakenBack(), args.what)
    elif args.amount is not None:
        await _regulate(request, uow, item, args.amount)
    elif args.outcome is not None:
        await _decide(request, uow, item, args.outcome)


def _check(item: Item, *, done: bool) -> None:
    if not done:
        raise Refusal(EntryNothingToUndo(id=Ref(Kind.ENTRY, item.number), state=item.state))


async def _invoice(request: Request[CorrectArgs], uow: UnitOfWork, item: Item, number: str) -> None:
    _check(item, done=item.invoice is not None)
    if number != item.invoice and item.regulated is not None:
        await write(request, uow, item, Invoiced(number, item.regulated))


async def _regulate(request: Request[CorrectArgs], uow: UnitOfWork, item: Item, cents: int) -> None:
    if cents == 0:
        raise Refusal(RegulationZero(id=Ref(Kind.ENTRY, item.number)))
    if cents == item.regulated:
        return
    await check_room(request, uow, item, cents)
    await _write(request, uow, item, Regulated(Cents(cents)))


async def _decide(request: Request[CorrectArgs], uow: UnitOfWork, item: Item, now: Now) -> None:
    decision = _DECISIONS[now]
    if item.paid or item.invoice is not None:
        ref = Ref(Kind.ENTRY, item.number)
        raise Refusal(EntryAlreadySettled(id=ref, state=item.state, number=item.invoice))
    if item.state is not outcome(decision):
        await _write(request, uow, item, decision)


async def _write(
    request: Request[CorrectArgs], uow: UnitOfWork, item: Item, decision: Decided
) -> None:
    """A new decision: of the open session, or of the meeting that took the one it corrects."""
    session = await uow.sessions.open(request.here.id)
    await write(
        request,
        uow,
        item,
        decision,
        request.args.what,
        meeting=session.meeting if session else item.meeting,
        session=session.id if session else None,
    )
