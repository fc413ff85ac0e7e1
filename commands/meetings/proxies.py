"""Proxies (pouvoirs): somebody who cannot come has their voice carried by somebody who does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from circle.meetings import Attendance, Presence
from circle.people import Person
from circle.ports import UnitOfWork
from circle.refs import Ref
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.meetings.attending import MEETING, meant, unattend
from commands.meetings.refusals import (
    ProxyCarries,
    ProxyNone,
    ProxyNotThere,
    ProxyOneself,
    ProxyOutside,
    ProxyWhom,
)
from commands.meetings.replies import MeetingProxy
from commands.reading.readers import MEMBER, Answer, Label, choice
from commands.shared.planned import carried_by, occurrence_facts
from commands.shared.replies import MeetingFacts

WITHDRAW = "withdraw"
WHAT = choice(
    Answer(WITHDRAW, "retirer", "withdraw", ("reprendre", "annuler", "remove")),
    label=Label("retirer", "withdraw"),
)


@dataclass(frozen=True, slots=True)
class ProxyArgs:
    """Take it back, or to whom it is given; a meeting, else the next one."""

    what: Annotated[str | None, WHAT] = None
    to: Annotated[Person | None, MEMBER] = None
    meeting: Annotated[Ref | None, MEETING] = None


async def proxy(request: Request[ProxyArgs], uow: UnitOfWork) -> Reply:
    """Give one's voice for a meeting, or take it back. Votes keep their own electorate."""
    args = request.args
    if args.what is None and args.to is None:
        raise Refusal(ProxyWhom())
    planned, start = await meant(request, uow, args.meeting)
    facts = occurrence_facts(planned, start, request.at)
    if args.to is None:
        return await _take_back(request, uow, facts, start.date())
    said = await uow.meetings.attendance(request.here.id, planned.number, start.date())
    await _check(request, uow, args.to, said)
    given = Attendance(
        planned.number,
        start.date(),
        request.person,
        Presence.REPRESENTED,
        request.at,
        args.to.key,
    )
    await uow.meetings.attend(request.here.id, given, request.event)
    told = MeetingProxy(meeting=facts, member=request.person, proxy=args.to, given=True)
    return Reply(told, subject=facts.id)


async def _take_back(
    request: Request[ProxyArgs], uow: UnitOfWork, facts: MeetingFacts, day: date
) -> Reply:
    ref, circle, own = facts.id, request.here.id, request.person.key
    said = await uow.meetings.attendance(circle, ref.number, day)
    given = any(one.person.key == own and one.proxy for one in said)
    if not given or not await uow.meetings.withdraw_proxy(circle, ref.number, day, own):
        raise Refusal(ProxyNone(id=ref))
    told = MeetingProxy(meeting=facts, member=request.person, proxy=None, given=False)
    return Reply(told, subject=ref)


async def _check(
    request: Request[ProxyArgs], uow: UnitOfWork, to: Person, said: Sequence[Attendance]
) -> None:
    """One voice is carried by one other member, who comes, and carries it no farther."""
    if to.key == request.person.key:
        raise Refusal(ProxyOneself())
    member = await uow.people.member(request.here.id, to.key)
    if member is None or not member.joined:
        raise Refusal(ProxyOutside(member=to))
    theirs = next((one for one in said if one.person.key == to.key), None)
    if theirs is not None and theirs.presence is not Presence.PRESENT:
        raise Refusal(ProxyNotThere(member=to, presence=theirs.presence))
    if held := carried_by(request.person.key, said):
        raise Refusal(ProxyCarries(people=held))


COMMANDS = (
    Command(
        key="meeting.proxy",
        topic=Topic.GATHERING,
        names=("pouvoir", "procuration", "proxy"),
        args=ProxyArgs,
        run=proxy,
        undo=unattend,
        examples={
            "fr": ("pouvoir @bob M3", "pouvoir retirer M3"),
            "en": ("proxy @bob M3", "proxy withdraw M3"),
        },
    ),
)
