"""Steps that the rounds of a meeting share: begun, kept with their timer, over."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.people import Person, PersonKey
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from circle.rounds import FORGOTTEN, KINDS, Held, Round, RoundKind
from commands.kernel.command import Due, Request

_JOBS = {
    RoundKind.TURNS: JobKind.TURN,
    RoundKind.CHECKIN: JobKind.CHECK_IN,
    RoundKind.CODEV: JobKind.CODEV_STEP,
}
_REFS = {
    RoundKind.TURNS: Kind.TURNS,
    RoundKind.CHECKIN: Kind.CHECKIN,
    RoundKind.CODEV: Kind.CODEV,
}


async def going_on(request: Request[object], uow: UnitOfWork, kind: RoundKind) -> Round | None:
    """The round of that kind that goes on; one that was forgotten is over."""
    await uow.circles.lock(request.here.id)
    found = await uow.rounds.of_kind(request.here.id, kind)
    if found is not None and request.at - found.opened_at > FORGOTTEN:
        await over(uow, request.here, found)
        return None
    return found


async def begin(
    request: Request[object], uow: UnitOfWork, held: Held, due: datetime | None = None
) -> Round:
    """A round begins; none of its kind goes on."""
    number = await uow.circles.next_number(request.here.id, _REFS[KINDS[type(held)]])
    begun = Round(number=number, by=request.person.key, opened_at=request.at, held=held, due=due)
    await keep(uow, request.here, begun)
    return begun


async def keep(uow: UnitOfWork, circle: Circle, now: Round) -> None:
    """The round as it now stands, its timer in the place of the one that was set."""
    await uow.rounds.save(circle.id, now)
    kind = _JOBS[now.kind]
    await uow.jobs.cancel(circle.id, kind, now.number)
    if now.due is not None:
        await uow.jobs.schedule(Job(kind=kind, circle=circle.id, due=now.due, subject=now.number))


async def over(uow: UnitOfWork, circle: Circle, ended: Round) -> None:
    """The round is over: nothing of it is kept, nothing rings."""
    await uow.jobs.cancel(circle.id, _JOBS[ended.kind], ended.number)
    await uow.rounds.end(circle.id, ended.kind)


def changed(now: Round, held: Held, due: datetime | None) -> Round:
    """The round with what is now held, and when its timer rings."""
    return replace(now, held=held, due=due)


def after(instant: datetime, minutes: int) -> datetime:
    """So many minutes later, whatever the clocks do."""
    later = instant.astimezone(UTC) + timedelta(minutes=minutes)
    return later.astimezone(instant.tzinfo)


def ref_of(one: Round) -> Ref:
    """What its messages announce: reactions and replies to them mean the round."""
    return Ref(_REFS[one.kind], one.number)


async def of_job(due: Due, uow: UnitOfWork, kind: RoundKind) -> Round | None:
    """The round that a job is about, where it still goes on as it then did."""
    found = await uow.rounds.of_kind(due.circle.id, kind)
    if found is None or found.number != due.job.subject or found.due != due.job.due:
        return None
    return found


def named(people: Mapping[PersonKey, Person], keys: Iterable[PersonKey]) -> tuple[Person, ...]:
    """These people, in that order."""
    return tuple(people[key] for key in keys)
