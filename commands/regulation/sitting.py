"""Steps that a session shares: the one that is open, one decision written in it."""

from collections.abc import Mapping

from circle.circles import Circle
from circle.entries import Decided, ItemEntry
from circle.ledger import Item
from circle.people import PersonKey
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Session
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.regulation.refusals import SessionNone, SessionOther
from commands.shared.items import write


async def open_session(
    request: Request[object], uow: UnitOfWork, said: Ref | None = None
) -> Session:
    """The session that is open. Raises where there is none, or another one than said."""
    current = await uow.sessions.open(request.here.id)
    if current is None:
        raise Refusal(SessionNone())
    if said is not None and said.number != current.meeting:
        raise Refusal(SessionOther(id=said, open=Ref(Kind.MEETING, current.meeting)))
    return current


async def decide_item(
    request: Request[object],
    uow: UnitOfWork,
    session: Session,
    item: Item,
    decision: Decided,
    reason: str = "",
) -> ItemEntry:
    """Write a decision of the session on an item."""
    return await write(
        request, uow, item, decision, reason, meeting=session.meeting, session=session.id
    )


async def given_in(uow: UnitOfWork, circle: Circle, session: Session) -> Mapping[PersonKey, int]:
    """What each person was given in a session, in cents."""
    given: dict[PersonKey, int] = {}
    entries = await uow.ledger.of_session(circle.id, session.id or 0)
    items = await uow.ledger.many(circle.id, {one.item for one in entries})
    for entry in entries:
        item = items.get(entry.item)
        if item is not None and entry.postings.regulated:
            given[item.person] = given.get(item.person, 0) + entry.postings.regulated
    return given
