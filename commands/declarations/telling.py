"""What an answer adds to a declaration: what was worked out of the line, what it looks like."""

from collections.abc import Iterable

from circle.circles import Circle
from circle.entries import Declaration, ItemEntry
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.text import squash
from commands.declarations.replies import WorkedOut
from commands.reading.workings import Working
from commands.shared.common import money


def results(
    workings: Iterable[Working], told: Declaration, circle: Circle
) -> tuple[WorkedOut, ...]:
    """What was computed, with what came out of it."""
    return tuple(
        WorkedOut(
            said=one.said,
            amount=money(told.amount, circle) if one.amount else None,
            minutes=told.minutes if one.hourly or not one.amount else None,
        )
        for one in workings
    )


async def same_as(
    uow: UnitOfWork, circle: Circle, entry: ItemEntry, told: Declaration
) -> Ref | None:
    """Another declaration that says the same: who, what, the day, how long and how much."""
    alike = await uow.ledger.alike(circle.id, entry.item, told)
    what = squash(entry.what)
    return next((Ref(Kind.ENTRY, one) for one, said in alike.items() if squash(said) == what), None)
