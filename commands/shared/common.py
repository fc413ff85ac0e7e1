"""Small steps that several families share: finding things, money, dates of a circle."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from circle.actions import Action, ActionState
from circle.circles import Circle, CircleId
from circle.figures import Figures, Held
from circle.ledger import Item
from circle.meetings import Meeting, MeetingKind, next_start
from circle.money import Money
from circle.people import Person, Role
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.votes import Vote
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply
from commands.shared.refusals import IdUnknown, RefusedNotAllowed, RefusedTogether

PAGE = 10


def before_page(request: Request[object], size: int = PAGE) -> int:
    """How many lines of a list stand on the pages before the one that is asked for."""
    return (request.page - 1) * size


def left_after(count: int, before: int, size: int = PAGE) -> int:
    """How many lines of a list are left after the page that has so many before it."""
    return max(0, count - before - size)


async def for_each(refs: Sequence[Ref], do: Callable[[Ref], Awaitable[Reply]]) -> tuple[Reply, ...]:
    """The same for each thing of a line; where one cannot, none is, and that is said."""
    replies = []
    for ref in refs:
        try:
            replies.append(await do(ref))
        except Refusal as refusal:
            others = tuple(one for one in refs if one != ref)
            after = RefusedTogether(others=others) if others else None
            raise Refusal(refusal.sentence, after=after) from None
    return tuple(replies)


def told_together(replies: Sequence[Reply]) -> Reply:
    """One answer for each thing of a line that names several."""
    first, *others = replies
    return replace(first, also=(*first.also, *others))


def money(cents: int | None, circle: Circle) -> Money | None:
    """Cents as money of the circle; None stays None."""
    return None if cents is None else Money(cents, circle.currency)


async def get_action(uow: UnitOfWork, circle: CircleId, number: int) -> Action:
    """The action A{number}. Raises the refusal that names it."""
    action = await uow.actions.get(circle, number)
    if action is None:
        raise Refusal(IdUnknown(id=Ref(Kind.ACTION, number)))
    return action


async def get_item(uow: UnitOfWork, circle: CircleId, number: int) -> Item:
    """The contribution or expense C{number}. Raises the refusal that names it."""
    item = await uow.ledger.item(circle, number)
    if item is None:
        raise Refusal(IdUnknown(id=Ref(Kind.ENTRY, number)))
    return item


async def get_vote(uow: UnitOfWork, circle: CircleId, number: int) -> Vote:
    """The vote V{number}. Raises the refusal that names it."""
    vote = await uow.votes.get(circle, number)
    if vote is None:
        raise Refusal(IdUnknown(id=Ref(Kind.VOTE, number)))
    return vote


async def figures(uow: UnitOfWork, circle: CircleId) -> Figures:
    """The budget of a circle, computed from its entries and its adopted votes."""
    totals = await uow.ledger.totals(circle)
    attributed = await uow.ledger.attributed(circle)
    return Figures(
        granted=totals.granted,
        committed=(await held_back(uow, circle)).total(),
        asked=totals.asked,
        regulated=totals.regulated,
        invoiced=totals.invoiced,
        paid=totals.paid,
        unattributed=totals.regulated - attributed,
    )


async def held_back(uow: UnitOfWork, circle: CircleId) -> Held:
    """What the adopted votes of a circle hold back."""
    commitments = await uow.ledger.commitments(circle)
    if not commitments:
        return Held()
    return Held(
        commitments,
        await uow.ledger.regulated_by_vote(circle),
        await uow.ledger.regulated_by_action(circle),
    )


async def next_regulation(uow: UnitOfWork, circle: CircleId, after: datetime) -> datetime | None:
    """When the next regulation meeting starts, or None."""
    meetings = await uow.meetings.current(circle, after)
    starts = [
        start
        for meeting in meetings
        if meeting.kind is MeetingKind.REGULATION
        and (start := next_start(meeting, after)) is not None
        and not await was_held(uow, circle, meeting, start)
    ]
    return min(starts, default=None)


async def was_held(uow: UnitOfWork, circle: CircleId, meeting: Meeting, start: datetime) -> bool:
    """Whether a session of the occurrence that starts then was held and closed."""
    sessions = await uow.sessions.of_meeting(circle, meeting.number)
    return any(one.occurrence == start.date() and one.closed_at for one in sessions)


def only_author(request: Request[object], *authors: str) -> None:
    """Raise unless who asks is one of these people, or has the rights of a steward."""
    if request.person.key not in authors and not request.may_manage():
        raise Refusal(RefusedNotAllowed(who="author"))


async def promote(request: Request[object], uow: UnitOfWork, person: Person) -> bool:
    """Make a participant a contributor; whether that happened."""
    circle = request.here
    day = request.at.date()
    own = person.key == request.person.key
    member = request.member if own else await uow.people.member(circle.id, person.key)
    if member is None or member.role_on(day) is not Role.PARTICIPANT:
        return False
    await uow.people.set_role(circle.id, person.key, Role.CONTRIBUTOR, day, None)
    return True


def end_of(due: date | datetime, zone: tzinfo | None) -> datetime:
    """The instant at which a deadline is over: a day without hour is complete."""
    if isinstance(due, datetime):
        return due
    return datetime.combine(due + timedelta(days=1), time(0), tzinfo=zone)


def is_late(action: Action, now: datetime) -> bool:
    """Whether an open action is past its deadline."""
    over = action.due is not None and end_of(action.due, now.tzinfo) <= now
    return action.state is ActionState.OPEN and over
