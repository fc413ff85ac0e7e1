"""Corrections by stewards: new entries that name those they correct, even after a decision."""

from circle.circles import Circle
from circle.ledger import WAITING, Item
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.correcting.decided import decided
from commands.correcting.envelopes import correct_envelope
from commands.correcting.placing import place
from commands.correcting.refusals import EntryUnchanged
from commands.correcting.replies import EntryCorrected, EntryPlaced, ItemBefore
from commands.correcting.retold import described, retell, undecided
from commands.correcting.words import CorrectArgs
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.shared.common import figures, money
from commands.shared.holding import held_parts, taken_by
from commands.shared.items import locked_item
from commands.shared.own_items import check_correction
from commands.shared.replies import TakenFacts

_TOLD = ("minutes", "what", "day", "person", "payee")


async def correct(request: Request[CorrectArgs], uow: UnitOfWork) -> Reply:
    """Correct what was declared, decided, invoiced or paid, or what was granted."""
    if request.args.entry.kind is Kind.ENVELOPE:
        return await correct_envelope(request, uow)
    before = await locked_item(request, uow, request.args.entry.number)
    await check_correction(request, uow, before, described(request.args, before))
    if request.args.envelope is not None:
        return await place(request, uow, before, request.args.envelope)
    if before.state in WAITING:
        now = await undecided(request, uow, before)
        if now != before:
            await retell(request, uow, before, now)
    else:
        await decided(request, uow, before)
    after = await uow.ledger.item(request.here.id, before.number) or before
    if after == before:
        raise Refusal(EntryUnchanged(id=request.args.entry))
    return await _corrected(request, uow, before, after)


async def _corrected(
    request: Request[CorrectArgs], uow: UnitOfWork, before: Item, after: Item
) -> Reply:
    circle = request.here
    ref = Ref(Kind.ENTRY, after.number)
    was, now = _amount(before), _amount(after)
    available = (await figures(uow, circle.id)).available
    corrected = EntryCorrected(
        id=ref,
        what=after.what,
        minutes=after.minutes,
        amount=money(now, circle),
        was=money(was, circle) if was != now else None,
        available=money(available, circle),
        missing=money(max(0, -available), circle),
        funder=None,
        period=None,
        reason=request.args.what if after.what != request.args.what else "",
        state=after.state,
        number=after.invoice,
        member=await uow.people.get(after.person),
        payee=await uow.people.get(after.payee) if after.payee else None,
        before=await _before(uow, before, after),
        held=await held_parts(uow, circle, after.number, after.regulated),
        taken=await _taken(uow, circle, before),
    )
    return Reply(corrected, subject=ref)


async def _taken(uow: UnitOfWork, circle: Circle, before: Item) -> tuple[TakenFacts, ...]:
    """What other items took of what was let go since the item was as before."""
    history = await uow.ledger.history(circle.id, before.number)
    new = [entry for entry in history if (entry.id or 0) > (before.last_entry or 0)]
    return tuple([one for entry in new for one in await taken_by(uow, circle, entry)])


async def _before(uow: UnitOfWork, before: Item, after: Item) -> ItemBefore | None:
    """What was told of it before, amounts apart, where that is no longer so."""
    if all(getattr(before, name) == getattr(after, name) for name in _TOLD):
        return None
    return ItemBefore(
        minutes=before.minutes,
        what=before.what,
        day=before.day,
        member=await uow.people.get(before.person),
        payee=await uow.people.get(before.payee) if before.payee else None,
    )


def _amount(item: Item) -> int | None:
    """What the item is worth now: decided, or asked while it waits."""
    return item.asked if item.state in WAITING else item.regulated


COMMANDS = (
    Command(
        key="entry.correct",
        topic=Topic.MONEY,
        names=("corriger", "correct"),
        args=CorrectArgs,
        run=correct,
        right=Right.STEWARD,
        reserve=Reserve.NOT_ALONE,
        told=frozenset({EntryCorrected, EntryPlaced}),
        personal=True,
        examples={
            "fr": (
                "corriger C12 60 €",
                "corriger C12 2h30 affiches et réseaux #A1",
                "corriger C12 impayé",
                "corriger C12 enveloppe E2",
                "corriger E1 1 000 €",
            ),
            "en": (
                "correct C12 60 €",
                "correct C12 2h30 posters and networks #A1",
                "correct C12 unpaid",
                "correct C12 envelope E2",
                "correct E1 1000 €",
            ),
        },
    ),
)
