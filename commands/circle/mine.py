"""What waits for one person in a circle: actions, votes, declarations, meetings."""

from datetime import date, datetime
from typing import Final

from circle.actions import Action, ActionState
from circle.circles import Circle
from circle.ledger import WAITING, EntryKind, Item, ItemState
from circle.money import Money
from circle.people import Person
from circle.ports import ActionFilter, ItemFilter, UnitOfWork
from circle.refs import Kind, Ref
from commands.circle.mine_replies import MeStatus, MyAction, MyCircle, MyItems, MyMeeting, MyVote
from commands.shared.common import PAGE, end_of, is_late, was_held
from commands.shared.planned import said_of, upcoming
from commands.votes.own import waiting_for

_TOLD: Final = (
    *(ItemState.QUESTIONED, ItemState.DECLARED, ItemState.POSTPONED),
    *(ItemState.REGULATED, ItemState.INVOICED, ItemState.PAID),
)
_OWED: Final = frozenset({ItemState.REGULATED, ItemState.INVOICED})
_MEETINGS: Final = 3


async def waiting(uow: UnitOfWork, person: Person, now: datetime) -> MeStatus:
    """What waits for somebody, in each of their circles."""
    circles = await uow.circles.of_person(person.key, now.date())
    told = [await _in(uow, circle, person, now) for circle in circles]
    return MeStatus(circles=tuple(told), several=len(told) > 1, weekly=person.weekly)


async def _in(uow: UnitOfWork, circle: Circle, person: Person, now: datetime) -> MyCircle:
    actions = await _held(uow, circle, person, now)
    which = ItemFilter(person=person.key, states=frozenset(_TOLD))
    items = await uow.ledger.items(circle.id, which)
    owed = [one for one in items if _is_owed(one, person)]
    return MyCircle(
        name=circle.name,
        actions=tuple(_action(one, now) for one in actions[:PAGE]),
        more=max(0, len(actions) - PAGE),
        votes=tuple(
            MyVote(id=Ref(Kind.VOTE, one.number), question=one.question, closes=one.closes)
            for one in await waiting_for(uow, circle, person, now)
        ),
        declared=tuple(_standing(circle, items)),
        questioned=tuple(
            Ref(Kind.ENTRY, one.number) for one in items if one.state is ItemState.QUESTIONED
        ),
        owed=Money(sum(one.regulated or 0 for one in owed), circle.currency),
        since=await _since(uow, circle, owed),
        meetings=await _unanswered(uow, circle, person, now),
    )


async def _held(
    uow: UnitOfWork, circle: Circle, person: Person, now: datetime
) -> tuple[Action, ...]:
    """The open actions that they hold, late ones first, then the soonest due."""
    which = ActionFilter(state=ActionState.OPEN, holder=person.key)
    actions = await uow.actions.list(circle.id, which)

    def soonest(one: Action) -> tuple[bool, datetime, int]:
        return one.due is None, end_of(one.due or now, now.tzinfo), one.number

    return tuple(sorted(actions, key=soonest))


def _action(action: Action, now: datetime) -> MyAction:
    ref = Ref(Kind.ACTION, action.number)
    return MyAction(id=ref, title=action.title, due=action.due, late=is_late(action, now))


def _standing(circle: Circle, items: tuple[Item, ...]) -> list[MyItems]:
    """By state: what is asked as long as it waits, then what was decided."""
    told = []
    for state in _TOLD:
        among = [one for one in items if one.state is state]
        asked = state in WAITING
        cents = sum((one.asked if asked else one.regulated) or 0 for one in among)
        if among:
            amount = Money(cents, circle.currency)
            told.append(MyItems(state=state, count=len(among), amount=amount))
    return told


def _is_owed(item: Item, person: Person) -> bool:
    """Whether it is to be paid to them; what goes to a structure is that structure's."""
    theirs = item.payee in {None, person.key}
    return theirs and item.state in _OWED and bool(item.regulated)


async def _since(uow: UnitOfWork, circle: Circle, owed: list[Item]) -> date | None:
    """The day on which the oldest of what is owed was decided."""
    days = [await _decided(uow, circle, one) for one in owed]
    return min(days, default=None)


async def _decided(uow: UnitOfWork, circle: Circle, item: Item) -> date:
    history = await uow.ledger.history(circle.id, item.number)
    decided = [one.at for one in history if one.event.kind is EntryKind.REGULATED]
    return min(decided, default=item.declared_at).date()


async def _unanswered(
    uow: UnitOfWork, circle: Circle, person: Person, now: datetime
) -> tuple[MyMeeting, ...]:
    """The next meetings of which they have not said whether they come."""
    silent = []
    for start, planned in (await upcoming(uow, circle, now))[:_MEETINGS]:
        said = await said_of(uow, circle, planned, start.date())
        answered = any(one.person.key == person.key for one in said)
        if not answered and not await was_held(uow, circle.id, planned, start):
            ref = Ref(Kind.MEETING, planned.number)
            silent.append(MyMeeting(id=ref, kind=planned.kind, title=planned.title, start=start))
    return tuple(silent)
