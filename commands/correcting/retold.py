"""What was declared is told anew: what, how long, when, by whom, for what, and what is asked."""

from dataclasses import replace

from circle.entries import ItemEntry
from circle.ledger import EntryKind, Item
from circle.life import corrected_by, posted, retelling
from circle.money import Cents, Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.time import Minutes
from commands.correcting.words import CorrectArgs, Now
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.shared.common import get_action, get_vote
from commands.shared.refusals import ContributionBoth, EntryNotRegulated


async def retell(request: Request[CorrectArgs], uow: UnitOfWork, before: Item, now: Item) -> None:
    """Append the entry that tells the item as it should have been told."""
    history = await uow.ledger.history(request.here.id, before.number)
    entry = ItemEntry(
        at=request.at,
        by=request.person.key,
        item=now.number,
        event=retelling(now),
        action=now.action,
        vote=now.vote,
        corrects=corrected_by(EntryKind.CORRECTED, history),
        what=now.what,
        source=request.event,
    )
    await uow.ledger.append(request.here.id, posted(before, entry))


async def undecided(request: Request[CorrectArgs], uow: UnitOfWork, item: Item) -> Item:
    """An item that waits, as the correction tells it."""
    args = request.args
    if args.invoice or args.outcome not in {None, Now.PRO_BONO}:
        raise Refusal(EntryNotRegulated(id=Ref(Kind.ENTRY, item.number), state=item.state))
    if args.outcome and args.amount is not None:
        raise Refusal(ContributionBoth(amount=Money(args.amount, request.here.currency)))
    now = await _linked(request, uow, described(args, item))
    if args.outcome:
        return replace(now, asked=None, pro_bono=True)
    if args.amount is not None:
        return replace(now, asked=Cents(args.amount), pro_bono=False)
    return now


def described(args: CorrectArgs, item: Item) -> Item:
    """The item with what can be corrected at any time."""
    return replace(
        item,
        what=args.what or item.what,
        minutes=Minutes(args.minutes) if args.minutes else item.minutes,
        day=args.day or item.day,
        person=args.person.key if args.person else item.person,
        payee=args.payee.key if args.payee else item.payee,
    )


async def _linked(request: Request[CorrectArgs], uow: UnitOfWork, item: Item) -> Item:
    ref = request.args.about
    if ref is None:
        return item
    if ref.kind is Kind.ACTION:
        await get_action(uow, request.here.id, ref.number)
        return replace(item, action=ref.number, vote=None)
    await get_vote(uow, request.here.id, ref.number)
    return replace(item, action=None, vote=ref.number)
