"""Declared items: found, moved on by a new entry, told in lists."""

from collections.abc import Iterable

from circle.circles import Circle
from circle.claims import room
from circle.entries import ItemEntry, ItemEvent
from circle.ledger import Item, ItemState
from circle.life import corrected_by, posted
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.shared.common import figures, get_item, held_back, money
from commands.shared.own_items import alone_on
from commands.shared.refusals import EntryAlreadyCancelled, RegulationOverBudget
from commands.shared.replies import ItemFacts


async def locked_item(request: Request[object], uow: UnitOfWork, number: int) -> Item:
    """The item C{number}, which no other transaction can move before the end of this one."""
    await uow.circles.lock(request.here.id)
    item = await get_item(uow, request.here.id, number)
    if item.state is ItemState.CANCELLED:
        raise Refusal(EntryAlreadyCancelled(id=Ref(Kind.ENTRY, number)))
    return item


async def write(
    request: Request[object],
    uow: UnitOfWork,
    item: Item,
    event: ItemEvent,
    what: str = "",
    *,
    corrects: int | None = None,
    meeting: int | None = None,
    session: int | None = None,
) -> ItemEntry:
    """Append an entry about an item: dated, signed, naming what it corrects, with its postings.

    `corrects`: the entry that it corrects, where that is not the last of its family. Raises where
    who asks may not on an item of their own (`own_items`).
    """
    circle = request.here.id
    last = corrected_by(event.kind, await uow.ledger.history(circle, item.number))
    entry = ItemEntry(
        at=request.at,
        by=request.person.key,
        item=item.number,
        event=event,
        action=item.action,
        vote=item.vote,
        meeting=meeting,
        session=session,
        corrects=last if corrects is None else corrects,
        source=request.event,
        alone=await alone_on(request, uow, item, event.kind),
        what=what,
    )
    return await uow.ledger.append(circle, posted(item, entry))


async def check_room(request: Request[object], uow: UnitOfWork, item: Item, cents: int) -> None:
    """Raise where deciding so much on an item, all in all, would overdraw the budget.

    What an adopted vote holds back for this very item can be decided on it.
    """
    circle = request.here
    available = (await figures(uow, circle.id)).spendable
    most = (item.regulated or 0) + room(available, await held_back(uow, circle.id), item)
    if cents > most:
        raise Refusal(
            RegulationOverBudget(
                id=Ref(Kind.ENTRY, item.number),
                amount=money(cents, circle),
                available=money(available, circle),
                room=money(most, circle),
            )
        )


def item_facts(
    circle: Circle, item: Item, person: Person, payee: Person | None = None
) -> ItemFacts:
    """A line of a list of items."""
    return ItemFacts(
        id=Ref(Kind.ENTRY, item.number),
        nature=item.nature,
        member=person,
        payee=payee,
        minutes=item.minutes,
        what=item.what,
        day=item.day,
        action=Ref(Kind.ACTION, item.action) if item.action else None,
        asked=money(item.asked, circle),
        pro_bono=item.pro_bono,
        state=item.state,
        regulated=money(item.regulated, circle),
        invoice=item.invoice,
    )


async def lines_of(uow: UnitOfWork, circle: Circle, items: Iterable[Item]) -> tuple[ItemFacts, ...]:
    """Lines of a list of items, with the people they name."""
    listed = tuple(items)
    keys = {item.person for item in listed} | {item.payee for item in listed if item.payee}
    people = await uow.people.many(keys)
    return tuple(
        item_facts(circle, item, people[item.person], people[item.payee] if item.payee else None)
        for item in listed
    )
