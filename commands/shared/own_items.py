"""One's own item: nobody decides, corrects, invoices or pays it alone (docs/security.md).

Whatever decides or settles an item is checked here as it is written, so that no command forgets.
Who speaks for somebody without account decides nothing of that alone either: nobody else there
knows of the work, nor could say that it was not so.
"""

from circle.circles import OwnShare
from circle.ledger import WAITING, EntryKind, Item
from circle.life import DECISIONS, given_by
from circle.meetings import Presence
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Session
from commands.kernel.command import Request
from commands.kernel.reply import Refusal
from commands.shared.refusals import OwnAnother, OwnInTheRoom, OwnNobodyThere

SETTLING = DECISIONS | {EntryKind.INVOICED, EntryKind.PAID}


async def alone_on(request: Request[object], uow: UnitOfWork, item: Item, kind: EntryKind) -> bool:
    """Whether who asks writes such an entry on an item of their own with nobody else there.

    Raises where that takes somebody else: another member noted present in the open session for a
    decision, another steward for the rest; and where it is not said in the circle's room.
    """
    if kind not in SETTLING:
        return False
    absent = await _spoken_for(request, uow, item, item) if kind in DECISIONS else None
    if absent is None and not _is_own(request, item):
        return False
    _check_aloud(request, item, absent)
    session = await uow.sessions.open(request.here.id) if kind in DECISIONS else None
    if session is not None and await is_accompanied(request, uow, session):
        return False
    if await _may_alone(request, uow):
        return True
    raise _refusal(item, session, absent)


async def check_correction(
    request: Request[object], uow: UnitOfWork, before: Item, after: Item
) -> None:
    """Raise where a correction takes another steward: of what is theirs, or becomes theirs.

    What still waits for a decision may be corrected by whom it is of, as by an edit; in the room.
    """
    absent = await _spoken_for(request, uow, before, after)
    if absent is None and not (_is_own(request, before) or _is_own(request, after)):
        return
    _check_aloud(request, before, absent)
    if before.state not in WAITING and not await _may_alone(request, uow):
        raise _refusal(before, None, absent)


async def may_stand(
    request: Request[object], uow: UnitOfWork, session: Session, item: Item
) -> bool:
    """Whether who closes a session may let an amount stand: of their own, not alone."""
    own = _is_own(request, item) or await _spoken_for(request, uow, item, item)
    return not own or await is_accompanied(request, uow, session) or await _may_alone(request, uow)


async def is_accompanied(request: Request[object], uow: UnitOfWork, session: Session) -> bool:
    """Whether another member is noted present: who opened it, or said so since.

    Having said beforehand that one comes is not being there.
    """
    circle = request.here
    said = await uow.meetings.attendance(circle.id, session.meeting, session.occurrence)
    there = {
        one.person.key
        for one in said
        if one.presence is Presence.PRESENT and one.at >= session.opened_at
    }
    return bool((there | {session.opened_by}) & await _joined(request, uow) - {request.person.key})


async def _may_alone(request: Request[object], uow: UnitOfWork) -> bool:
    """Whether one may alone: in a circle of one person, or where the circle has so decided."""
    if request.rules.own_share is OwnShare.ALONE:
        return True
    return await _joined(request, uow) == {request.person.key}


async def _joined(request: Request[object], uow: UnitOfWork) -> set[str]:
    return {one.person.key for one in await uow.people.members(request.here.id) if one.joined}


def _is_own(request: Request[object], item: Item) -> bool:
    return request.person.key in {item.person, item.payee}


async def _spoken_for(
    request: Request[object], uow: UnitOfWork, before: Item, after: Item
) -> Person | None:
    """The person without account to whom who asks has given the item, or gives it now."""
    person = await uow.people.get(after.person)
    if person.matrix_id is not None:
        return None
    if before.person != after.person:
        return person
    by = given_by(await uow.ledger.history(request.here.id, before.number))
    return person if by == request.person.key else None


def _check_aloud(request: Request[object], item: Item, absent: Person | None) -> None:
    if not request.aloud:
        ref = Ref(Kind.ENTRY, item.number)
        raise Refusal(OwnInTheRoom(circle=request.here.name, id=ref, member=absent))


def _refusal(item: Item, session: Session | None, absent: Person | None) -> Refusal:
    ref = Ref(Kind.ENTRY, item.number)
    if session is None:
        return Refusal(OwnAnother(id=ref, member=absent))
    meeting = Ref(Kind.MEETING, session.meeting)
    return Refusal(OwnNobodyThere(meeting=meeting, id=ref, member=absent))
