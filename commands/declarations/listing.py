"""What was declared last, or what still waits for something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from circle.ledger import WAITING, ItemState
from circle.money import Money
from circle.people import Person
from circle.ports import ItemFilter, UnitOfWork
from commands.declarations.replies import (
    ContributionList,
)
from commands.kernel.command import Command, Request
from commands.kernel.reply import Reply
from commands.kernel.topics import Topic
from commands.reading.readers import (
    BY_WHO,
    SINCE,
    Answer,
    choice,
    shape,
)
from commands.shared.common import before_page, left_after, money
from commands.shared.items import lines_of

STANDING: Mapping[str, frozenset[ItemState]] = {
    "to-decide": WAITING,
    "to-invoice": frozenset({ItemState.REGULATED}),
    "to-pay": frozenset({ItemState.REGULATED, ItemState.INVOICED}),
}
STANDING_WORDS = choice(
    Answer("to-decide", "à décider", "to decide", ("en attente", "waiting")),
    Answer("to-invoice", "à facturer", "to invoice"),
    Answer("to-pay", "à payer", "to pay", ("impayées", "unpaid")),
)


@dataclass(frozen=True, slots=True)
class ContributionListArgs:
    """Where they stand, whose, since when."""

    standing: Annotated[str | None, shape(STANDING_WORDS)] = None
    person: Annotated[Person | None, BY_WHO] = None
    since: Annotated[date | None, SINCE] = None


async def show(request: Request[ContributionListArgs], uow: UnitOfWork) -> Reply:
    """What was declared last, or the first of what still waits for something."""
    args = request.args
    which = ItemFilter(
        person=args.person.key if args.person else None,
        since=args.since,
        states=STANDING[args.standing] if args.standing else None,
    )
    count = await uow.ledger.count_items(request.here.id, which)
    before = before_page(request)
    left = left_after(count, before)
    first = before if args.standing else left
    items = await uow.ledger.items(request.here.id, which, count - before - left, first)
    listed = ContributionList(
        items=await lines_of(uow, request.here, items),
        count=count,
        more=left,
        member=args.person,
        since=args.since,
        standing=args.standing,
        total=await _total(request, uow, which),
    )
    return Reply(listed)


async def _total(
    request: Request[ContributionListArgs], uow: UnitOfWork, which: ItemFilter
) -> Money | None:
    """What is asked of all that waits for a decision; what is to be paid of all the rest."""
    if request.args.standing is None:
        return None
    sums = await uow.ledger.sum_items(request.here.id, which)
    return money(sums.asked or sums.regulated - sums.paid, request.here)


COMMANDS = (
    Command(
        key="contribution.list",
        topic=Topic.CONTRIBUTING,
        names=("contributions",),
        args=ContributionListArgs,
        run=show,
        paged=True,
        personal=True,
        examples={
            "fr": (
                "contributions",
                "contributions de @bob depuis le 1er novembre",
                "contributions à payer",
            ),
            "en": (
                "contributions",
                "contributions of @bob since 1 November",
                "contributions to pay",
            ),
        },
    ),
)
