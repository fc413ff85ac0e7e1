"""An amount that no envelope holds, placed by a steward on the one that is named."""

from dataclasses import replace

from circle.attribution import Unheld, may_hold
from circle.entries import Placed
from circle.envelopes import Use
from circle.ledger import Item
from circle.money import Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.correcting.refusals import EntryHeld, EntryPlaceAlone, EnvelopeEmpty
from commands.correcting.replies import EntryPlaced
from commands.correcting.words import CorrectArgs
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply
from commands.shared.common import money
from commands.shared.holding import held_parts
from commands.shared.items import write
from commands.shared.refusals import EntryNotRegulated, IdUnknown


async def place(request: Request[CorrectArgs], uow: UnitOfWork, item: Item, envelope: Ref) -> Reply:
    """Place what it can hold, whatever workstream and period it is for: that is said."""
    circle, ref = request.here, Ref(Kind.ENTRY, item.number)
    if request.args != CorrectArgs(entry=request.args.entry, envelope=envelope):
        raise Refusal(EntryPlaceAlone(id=ref, envelope=envelope))
    if item.regulated is None:
        raise Refusal(EntryNotRegulated(id=ref, state=item.state))
    before = await held_parts(uow, circle, item.number, item.regulated)
    use = await _use(request, uow, envelope)
    if before.unattributed is None:
        raise Refusal(EntryHeld(id=ref, envelopes=before.envelopes))
    if use.left <= 0:
        raise Refusal(EnvelopeEmpty(id=envelope, item=ref, amount=before.unattributed))
    await write(request, uow, item, Placed(envelope.number))
    return await _placed(request, uow, item, use, before.unattributed)


async def _use(request: Request[CorrectArgs], uow: UnitOfWork, envelope: Ref) -> Use:
    uses = {one.envelope.number: one for one in await uow.ledger.uses(request.here.id)}
    use = uses.get(envelope.number)
    if use is None:
        raise Refusal(IdUnknown(id=envelope))
    return use


async def _placed(
    request: Request[CorrectArgs], uow: UnitOfWork, item: Item, use: Use, before: Money
) -> Reply:
    circle, ref = request.here, Ref(Kind.ENTRY, item.number)
    held = await held_parts(uow, circle, item.number, item.regulated)
    still = held.unattributed.cents if held.unattributed else 0
    placed = EntryPlaced(
        id=ref,
        member=await uow.people.get(item.person),
        what=item.what,
        envelope=Ref(Kind.ENVELOPE, use.envelope.number),
        funder=use.envelope.funder,
        amount=money(before.cents - still, circle),
        was=before,
        elsewhere=not may_hold(use.envelope, await _work(request, uow, item)),
        held=held,
    )
    return Reply(placed, subject=ref)


async def _work(request: Request[CorrectArgs], uow: UnitOfWork, item: Item) -> Unheld:
    waiting = Unheld(item=item.number, cents=0, day=item.day)
    if item.action is None:
        return waiting
    action = await uow.actions.get(request.here.id, item.action)
    return replace(waiting, workstream=action.workstream if action else None)
