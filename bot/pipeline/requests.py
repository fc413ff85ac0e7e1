"""Who asks, where, in which circle, with which rights: everything of a request but its words."""

import shutil
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.events import Event, Message
from circle.circles import Circle, CircleId, Rules
from circle.meetings import next_start
from circle.people import Person
from circle.receipts import Quotas
from circle.time import from_ms
from commands.kernel.command import Command, KnownNames, Place, Request, Right, Room
from commands.kernel.reply import Refusal
from commands.kernel.reserved import Where
from commands.shared.refusals import (
    RefusedInTheRoom,
    RefusedNoCircle,
    RefusedNotAllowed,
    RefusedNotHere,
    RefusedNotMember,
)
from commands.shared.vacancy import has_steward, may_stand_in
from storage.uow import SqlUnitOfWork

A = TypeVar("A")

STAND_IN_POWER = 50
_INSIDERS = {Right.MEMBER, Right.STEWARD}  # a role is kept by whoever left, its rights are not


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSettings:
    """What the operator decided. `stewards` have the rights of one everywhere (the console).

    `receipts`: the folder whose disk must keep some room; None where nothing is fetched.
    """

    user_id: str
    prefix: str = "!"
    coordinators: frozenset[str] = frozenset()
    coordination_room: str | None = None
    stewards: frozenset[str] = frozenset()
    quotas: Quotas = field(default_factory=Quotas)
    receipts: Path | None = None
    rules: Rules = field(default_factory=Rules)

    def free(self) -> int | None:
        """Bytes that the disk for receipts has left; None where there is none."""
        return None if self.receipts is None else shutil.disk_usage(self.receipts).free


async def request_for(
    uow: SqlUnitOfWork, event: Event, settings: OperatorSettings, inside: CircleId | None = None
) -> Request[None]:
    """The request of whoever caused this event.

    `inside`: the circle that it is about, whatever room it was said in; whether they are of it is
    for `check` or `belongs` to tell. An edit is the message it replaces, said anew.
    """
    room = await _room(uow, event)
    person = await _person(uow, event, settings.user_id)
    coordinator = event.sender in settings.coordinators
    circle = await _circle(uow, event, person, room, settings, inside=inside)
    rules = circle.rules if circle else settings.rules
    at = instant_of(event, rules)
    member = await uow.people.member(circle.id, person.key) if circle else None
    request: Request[None] = Request(
        person=person,
        room=room,
        at=at,
        first_said=_first_said(event, rules),
        event=_message(event),
        args=None,
        rules=rules,
        circle=circle,
        member=member,
        coordinator=coordinator,
        coordination=event.room == settings.coordination_room,
        coordinated=bool(settings.coordinators),
        prefix=settings.prefix,
    )
    return replace(request, steward=await _is_steward(uow, request, settings))


def check(command: Command[A], request: Request[None]) -> None:
    """Raise the refusal that says why this person may not run this command here."""
    if command.place is Place.COORDINATION and not (request.coordination or request.room.direct):
        raise Refusal(RefusedNotHere(command=command.names[0]))
    if command.place in {Place.CIRCLE, Place.CIRCLES} and not _has_circles(command, request):
        raise Refusal(RefusedNoCircle(command=command.names[0], direct=request.room.direct))
    if not _allowed(command.right, request):
        raise Refusal(RefusedNotAllowed(command=command.names[0], who=command.right))
    if command.right in _INSIDERS and request.circle and not belongs(request):
        raise Refusal(RefusedNotMember(circle=request.circle.name))
    if command.personal and request.circle and request.outside:
        raise Refusal(RefusedNotMember(circle=request.circle.name))
    if command.where is Where.ROOM and not request.aloud:
        raise Refusal(RefusedInTheRoom(command=command.names[0], circle=request.here.name))


def _has_circles(command: Command[A], request: Request[None]) -> bool:
    """Whether there is a circle, or all of them for a coordinator where that may be said."""
    if request.circle is not None or command.place is Place.CIRCLE:
        return request.circle is not None
    return request.coordinator and (request.coordination or request.room.direct)


def _allowed(right: Right, request: Request[None]) -> bool:
    if right is Right.COORDINATOR:
        return request.coordinator
    if right is Right.STEWARD:
        return request.may_manage()
    return True


def belongs(request: Request[None]) -> bool:
    """Whether who asks is of the circle, or of the coordination."""
    return request.coordinator or (request.member is not None and request.member.joined)


