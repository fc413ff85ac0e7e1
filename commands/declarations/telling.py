"""What is answered to who declares: what was kept, what was worked out, what it looks like."""

from typing import Any

from circle.circles import Circle
from circle.ledger import Entry, Item, ItemState, Nature
from circle.people import Person
from circle.ports import ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from circle.text import squash
from commands.declarations.replies import (
    ContributionDeclared,
    DeclaredFacts,
    ExpenseDeclared,
    WorkedOut,
)
from commands.kernel.command import Request
from commands.kernel.sentence import Sentence
from commands.reading.workings import Working
from commands.shared.common import figures, money, next_regulation


async def declared(
    request: Request[Any],
    uow: UnitOfWork,
    entry: Entry,
    person: Person,
    workings: tuple[Working, ...],
) -> DeclaredFacts:
    """What an answer tells of what was just written."""
    circle = request.here
    budget = await figures(uow, circle.id)
    action = await uow.actions.get(circle.id, entry.action) if entry.action else None
    return DeclaredFacts(
        id=Ref(Kind.ENTRY, entry.item or 0),
        member=person,
        what=entry.what,
        day=entry.day,
        action=Ref(Kind.ACTION, entry.action) if entry.action else None,
        title=action.title if action else None,
        vote=Ref(Kind.VOTE, entry.vote) if entry.vote else None,
        payee=await uow.people.get(entry.payee) if entry.payee else None,
        unfunded=entry.amount is not None and budget.available <= 0,
        corrected=request.edited is not None,
        promoted=False,
        today=entry.day == request.at.date(),
        own=person.key == request.person.key,
        regulation=await next_regulation(uow, circle.id, request.at),
        endowed=budget.granted > 0,
        same=await _same(request, uow, entry),
        worked_out=_worked_out(workings, entry, circle),
    )


async def _same(request: Request[Any], uow: UnitOfWork, entry: Entry) -> Ref | None:
    """Another declaration that says the same: who, what, the day, how long and how much."""
    day = ItemFilter(person=entry.person, since=entry.day, until=entry.day)
    for item in await uow.ledger.items(request.here.id, day):
        if item.number != entry.item and _is_same(item, entry):
            return Ref(Kind.ENTRY, item.number)
    return None


def _is_same(item: Item, entry: Entry) -> bool:
    if item.state in (ItemState.CANCELLED, ItemState.REFUSED):
        return False
    alike = (item.nature, item.minutes, item.asked) == (entry.nature, entry.minutes, entry.amount)
    return alike and squash(item.what) == squash(entry.what)


def _worked_out(
    workings: tuple[Working, ...], entry: Entry, circle: Circle
) -> tuple[WorkedOut, ...]:
    """What was computed, with what came out of it."""
    return tuple(
        WorkedOut(
            said=one.said,
            amount=money(entry.amount, circle) if one.amount else None,
            minutes=entry.minutes if one.hourly or not one.amount else None,
        )
        for one in workings
    )


def told(entry: Entry, facts: DeclaredFacts, circle: Circle, was: int | None) -> Sentence:
    """The answer to a declaration; `was`: cents asked before an edit."""
    amount, before = money(entry.amount, circle), money(was, circle)
    if entry.nature is not Nature.CONTRIBUTION:
        return ExpenseDeclared(declared=facts, amount=amount, was=before)
    return ContributionDeclared(
        declared=facts,
        minutes=entry.minutes,
        asked=amount,
        pro_bono=entry.pro_bono,
        was=before,
    )
