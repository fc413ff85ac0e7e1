"""What claims could get, from the figures of the circle."""

from collections.abc import Sequence

from circle.circles import Circle
from circle.claims import Cap, proposal
from circle.ledger import Item
from circle.ports import UnitOfWork
from commands.shared.common import figures, held_back

NO_CAP = Cap()


async def shares(
    uow: UnitOfWork, circle: Circle, items: Sequence[Item], cap: Cap = NO_CAP
) -> tuple[int, ...]:
    """What each of these items could get (cents), none more than asked: see circle.claims."""
    available = (await figures(uow, circle.id)).spendable
    return proposal(items, available, await held_back(uow, circle.id), cap)


async def fits(uow: UnitOfWork, circle: Circle, items: Sequence[Item]) -> bool:
    """Whether everything that these items ask for is there."""
    return sum(await shares(uow, circle, items)) == sum(item.asked or 0 for item in items)
