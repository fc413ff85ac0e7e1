"""A circle: created in its room, shown as a card, with its language and its rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from circle.circles import (
    Circle,
    CircleKind,
    CircleState,
    OwnShare,
    Rules,
    Setting,
    Workstream,
)
from circle.jobs import Job, JobKind
from circle.ledger import Entry, EntryKind, Postings
from circle.people import Member, Person, Role
from circle.ports import UnitOfWork
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
    LanguageSet,
    SettingChanged,
    SettingInForce,
    SettingList,
    SettingSet,
    SettingValue,
    WorkstreamAdded,
)
from commands.kernel.command import Command, Place, Request, Right
from commands.kernel.reply import HERE, Privately, Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.reading import budget_rows as rows
from commands.reading.misread_dates import DatePast
from commands.reading.readers import (
    ENVELOPE,
    FROM_DAY,
    HELD_BY_STEWARD,
    IN_STATE,
    LANGUAGE,
    NAME,
    OF_KIND,
    SETTING,
    SettingChange,
)
from commands.reminders.looking import look_later
from commands.shared.common import figures, money
from commands.shared.naming import check_circle_name, check_script, same_name
from commands.shared.planned import meeting_facts, upcoming
from commands.shared.refusals import RefusedNoCircle, RefusedNotAllowed

ENOUGH_POWER = 50
MOST_A_DAY = 10
"""Circles that one person makes in a day; coordinators make as many as they need."""
CREATED = "circle.created"
OPERATORS = frozenset({"rhythm", "retention", "reporting"})
"""The rules that no circle sets."""


@dataclass(frozen=True, slots=True)
class CreateArgs:
    """A name, a kind and a state."""

    name: Annotated[str, NAME]
    kind: Annotated[CircleKind, OF_KIND] = CircleKind.TERRITORIAL
    state: Annotated[CircleState, IN_STATE] = CircleState.ACTIVE


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


@dataclass(frozen=True, slots=True)
class WorkstreamArgs:
    """A name, who carries it, and its envelope in cents."""

    name: Annotated[str, NAME, rows.STREAM_NAME]
    steward: Annotated[Person | None, HELD_BY_STEWARD, rows.STREAM_STEWARD] = None
    envelope: Annotated[int | None, ENVELOPE, rows.STREAM_ENVELOPE] = None


@dataclass(frozen=True, slots=True)
class LanguageArgs:
    """French or English."""

    language: Annotated[str, LANGUAGE]


@dataclass(frozen=True, slots=True)
class SettingArgs:
    """A setting and its value, from a day on; nothing: the list."""

    change: Annotated[SettingChange | None, SETTING] = None
    since: Annotated[date | None, FROM_DAY] = None


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
        await uow.ledger.append(circle.id, _envelope(request, added, args.envelope))
    told = WorkstreamAdded(
        id=added.id,
        name=added.name,
        steward=args.steward,
        envelope=money(args.envelope, circle),
    )
    return Reply(told)


def _envelope(request: Request[WorkstreamArgs], workstream: Workstream, cents: int) -> Entry:
    return Entry(
        kind=EntryKind.GRANT,
        at=request.at,
        by=request.person.key,
        postings=Postings(granted=cents),
        amount=cents,
        workstream=workstream.id,
        source=request.event,
    )


async def language(request: Request[LanguageArgs], uow: UnitOfWork) -> Reply:
    """The circle's language (for stewards); in a direct message, one's own."""
    chosen = request.args.language
    if request.room.direct:
        await uow.people.set_language(request.person.key, chosen)
    else:
        await _set_circle_language(request, uow, chosen)
    own = request.room.direct
    was = None if own else request.rules.language
    return Reply(
        LanguageSet(language=chosen, own=own, was=was),
        where=Privately() if own else HERE,
        language=chosen,
    )


async def _set_circle_language(
    request: Request[LanguageArgs], uow: UnitOfWork, chosen: str
) -> None:
    if request.circle is None:
        raise Refusal(RefusedNoCircle(command="langue", direct=False))
    if not request.may_manage():
        raise Refusal(RefusedNotAllowed(command="langue", who=Right.STEWARD))
    setting = Setting("language", chosen, request.at.date(), request.person.key, request.at)
    await uow.circles.add_setting(request.circle.id, setting)


async def settings(request: Request[SettingArgs], uow: UnitOfWork) -> Reply:
    """List the rules in force, or set one from a day on (stewards)."""
    change = request.args.change
    if change is None or not change.fields:
        return Reply(SettingList(items=_in_force(request, change)))
    if not request.may_manage():
        raise Refusal(RefusedNotAllowed(command="réglage", who=Right.STEWARD))
    since = _since(request, change)
    for name, value in change.fields:
        made = Setting(name, value, since, request.person.key, request.at)
        await uow.circles.add_setting(request.here.id, made)
    circle = await uow.circles.get(request.here.id, request.at.date())
    if {"summary_day", "summary_time", "timezone"} & {name for name, _ in change.fields}:
        await schedule_summary(uow, circle, request.at)
    items = tuple(_told_change(request, name, value) for name, value in change.fields)
    now = since <= request.at.date()
    return Reply(SettingSet(last=items[-1], items=items, since=since, now=now))


def _since(request: Request[SettingArgs], change: SettingChange) -> date:
    """From which day it holds: nobody loosens the rule on their own items for the same day."""
    today = request.at.date()
    since = request.args.since or today
    if since < today:
        raise Refusal(DatePast(start=since))
    loosens = ("own_share", OwnShare.ALONE) in change.fields
    return max(since, today + timedelta(days=1)) if loosens else since


def _told_change(request: Request[SettingArgs], name: str, value: object) -> SettingChanged:
    was, here = getattr(request.rules, name), request.here
    now, before = (_told_value(name, one, here) for one in (value, was))
    return SettingChanged(name=name, value=now, was=before)


def _told_value(name: str, value: Any, circle: Circle) -> SettingValue:
    """The value of a setting as answers tell it: an amount is money."""
    if name == "person_cap" and isinstance(value, int):
        return money(value, circle)
    told: SettingValue = value
    return told


def _in_force(
    request: Request[SettingArgs], asked: SettingChange | None
) -> tuple[SettingInForce, ...]:
    rules, circle = request.rules, request.here
    kept = [name for name in Rules.__dataclass_fields__ if name not in OPERATORS]
    shown = [name for name in kept if _is_asked(name, asked)]
    return tuple(
        SettingInForce(name=name, value=_told_value(name, getattr(rules, name), circle))
        for name in shown
    )


def _is_asked(name: str, asked: SettingChange | None) -> bool:
    return asked is None or name.startswith(asked.name)


async def schedule_summary(uow: UnitOfWork, circle: Circle, now: datetime) -> None:
    """Set the next weekly summary of a circle and its next look at dates."""
    await look_later(uow, circle, now.astimezone(ZoneInfo(circle.rules.timezone)))
    await uow.jobs.cancel(circle.id, JobKind.WEEKLY_SUMMARY, None)
    due = next_summary(circle.rules, now)
    await uow.jobs.schedule(Job(kind=JobKind.WEEKLY_SUMMARY, circle=circle.id, due=due))


def next_summary(rules: Rules, now: datetime) -> datetime:
    """The next instant, after `now`, of the weekly summary in the circle's zone."""
    local = now.astimezone(ZoneInfo(rules.timezone))
    days = (rules.summary_day - local.weekday()) % 7
    due = datetime.combine(
        local.date() + timedelta(days=days), rules.summary_time, tzinfo=local.tzinfo
    )
    if due > local:
        return due
    return datetime.combine(due.date() + timedelta(days=7), rules.summary_time, tzinfo=local.tzinfo)


