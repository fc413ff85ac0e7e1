"""What an answer adds to a declaration: what was worked out of the line, what it looks like."""

from collections.abc import Iterable

from circle.circles import Circle
from circle.ledger import Item, ItemState
from circle.ports import ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.text import squash
from commands.declarations.replies import WorkedOut
from commands.reading.workings import Working
from commands.shared.common import money

_GONE = frozenset({ItemState.CANCELLED, ItemState.REFUSED})


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
    that_day = ItemFilter(person=item.person, since=item.day, until=item.day)
    others = await uow.ledger.items(circle.id, that_day)
    alike = (one for one in others if one.number != item.number and _says_the_same(one, item))
    return next((Ref(Kind.ENTRY, one.number) for one in alike), None)


def _says_the_same(one: Item, other: Item) -> bool:
    figures = ((item.nature, item.minutes, item.asked, item.pro_bono) for item in (one, other))
    return (
        one.state not in _GONE and len(set(figures)) == 1 and squash(one.what) == squash(other.what)
    )
