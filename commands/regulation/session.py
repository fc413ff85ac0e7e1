"""A meeting while it is held: opened, what comes next, closed (docs/domain.md: Regulation)."""

from dataclasses import dataclass, replace
from typing import Annotated

from circle.entries import ProBono, Regulated
from circle.meetings import Meeting, MeetingKind
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.sessions import Session
from commands.kernel.command import Command, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Where
from commands.kernel.topics import Topic
from commands.reading.readers import Answer, choice, reference
from commands.regulation.meeting_meant import held, to_open
from commands.regulation.refusals import SessionAlreadyOpen, SessionOverBudget
from commands.regulation.replies import SessionClosed, SessionOpened, SessionState, SessionStatus
from commands.regulation.report import minutes_of
from commands.regulation.shares import fits
from commands.regulation.sitting import decide_item, given_in, open_session
from commands.regulation.state import session_state
from commands.regulation.waiting import asked_in_all, sort_out, waiting
from commands.shared.common import figures, money
from commands.shared.own_items import may_stand

OPEN, CLOSE = "open", "close"
MEETING = reference(Kind.MEETING)
WHAT = choice(
    Answer(OPEN, "ouvrir", "open", ("ouverture", "ouvre", "ouverte")),
    Answer(CLOSE, "clore", "close", ("clôture", "clos", "fermer")),
)


@dataclass(frozen=True, slots=True)
class SessionArgs:
    """Open or close; without it, where the session stands. A meeting."""

    what: Annotated[str | None, WHAT] = None
    meeting: Annotated[Ref | None, MEETING] = None


async def session(request: Request[SessionArgs], uow: UnitOfWork) -> Reply:
    """Open a session, close it, or tell where it stands."""
    await uow.circles.lock(request.here.id)
    if request.args.what == OPEN:
        return await _open(request, uow)
    current = await open_session(request, uow, request.args.meeting)
    if request.args.what == CLOSE:
        return await _close(request, uow, current)
    return await _told(request, uow, SessionStatus, current)


# Opening


async def _open(request: Request[SessionArgs], uow: UnitOfWork) -> Reply:
    current = await uow.sessions.open(request.here.id)
    if current is not None:
        raise Refusal(SessionAlreadyOpen(id=Ref(Kind.MEETING, current.meeting)))
    found = await to_open(request, uow, request.args.meeting)
    planned, start = found or (await _unplanned(request, uow), request.at)
    told = await uow.ledger.latest(request.here.id, 1)
    sitting = Session(
        meeting=planned.number,
        occurrence=start.date(),
        opened_at=request.at,
        opened_by=request.person.key,
        last_entry=told[0].id if told else 0,
    )
    opened = await uow.sessions.add(request.here.id, sitting)
    return await _told(request, uow, SessionOpened, opened)


async def _unplanned(request: Request[SessionArgs], uow: UnitOfWork) -> Meeting:
    """A regulation that nobody had planned, held now."""
    circle = request.here
    number = await uow.circles.next_number(circle.id, Kind.MEETING)
    now = Meeting(
        number=number,
        kind=MeetingKind.REGULATION,
        title="",
        start=request.at.replace(second=0, microsecond=0),
        end=None,
        place=None,
        uid=f"m{number}-{circle.id}-{int(request.at.timestamp())}@souci",
        by=request.person.key,
    )
    await uow.meetings.add(circle.id, now)
    return now


async def _told(
    request: Request[SessionArgs], uow: UnitOfWork, kind: type[SessionState], current: Session
) -> Reply:
    state = await session_state(request, uow, kind, current)
    return Reply(state, subject=state.meeting.id)


# Closing


async def _close(request: Request[SessionArgs], uow: UnitOfWork, current: Session) -> Reply:
    circle = request.here
    planned, start = await held(uow, circle, current)
    decides = planned.kind is MeetingKind.REGULATION
    if decides:
        await _let_stand(request, uow, current)
    closed = replace(current, closed_at=request.at, closed_by=request.person.key)
    await uow.sessions.save(circle.id, closed)
    minutes, files = await minutes_of(request, uow, planned, start, (closed,))
    left = await waiting(uow, circle, closed) if decides else ()
    refs = tuple(Ref(Kind.ENTRY, item.number) for item in left)
    ref = Ref(Kind.MEETING, planned.number)
    return Reply(SessionClosed(minutes=minutes, left=refs), subject=ref, attachments=files)


async def _let_stand(request: Request[SessionArgs], uow: UnitOfWork, current: Session) -> None:
    """What nobody had to decide is written down: amounts that stand as asked, pro bono work.

    All these amounts or none: which of them would fit is not for the bot to choose. Those of who
    closes wait where nobody else is there.
    """
    circle = request.here
    given = await given_in(uow, circle, current)
    told = sort_out(await waiting(uow, circle, current), request.rules, given, current.last_entry)
    free = [item for item in told.free if await may_stand(request, uow, current, item)]
    if not await fits(uow, circle, free):
        available = (await figures(uow, circle.id)).spendable
        raise Refusal(
            SessionOverBudget(
                count=len(free),
                asked=money(asked_in_all(free), circle),
                available=money(available, circle),
            )
        )
    for item in free:
        if item.asked is not None:
            await decide_item(request, uow, current, item, Regulated(item.asked))
    pro_bono = [item for item in told.pro_bono if await may_stand(request, uow, current, item)]
    for item in pro_bono:
        await decide_item(request, uow, current, item, ProBono())


COMMANDS = (
    Command(
        key="meeting.session",
        topic=Topic.GATHERING,
        names=("séance", "session"),
        args=SessionArgs,
        run=session,
        right=Right.STEWARD,
        where=Where.ROOM,
        personal=True,
        examples={
            "fr": ("séance ouvrir", "séance", "séance clore"),
            "en": ("session open", "session", "session close"),
        },
    ),
)
