"""The statement of a person or a structure: what they gave, what was decided, what is paid."""

from dataclasses import dataclass
from typing import Annotated

from circle.ledger import ItemState
from circle.people import Person
from circle.ports import ItemFilter, UnitOfWork
from circle.time import Days
from commands.declarations.replies import Statement
from commands.kernel.command import Command, Request
from commands.kernel.reply import Reply
from commands.kernel.topics import Topic
from commands.reading.readers import SPAN, WHO, either
from commands.reading.values import STRUCTURE
from commands.shared.common import money
from commands.shared.items import lines_of
from language.calendar import read_span

SHOWN = 20
TOLD = frozenset(ItemState) - {ItemState.CANCELLED}
THIS_QUARTER = "trimestre"


@dataclass(frozen=True, slots=True)
class StatementArgs:
    """Whose, and of which days; without them, of who asks and of this quarter."""

    who: Annotated[Person | None, either(WHO, STRUCTURE)] = None
    span: Annotated[Days | None, SPAN] = None


async def statement(request: Request[StatementArgs], uow: UnitOfWork) -> Reply:
    """The items of these days of work, and their totals."""
    who = request.args.who or request.person
    span = request.args.span or read_span(THIS_QUARTER, request.at)
    if not isinstance(span, Days):
        raise TypeError(THIS_QUARTER)
    which = _concerning(who, span)
    circle = request.here
    items = await uow.ledger.items(circle.id, which, SHOWN)
    count = await uow.ledger.count_items(circle.id, which)
    totals = await uow.ledger.sum_items(circle.id, which)
    told = Statement(
        member=who,
        structure=who.structure,
        since=span.since,
        until=span.until,
        items=await lines_of(uow, circle, items),
        count=count,
        more=count - len(items),
        minutes=totals.minutes,
        asked=money(totals.asked, circle),
        regulated=money(totals.regulated, circle),
        invoiced=money(totals.invoiced, circle),
        paid=money(totals.paid, circle),
        due=money(totals.regulated - totals.paid, circle),
    )
    return Reply(told)


def _concerning(who: Person, span: Days) -> ItemFilter:
    """What a person gave; what is paid to a structure."""
    return ItemFilter(
        person=None if who.structure else who.key,
        payee=who.key if who.structure else None,
        since=span.since,
        until=span.until,
        states=TOLD,
    )


COMMANDS = (
    Command(
        key="contribution.statement",
        topic=Topic.CONTRIBUTING,
        names=("relevé", "statement"),
        args=StatementArgs,
        run=statement,
        personal=True,
        examples={
            "fr": ("relevé", "relevé @bob T4 2026", "relevé La Halle 2026"),
            "en": ("statement", "statement @bob Q4 2026"),
        },
    ),
)
