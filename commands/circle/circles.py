"""A circle: created in its room, shown as a card, with its language and its rules."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from circle.actions import ActionState
from circle.circles import (
    CircleId,
    CircleKind,
    CircleState,
    Workstream,
)
from circle.entries import EnvelopeEntry, Granted
from circle.ledger import Postings
from circle.money import Cents, Money
from circle.people import Member, Person, Role
from circle.ports import ActionFilter, UnitOfWork
from commands.across.alerts import plant_digest
from commands.circle.confirming import to_confirm
from commands.circle.refusals import (
    CircleAlreadyHere,
    CircleNotDirect,
    CircleTooMany,
    WorkstreamExists,
)
from commands.circle.replies import (
    CircleCard,
    CircleCreated,
    WorkstreamAdded,
    WorkstreamLine,
    WorkstreamList,
)
from commands.circle.scheduling import schedule_summary
from commands.kernel.command import Command, NoArgs, Place, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.reading import budget_rows as rows
from commands.reading.readers import (
    ENVELOPE,
    HELD_BY_STEWARD,
    IN_STATE,
    NAME,
    OF_KIND,
)
from commands.shared.common import figures, money
from commands.shared.naming import check_circle_name, check_script, same_name
from commands.shared.planned import meeting_facts, upcoming
from commands.shared.refusals import RefusedNotAllowed

ENOUGH_POWER = 50


MOST_A_DAY = 10
"""Circles that one person makes in a day; coordinators make as many as they need."""


@dataclass(frozen=True, slots=True)
class CreateArgs:
    """A name, a kind and a state."""

    name: Annotated[str, NAME]
    kind: Annotated[CircleKind, OF_KIND] = CircleKind.TERRITORIAL
    state: Annotated[CircleState, IN_STATE] = CircleState.ACTIVE


@dataclass(frozen=True, slots=True)
class WorkstreamArgs:
    """A name, who carries it, and its envelope in cents."""

    name: Annotated[str, NAME, rows.STREAM_NAME]
    steward: Annotated[Person | None, HELD_BY_STEWARD, rows.STREAM_STEWARD] = None
    envelope: Annotated[int | None, ENVELOPE, rows.STREAM_ENVELOPE] = None


async def create(request: Request[CreateArgs], uow: UnitOfWork) -> Reply:
    """Bind the room to a new circle; who does becomes its steward."""
    args = request.args
    first = not await _check_free(request, uow)
    circle = await uow.circles.add(
        args.name,
        args.kind,
        args.state,
        request.room.id,
        request.at,
        founder=request.person.key,
        confirmed=request.coordinator or not request.coordinated,
    )
    today = request.at.date()
    await uow.people.set_role(circle.id, request.person.key, Role.STEWARD, today, None)
    await schedule_summary(uow, circle, request.at)
    if first:
        await plant_digest(uow, circle, request.at)
    created = CircleCreated(
        name=circle.name,
        kind=circle.kind,
        state=circle.state,
        member=request.person,
        confirmed=circle.confirmed,
    )
    also = () if circle.confirmed else (to_confirm(circle, request.person),)
    return Reply(created, also=also)


async def _check_free(request: Request[CreateArgs], uow: UnitOfWork) -> int:
    """How many circles there are; a refusal where this room or name cannot be one more."""
    if request.room.direct:
        raise Refusal(CircleNotDirect())
    if request.circle is not None:
        raise Refusal(CircleAlreadyHere(name=request.circle.name))
    if request.room.power < ENOUGH_POWER and not request.coordinator:
        raise Refusal(RefusedNotAllowed(who="power"))
    known = await uow.circles.all(request.at.date())
    check_circle_name(request.args.name, known)
    recent = [one for one in known if request.at - one.created_at < timedelta(days=1)]
    own = [one for one in recent if one.founder == request.person.key]
    if len(own) >= MOST_A_DAY and not request.coordinator:
        raise Refusal(CircleTooMany(limit=MOST_A_DAY))
    return len(known)


async def card(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """The circle at a glance."""
    circle = request.here
    today = request.at.date()
    members = [m for m in await uow.people.members(circle.id) if m.joined]
    coming = await upcoming(uow, circle, request.at)
    budget = await figures(uow, circle.id)
    shown = CircleCard(
        name=circle.name,
        kind=circle.kind,
        state=circle.state,
        stewards=tuple(m.person for m in members if m.role_on(today) is Role.STEWARD),
        members=by_role(members, today),
        workstreams=tuple(one.name for one in await uow.circles.workstreams(circle.id)),
        meeting=meeting_facts(coming[0][1], request.at) if coming else None,
        available=money(budget.available, circle),
        granted=money(budget.granted, circle),
    )
    return Reply(shown)


def by_role(members: Collection[Member], day: date) -> dict[Role, int]:
    """How many people have each role on that day."""
    roles = [member.role_on(day) for member in members]
    return {role: roles.count(role) for role in Role}


async def add_workstream(request: Request[WorkstreamArgs], uow: UnitOfWork) -> Reply:
    """Add a workstream to the programme, perhaps with its envelope."""
    args = request.args
    circle = request.here
    check_script(args.name)
    names = [one.name for one in await uow.circles.workstreams(circle.id)]
    if known := same_name(args.name, names):
        raise Refusal(WorkstreamExists(name=known))
    steward = args.steward.key if args.steward else None
    added: Workstream = await uow.circles.add_workstream(circle.id, args.name, steward)
    if args.envelope is not None:
        await uow.circles.lock(circle.id)
        await uow.ledger.append(circle.id, _envelope(request, added, args.envelope))
    told = WorkstreamAdded(
        id=added.id,
        name=added.name,
        steward=args.steward,
        envelope=money(args.envelope, circle),
    )
    return Reply(told)


async def workstreams(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """The workstreams of the programme, with their actions and what was decided on them."""
    circle = request.here
    spent = await uow.ledger.spent_by_workstream(circle.id)
    carried = await uow.circles.workstreams(circle.id)
    stewards = await uow.people.many([one.steward for one in carried if one.steward])
    counts = await _counted(uow, circle.id)
    items = tuple(
        WorkstreamLine(
            id=one.id,
            name=one.name,
            steward=stewards.get(one.steward) if one.steward else None,
            ongoing=counts[one.id, ActionState.OPEN],
            done=counts[one.id, ActionState.DONE],
            regulated=Money(spent[one.id].regulated if one.id in spent else 0, circle.currency),
        )
        for one in carried
    )
    return Reply(WorkstreamList(items=items))


async def _counted(uow: UnitOfWork, circle: CircleId) -> Counter[tuple[int | None, ActionState]]:
    """How many actions of each workstream are in each state."""
    actions = await uow.actions.list(circle, ActionFilter())
    return Counter((one.workstream, one.state) for one in actions)


def _envelope(
    request: Request[WorkstreamArgs], workstream: Workstream, cents: int
) -> EnvelopeEntry:
    return EnvelopeEntry(
        at=request.at,
        by=request.person.key,
        event=Granted(amount=Cents(cents), workstream=workstream.id),
        postings=Postings(granted=cents),
        source=request.event,
    )


COMMANDS = (
    Command(
        key="circle.create",
        topic=Topic.ORGANISING,
        names=("cercle créer", "circle create"),
        args=CreateArgs,
        run=create,
        place=Place.ANYWHERE,
        reserve=Reserve.POWER,
        examples={
            "fr": ("cercle créer Littoral territorial",),
            "en": ("circle create Littoral territorial",),
        },
    ),
    Command(
        key="circle.card",
        topic=Topic.ORGANISING,
        names=("cercle", "circle"),
        args=NoArgs,
        run=card,
        examples={"fr": ("cercle",), "en": ("circle",)},
    ),
    Command(
        key="workstream.add",
        topic=Topic.PROGRAMME,
        names=("chantier", "workstream"),
        args=WorkstreamArgs,
        run=add_workstream,
        right=Right.STEWARD,
        told=frozenset({WorkstreamAdded}),
        examples={
            "fr": ("chantier Accueil soucieux @alice enveloppe 800 €",),
            "en": ("workstream Welcome steward @alice envelope 800 €",),
        },
    ),
    Command(
        key="workstream.list",
        topic=Topic.PROGRAMME,
        names=("chantiers", "workstreams"),
        args=NoArgs,
        run=workstreams,
        examples={"fr": ("chantiers",), "en": ("workstreams",)},
    ),
)