COMMANDS = (
    Command(
        key="circle.create",
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
        names=("cercle", "circle"),
        args=NoArgs,
        run=card,
        examples={"fr": ("cercle",), "en": ("circle",)},
    ),
    Command(
        key="setting",
        names=("réglage", "réglages", "setting", "settings"),
        english="setting",
        args=SettingArgs,
        run=settings,
        reserve=Reserve.STEWARD_TO_CHANGE,
        told=frozenset({"setting.set"}),
        examples={
            "fr": (
                "réglage",
                "réglage bilan lundi 9h",
                "réglage quorum 1/2 dès le 1er janvier",
            ),
            "en": ("setting", "setting summary monday 9am"),
        },
    ),
    Command(
        key="language",
        names=("langue", "language"),
        args=LanguageArgs,
        run=language,
        place=Place.ANYWHERE,
        reserve=Reserve.STEWARD_TO_CHANGE,
        told=frozenset({"language.set"}),
        examples={"fr": ("langue fr",), "en": ("language en",)},
    ),
    Command(
        key="workstream.add",
        names=("chantier", "workstream"),
        args=WorkstreamArgs,
        run=add_workstream,
        right=Right.STEWARD,
        told=frozenset({"workstream.added"}),
        examples={
            "fr": ("chantier Accueil soucieux @alice enveloppe 800 €",),
            "en": ("workstream Welcome steward @alice envelope 800 €",),
        },
    ),
)
