"""A circle without steward: since when it has none, and who is told (docs/security.md).

Power 50 in the room stands in where there never was a steward, or seven days after the last one
left. Their start is told to the room and to the coordination, so that removing the only steward
gives nobody the keys unseen.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from circle.circles import Circle
from circle.jobs import Job, JobKind
from circle.people import Member, Person, Role
from circle.ports import UnitOfWork
from commands.kernel.command import Due
from commands.kernel.reply import Reply, ToCoordination
from commands.shared.replies import CircleVacant

STAND_IN_AFTER = timedelta(days=7)


def has_steward(members: Collection[Member], at: datetime) -> bool:
    """Whether somebody who is in the room has that role on that day."""
    return any(one.joined and one.role_on(at.date()) is Role.STEWARD for one in members)


async def is_steward(uow: UnitOfWork, circle: Circle, person: Person, at: datetime) -> bool:
    """Whether that person is one of them."""
    member = await uow.people.member(circle.id, person.key)
    return member is not None and has_steward([member], at)


def may_stand_in(circle: Circle, members: Collection[Member], at: datetime) -> bool:
    """Whether who has power in the room has the rights of a steward, as far as time goes."""
    if has_steward(members, at):
        return False
    if circle.vacant_since is not None:
        return at >= circle.vacant_since + STAND_IN_AFTER
    return not _had(circle, members)


def _had(circle: Circle, members: Collection[Member]) -> bool:
    """Whether there ever was a steward: who founds a circle is one, a role outlives who leaves."""
    return circle.founder is not None or any(one.role is Role.STEWARD for one in members)


async def steward_came(uow: UnitOfWork, circle: Circle, at: datetime) -> None:
    """Somebody came or was given a role: the seven days end where that is a steward."""
    if circle.vacant_since and has_steward(await uow.people.members(circle.id), at):
        await uow.circles.set_vacant(circle.id, None)


async def steward_left(uow: UnitOfWork, circle: Circle, at: datetime, *, had: bool = False) -> None:
    """Somebody left, or a role ended: the seven days begin where that was the last steward.

    `had`: there was one until now, whatever is left to be read.
    """
    members = await uow.people.members(circle.id)
    if has_steward(members, at):
        await steward_came(uow, circle, at)
    elif circle.vacant_since is None and (had or _had(circle, members)):
        await uow.circles.set_vacant(circle.id, at)
        await uow.jobs.schedule(Job(kind=JobKind.VACANCY, circle=circle.id, due=at))


async def vacancy_due(due: Due, _uow: UnitOfWork) -> tuple[Reply, ...]:
    """The room and the coordination learn that nobody is steward, and until when nobody acts."""
    since = due.circle.vacant_since
    if since is None:
        return ()
    local = since.astimezone(due.now.tzinfo)
    vacant = CircleVacant(circle=due.circle.name, since=local.date(), opens=local + STAND_IN_AFTER)
    return Reply(vacant), Reply(vacant, where=ToCoordination())
