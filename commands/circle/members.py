"""Who is in the circle, and what each person is there."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from circle.people import Member, Person, Role
from circle.ports import UnitOfWork
from commands.circle.refusals import WhoNotMember
from commands.circle.replies import MemberLine, MemberList, RoleSet
from commands.kernel.command import Command, NoArgs, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.misread_dates import DatePast
from commands.reading.readers import MEMBER, ROLE, UNTIL_DAY
from commands.shared.common import before_page, left_after
from commands.shared.vacancy import steward_left

LONGEST_LIST = 60


@dataclass(frozen=True, slots=True)
class RoleArgs:
    """Somebody, their role, and the last day of its term."""

    person: Annotated[Person, MEMBER]
    role: Annotated[Role, ROLE]
    until: Annotated[date | None, UNTIL_DAY] = None


async def set_role(request: Request[RoleArgs], uow: UnitOfWork) -> Reply:
    """Give somebody a role, perhaps for a term."""
    args = request.args
    today = request.at.date()
    member = await uow.people.member(request.here.id, args.person.key)
    if member is None or not member.joined:
        raise Refusal(WhoNotMember(member=args.person))
    if args.until is not None and args.until < today:
        raise Refusal(DatePast(start=args.until))
    await uow.people.set_role(request.here.id, args.person.key, args.role, today, args.until)
    was = member.role_on(today)
    await steward_left(uow, request.here, request.at, had=was is Role.STEWARD)
    told = RoleSet(member=args.person, role=args.role, was=was, until=args.until)
    return Reply(told, mentions=(args.person,))


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """Everybody in the circle, stewards first."""
    today = request.at.date()
    members = [m for m in await uow.people.members(request.here.id) if m.joined]
    order = {role: place for place, role in enumerate(Role)}
    members.sort(key=lambda m: (order[m.role_on(today)], m.person.name.casefold()))
    before = before_page(request, LONGEST_LIST)
    shown = members[before : before + LONGEST_LIST]
    listed = MemberList(
        items=tuple(_line(member, today) for member in shown),
        count=len(members),
        more=left_after(len(members), before, LONGEST_LIST),
    )
    return Reply(listed)


def _line(member: Member, today: date) -> MemberLine:
    return MemberLine(member=member.person, role=member.role_on(today), until=member.until)


COMMANDS = (
    Command(
        key="role.set",
        topic=Topic.ORGANISING,
        names=("rôle", "role"),
        args=RoleArgs,
        run=set_role,
        right=Right.STEWARD,
        told=frozenset({RoleSet}),
        examples={
            "fr": ("rôle @bob contributeur", "rôle @alice soucieuse jusqu'au 31 décembre"),
            "en": ("role @bob contributor", "role @alice steward until 31 December"),
        },
    ),
    Command(
        key="member.list",
        topic=Topic.ORGANISING,
        names=("membres", "members"),
        args=NoArgs,
        run=show,
        paged=True,
        examples={"fr": ("membres",), "en": ("members",)},
    ),
)
