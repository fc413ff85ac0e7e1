"""What an answer adds to a declaration: what was worked out of the line, what it looks like."""

from collections.abc import Iterable

from circle.circles import Circle
from circle.ledger import Item
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.text import squash
from commands.declarations.replies import WorkedOut
from commands.reading.workings import Working
from commands.shared.common import money


def results(workings: Iterable[Working], item: Item, circle: Circle) -> tuple[WorkedOut, ...]:
    """What was computed, with what came out of it."""
    return tuple(
        WorkedOut(
            said=one.said,
            amount=money(item.asked, circle) if one.amount else None,
            minutes=item.minutes if one.hourly or not one.amount else None,
        )
        for one in workings
    )


async def same_as(uow: UnitOfWork, circle: Circle, item: Item) -> Ref | None:
    """Another declaration that says the same: who, what, the day, how long and how much."""
    alike = await uow.ledger.alike(circle.id, item)
    said = squash(item.what)
    return next((Ref(Kind.ENTRY, one) for one, what in alike.items() if squash(what) == said), None)
