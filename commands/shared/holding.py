"""Which envelopes hold what was decided, as answers tell it."""

from collections.abc import Iterable

from circle.attribution import Attribution, together
from circle.circles import Circle
from circle.entries import Entry, ItemEntry
from circle.money import Money
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.shared.replies import HeldFacts, HeldParts, TakenFacts


async def held_parts(
    uow: UnitOfWork, circle: Circle, item: int, regulated: int | None
) -> HeldParts:
    """What envelopes hold of what is decided of an item, by its number; what none holds."""
    held = together(await uow.ledger.held_of(circle.id, item))
    without = (regulated or 0) - sum(held.values())
    return HeldParts(
        envelopes=tuple(
            HeldFacts(id=Ref(Kind.ENVELOPE, number), amount=Money(cents, circle.currency))
            for number, cents in held.items()
        ),
        unattributed=Money(without, circle.currency) if without else None,
        fullest=await _fullest(uow, circle) if without else None,
    )


async def _fullest(uow: UnitOfWork, circle: Circle) -> Ref | None:
    """The envelope in which most is left; None where nothing is left in any."""
    uses = [use for use in await uow.ledger.uses(circle.id) if use.left > 0]
    most = max(uses, key=lambda use: use.left, default=None)
    return Ref(Kind.ENVELOPE, most.envelope.number) if most else None


async def taken_by(uow: UnitOfWork, circle: Circle, entry: Entry) -> tuple[TakenFacts, ...]:
    """What an entry made envelopes take of other items, which waited until then."""
    own = entry.item if isinstance(entry, ItemEntry) else None
    caused = await uow.ledger.caused_by(circle.id, {entry.id or 0})
    others = (one for one in caused.get(entry.id or 0, ()) if one.item != own)
    return moved(circle, others)


def moved(circle: Circle, attributions: Iterable[Attribution]) -> tuple[TakenFacts, ...]:
    """What envelopes took of items; less than nothing: what they let go."""
    return tuple(
        TakenFacts(
            id=Ref(Kind.ENTRY, one.item),
            envelope=Ref(Kind.ENVELOPE, one.envelope),
            amount=Money(one.cents, circle.currency),
        )
        for one in attributions
        if one.cents
    )