async def _room(uow: SqlUnitOfWork, event: Event) -> Room:
    facts = await uow.rooms.get(event.room)
    if facts is None:
        return Room(id=event.room)
    power = facts.power_of(event.sender)
    return Room(id=event.room, direct=facts.direct, name=facts.name, power=power)


async def _person(uow: SqlUnitOfWork, event: Event, own_id: str) -> Person:
    """Whoever caused the event; a newcomer under the name they show in the room.

    Who was forgotten may still be in the room: speaking there, they are somebody new.
    """
    known = await uow.people.with_account(event.sender)
    if known is not None:
        return known
    shown = (await uow.rooms.joined(event.room)).get(event.sender)
    newcomer = shown is None and event.sender != own_id
    if newcomer and await uow.rooms.is_circle(event.room):
        await uow.rooms.join(event.room, event.sender, None, at=event.instant)
    return await uow.people.ensure(event.sender, shown or _localpart(event.sender))


async def _circle(
    uow: SqlUnitOfWork,
    event: Event,
    person: Person,
    room: Room,
    settings: OperatorSettings,
    *,
    inside: CircleId | None,
) -> Circle | None:
    day = instant_of(event, settings.rules).date()
    if inside is not None:
        return await uow.circles.get(inside, day)
    bound = await uow.circles.in_room(event.room, day)
    if bound is not None or not room.direct:
        return bound
    own = await uow.circles.of_person(person.key, day)
    return own[0] if len(own) == 1 else None


async def circle_named(uow: SqlUnitOfWork, request: Request[None], name: str) -> CircleId:
    """The circle of that name, one of those of `known_names`."""
    seen = await _circles_of(uow, request)
    return next(circle.id for circle in seen if circle.name == name)


async def _circles_of(uow: SqlUnitOfWork, request: Request[None]) -> tuple[Circle, ...]:
    """The circles that who asks may name."""
    day = request.at.date()
    if request.coordinator:
        return await uow.circles.all(day)
    return await uow.circles.of_person(request.person.key, day)


async def _is_steward(
    uow: SqlUnitOfWork, request: Request[None], settings: OperatorSettings
) -> bool:
    if request.circle is None:
        return False
    if request.person.matrix_id in settings.stewards:
        return True
    if request.member is not None and has_steward([request.member], request.at):
        return True
    if request.room.direct or request.room.power < STAND_IN_POWER:
        return False
    members = await uow.people.members(request.circle.id)
    return may_stand_in(request.circle, members, request.at)


async def known_names(
    uow: SqlUnitOfWork, request: Request[None], needs: frozenset[str]
) -> KnownNames:
    """The names that a line may speak of, as far as its readers need them."""
    circle = request.circle
    circles: tuple[str, ...] = ()
    if "circles" in needs:
        circles = tuple(one.name for one in await _circles_of(uow, request))
    if circle is None:
        return KnownNames(circles=circles)
    return KnownNames(
        members=await uow.people.members(circle.id) if "members" in needs else (),
        others=await uow.people.others(circle.id) if "others" in needs else (),
        workstreams=await uow.circles.workstreams(circle.id) if "workstreams" in needs else (),
        funders=await uow.ledger.funders(circle.id) if "funders" in needs else (),
        circles=circles,
        meetings=await _next_meetings(uow, circle, request.at) if "meetings" in needs else {},
        lasts=await uow.circles.last_numbers(circle.id) if "numbers" in needs else {},
    )


async def _next_meetings(uow: SqlUnitOfWork, circle: Circle, now: datetime) -> dict[int, datetime]:
    """When each meeting to come next begins."""
    current = await uow.meetings.current(circle.id, now)
    starts = {one.number: next_start(one, now) for one in current if not one.cancelled}
    return {number: start for number, start in starts.items() if start is not None}


def instant_of(event: Event, rules: Rules) -> datetime:
    """The instant of an event, in the circle's zone."""
    return _instant(event.at, rules)


def _instant(at_ms: int, rules: Rules) -> datetime:
    zone = ZoneInfo(rules.timezone)
    return from_ms(at_ms).astimezone(zone)


def _first_said(event: Event, rules: Rules) -> datetime | None:
    first = event.first_at if isinstance(event, Message) else None
    return None if first is None else _instant(first, rules)


def _message(event: Event) -> str:
    """What effects are traced to: the message, however often it was edited."""
    return event.edits or event.id if isinstance(event, Message) else event.id


def _localpart(matrix_id: str) -> str:
    return matrix_id.removeprefix("@").partition(":")[0]
