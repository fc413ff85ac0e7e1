"""One message to every circle: shown first, sent once its author has confirmed it, then told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from circle.circles import Circle, CircleState
from circle.jobs import Job, JobKind
from circle.overview import Broadcast
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.across.refusals import (
    BroadcastAlreadySent,
    BroadcastNobody,
    BroadcastNone,
    BroadcastNotYours,
    BroadcastTooOld,
)
from commands.across.replies import (
    BroadcastMessage,
    BroadcastPreview,
    BroadcastSent,
    BroadcastUnreached,
    BroadcastWithdrawn,
)
from commands.kernel.command import Command, Due, Gesture, Place, Request, Right
from commands.kernel.reply import InCircle, Refusal, Reply, ToCoordination, Unheard
from commands.kernel.topics import Topic
from commands.reading.readers import TEXT

VALID = timedelta(days=1)
"""For so long may a message be confirmed; the world changes."""
LOOK = timedelta(minutes=15)
"""So long after it left it is looked at whom it did not reach."""


@dataclass(frozen=True, slots=True)
class BroadcastArgs:
    """What to tell."""

    text: Annotated[str, TEXT]


@dataclass(frozen=True, slots=True)
class BroadcastConfirmArgs:
    """The message shown; without it, one's last one."""

    message: Ref | None = None


def _confirmed(ref: Ref) -> BroadcastConfirmArgs:
    return BroadcastConfirmArgs(ref)


GESTURES = {(Kind.BROADCAST, "✅"): Gesture("broadcast.confirm", _confirmed)}


async def preview(request: Request[BroadcastArgs], uow: UnitOfWork) -> Reply:
    """Show what would be sent, and to how many circles; nothing leaves."""
    to, _ = await _recipients(uow, request.at)
    if not to:
        raise Refusal(BroadcastNobody())
    made = await uow.broadcasts.add(request.person, request.at, request.args.text)
    ref = Ref(Kind.BROADCAST, made.number)
    shown = BroadcastPreview(id=ref, text=made.text, count=len(to), member=request.person)
    return Reply(shown, subject=ref)


async def _recipients(
    uow: UnitOfWork, now: datetime
) -> tuple[tuple[Circle, ...], tuple[Circle, ...]]:
    """The circles to tell, and the closed ones, which are left alone; none to be confirmed."""
    circles = [one for one in await uow.circles.all(now.date()) if one.confirmed]
    closed = tuple(one for one in circles if one.state is CircleState.CLOSED)
    return tuple(one for one in circles if one not in closed), closed


async def confirm(request: Request[BroadcastConfirmArgs], uow: UnitOfWork) -> Reply:
    """Send it to every circle, once; only who wrote it may."""
    found = await _meant(request, uow)
    ref = Ref(Kind.BROADCAST, found.number)
    if request.at - found.at > VALID:
        raise Refusal(BroadcastTooOld(id=ref))
    to, closed = await _recipients(uow, request.at)
    if not to:
        raise Refusal(BroadcastNobody())
    if not await uow.broadcasts.confirm(found.number, request.event):
        raise Refusal(BroadcastAlreadySent(id=ref))
    message = BroadcastMessage(text=found.text, member=request.person)
    await _look_later(uow, to, found.number, request.at)
    return Reply(
        BroadcastSent(
            id=ref,
            count=len(to),
            circles=tuple(one.name for one in to),
            closed=tuple(one.name for one in closed),
        ),
        also=tuple(Reply(message, where=InCircle(one)) for one in to),
    )


async def _meant(request: Request[BroadcastConfirmArgs], uow: UnitOfWork) -> Broadcast:
    said = request.args.message or request.about
    if said is not None and said.kind is Kind.BROADCAST:
        found = await uow.broadcasts.get(said.number)
        if found is None or found.by != request.person.key:
            if request.gesture:
                raise Unheard
            raise Refusal(BroadcastNotYours())
    else:
        found = await uow.broadcasts.latest(request.person.key)
    if found is None:
        raise Refusal(BroadcastNone())
    if found.cause is not None:
        raise Refusal(BroadcastAlreadySent(id=Ref(Kind.BROADCAST, found.number)))
    return found


async def _look_later(
    uow: UnitOfWork, circles: tuple[Circle, ...], number: int, now: datetime
) -> None:
    kind = JobKind.BROADCAST_REPORT
    await uow.jobs.schedule(Job(kind=kind, circle=circles[0].id, due=now + LOOK, subject=number))


async def withdraw(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that asked for it was deleted: it will not leave."""
    if request.about is None or request.about.kind is not Kind.BROADCAST:
        raise Unheard
    if not await uow.broadcasts.withdraw(request.about.number):
        raise Refusal(BroadcastAlreadySent(id=request.about))
    return Reply(BroadcastWithdrawn(id=request.about))


async def report_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """Which circles it could not reach; nothing where it reached all."""
    missed = set(await uow.broadcasts.unreached(due.job.subject or 0))
    if not missed:
        return ()
    circles = await uow.circles.all(due.now.date())
    told = BroadcastUnreached(
        id=Ref(Kind.BROADCAST, due.job.subject or 0),
        circles=tuple(one.name for one in circles if one.id in missed),
    )
    return (Reply(told, where=ToCoordination()),)


COMMANDS = (
    Command(
        key="broadcast.preview",
        topic=Topic.COORDINATING,
        names=("diffuser", "broadcast"),
        args=BroadcastArgs,
        run=preview,
        undo=withdraw,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={
            "fr": ("diffuser La rencontre régionale aura lieu le 12 décembre à Lille",),
            "en": ("broadcast The regional gathering takes place on 12 December in Lille",),
        },
    ),
    Command(
        key="broadcast.confirm",
        topic=Topic.COORDINATING,
        names=("diffuser confirmer", "broadcast confirm"),
        args=BroadcastConfirmArgs,
        run=confirm,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={"fr": ("diffuser confirmer",), "en": ("broadcast confirm",)},
    ),
)
