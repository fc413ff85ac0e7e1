"""Where a session stands: who is there, what is on the agenda, what comes next."""

from collections.abc import Sequence
from datetime import date

from circle.circles import Circle
from circle.ledger import Item
from circle.meetings import Meeting, MeetingKind, Presence
from circle.ports import UnitOfWork
from circle.sessions import Session
from commands.kernel.command import Request
from commands.regulation.agenda import point_line
from commands.regulation.meeting_meant import held
from commands.regulation.replies import (
    AttendanceFacts,
    NextItem,
    Represented,
    SessionState,
    WaitingFacts,
)
from commands.regulation.shares import fits
from commands.regulation.sitting import given_in
from commands.regulation.waiting import (
    asked_in_all,
    point_of,
    sort_out,
    waiting,
)
from commands.shared.common import figures, money
from commands.shared.planned import occurrence_facts


async def session_state(
    request: Request[object], uow: UnitOfWork, kind: type[SessionState], session: Session
) -> SessionState:
    """What is told when a session opens, and whenever somebody asks where it stands."""
    circle = request.here
    planned, start = await held(uow, circle, session)
    points = await uow.sessions.points(circle.id, planned.number, session.occurrence)
    facts, following = await _waiting(request, uow, planned, session)
    return kind(
        meeting=occurrence_facts(planned, start, request.at),
        attendance=await attendance_facts(uow, circle, planned, session.occurrence),
        facts=facts,
        following=following,
        today=session.occurrence == session.opened_at.date(),
        points=tuple(map(point_line, points)),
        asker_counted=request.rules.asker_counted,
    )


async def attendance_facts(
    uow: UnitOfWork, circle: Circle, planned: Meeting, occurrence: date
) -> AttendanceFacts:
    """Who said to be there, excused or absent, in the order in which they said so.

    Somebody whose proxy does not come either is excused.
    """
    said = await uow.meetings.attendance(circle.id, planned.number, occurrence)
    given = [one for one in said if one.presence is Presence.REPRESENTED]
    away = {one.person.key for one in said if one.presence in {Presence.ABSENT, Presence.EXCUSED}}
    people = await uow.people.many({one.proxy for one in given if one.proxy})
    carried = [one for one in given if one.proxy is not None and one.proxy not in away]
    alone = tuple(one.person for one in given if one not in carried)
    named = {
        presence: tuple(one.person for one in said if one.presence is presence)
        for presence in (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)
    }
    return AttendanceFacts(
        present=named[Presence.PRESENT],
        excused=(*named[Presence.EXCUSED], *alone),
        absent=named[Presence.ABSENT],
        represented=tuple(
            Represented(member=one.person, proxy=people[one.proxy]) for one in carried if one.proxy
        ),
    )


async def _waiting(
    request: Request[object], uow: UnitOfWork, planned: Meeting, session: Session
) -> tuple[WaitingFacts, NextItem]:
    circle = request.here
    decides = planned.kind is MeetingKind.REGULATION
    items = await waiting(uow, circle, session) if decides else ()
    given = await given_in(uow, circle, session)
    told = sort_out(items, request.rules, given, session.last_entry)
    facts = WaitingFacts(
        waiting=len(items),
        free=len(told.free),
        free_amount=money(asked_in_all(told.free), circle),
        pro_bono=len(told.pro_bono),
        amount=money(asked_in_all(items), circle),
        available=money((await figures(uow, circle.id)).available, circle),
        exceeds=not await fits(uow, circle, items),
    )
    return facts, await what_next(request, uow, told.to_decide)


async def what_next(request: Request[object], uow: UnitOfWork, left: Sequence[Item]) -> NextItem:
    """The item to speak of now, and how many are left with it."""
    return NextItem(
        item=await point_of(uow, request.here, left[0], request.at) if left else None,
        left=len(left),
        mode=request.rules.regulation_mode,
    )
