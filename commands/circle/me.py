"""What waits for who asks, in a direct message; each Monday for those who want it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from circle.people import Member
from circle.ports import UnitOfWork
from circle.rhythm import after_quiet
from circle.time import DAY, WEEK
from commands.circle.mine import waiting
from commands.circle.mine_replies import MeWeekly
from commands.circle.pause import back
from commands.kernel.command import Command, Due, Place, Request, Right
from commands.kernel.reply import Privately, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import Answer, Label, choice, shape
from commands.reminders.looking import look_due
from commands.shared.privately import privately

_MONDAY: Final = 0
WEEKLY = choice(
    Answer(True, "chaque lundi", "every monday", ("tous les lundis", "each monday", "le lundi")),
    Answer(
        False,
        "plus chaque lundi",
        "no more mondays",
        ("plus le lundi", "plus tous les lundis", "stop", "no longer every monday"),
    ),
    label=Label("chaque lundi", "every monday"),
)


@dataclass(frozen=True, slots=True)
class MeArgs:
    """Whether it is sent each Monday; without it, it is told now."""

    weekly: Annotated[bool | None, shape(WEEKLY)] = None


async def status(request: Request[MeArgs], uow: UnitOfWork) -> Reply:
    """What waits for who asks, in each of their circles; or have it sent each Monday."""
    weekly = request.args.weekly
    if weekly is None:
        return privately(request, await waiting(uow, request.person, request.at))
    await uow.people.set_weekly(request.person.key, weekly=weekly)
    at = await _first_time(request, uow) if weekly else None
    return privately(request, MeWeekly(on=weekly, at=at))


async def _first_time(request: Request[MeArgs], uow: UnitOfWork) -> datetime | None:
    """The next Monday at the hour when their first circle is looked at."""
    circles = await uow.circles.of_person(request.person.key, request.at.date())
    if not circles:
        return None
    rules = circles[0].rules
    due = datetime.combine(
        _next_monday(request.at.date()), rules.summary_time, tzinfo=request.at.tzinfo
    )
    due = after_quiet(due, rules.rhythm.quiet)
    return due if due > request.at else due + WEEK


async def morning_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """What a circle is told of its dates; on a Monday, to each who wants it what waits for them."""
    then = due.job.due.astimezone(due.now.tzinfo)
    first, last = then.date(), max(due.now, then).date()
    told = (*await look_due(due, uow), *await back(due, uow, first, last))
    return (*told, *await _to_each(due, uow)) if _holds_monday(first, last) else told


def _holds_monday(first: date, last: date) -> bool:
    """Whether a Monday is among these days, both included."""
    return _next_monday(first) <= last


def _next_monday(day: date) -> date:
    """That day, or the Monday after it."""
    return day + DAY * ((_MONDAY - day.weekday()) % WEEK.days)


async def _to_each(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    letters = []
    for member in await uow.people.members(due.circle.id):
        if await _is_for(due, uow, member):
            told = await waiting(uow, member.person, due.now)
            letters.append(Reply(told, where=Privately(member.person)))
    return tuple(letters)


async def _is_for(due: Due, uow: UnitOfWork, member: Member) -> bool:
    """Whether it is this circle that sends it: the first one of who wants it."""
    person = member.person
    if not (member.joined and person.weekly and person.matrix_id):
        return False
    circles = await uow.circles.of_person(person.key, due.now.date())
    return bool(circles) and circles[0].id == due.circle.id


COMMANDS = (
    Command(
        key="me.status",
        topic=Topic.REMEMBERING,
        names=("moi", "me"),
        args=MeArgs,
        run=status,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={
            "fr": ("moi", "moi chaque lundi", "moi plus chaque lundi"),
            "en": ("me", "me every monday", "me no more mondays"),
        },
    ),
)
