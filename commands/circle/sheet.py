"""The governance of a circle on a sheet: places, roles with terms, workstreams, rules in force."""

from collections.abc import Mapping, Sequence
from datetime import date

from circle.circles import Circle, Setting, Workstream
from circle.money import Money
from circle.people import Member, Person, PersonKey, Role
from circle.ports import UnitOfWork
from commands.circle.replies import (
    CircleSheet,
    Holder,
    PicturedHolder,
    PicturedRule,
    PicturedWorkstream,
    RuleInForce,
    SettingValue,
    SheetPicture,
    WorkstreamCarried,
)
from commands.kernel.command import Command, NoArgs, Request
from commands.kernel.reply import Picture, Reply
from commands.kernel.topics import Topic

GOVERNING = (
    "regulation_mode",
    "asker_counted",
    "own_share",
    "person_cap",
    "quorum",
    "participants_vote",
    "hidden_results",
    "minutes_per_day",
)
"""The settings that say how the circle decides."""


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """Who is what until when, what is carried by whom, which rules hold and since when."""
    circle, today = request.here, request.at.date()
    members = [one for one in await uow.people.members(circle.id) if one.joined]
    found = CircleSheet(
        name=circle.name,
        kind=circle.kind,
        state=circle.state,
        since=circle.created_at.date(),
        aliases=circle.aliases,
        places=circle.places,
        stewards=_holders(members, Role.STEWARD, today),
        contributors=_holders(members, Role.CONTRIBUTOR, today),
        participants=len(_holders(members, Role.PARTICIPANT, today)),
        workstreams=await _workstreams(uow, await uow.circles.workstreams(circle.id)),
        rules=rules_told(circle, await uow.circles.settings(circle.id), today),
        today=today,
    )
    return Reply(found, attachments=(Picture(_pictured(found)),))


def _pictured(found: CircleSheet) -> SheetPicture:
    return SheetPicture(
        name=found.name,
        kind=found.kind,
        state=found.state,
        places=found.places,
        stewards=_by_name(found.stewards),
        contributors=_by_name(found.contributors),
        participants=found.participants,
        workstreams=tuple(
            PicturedWorkstream(name=one.name, steward=one.steward.name if one.steward else None)
            for one in found.workstreams
        ),
        rules=tuple(map(_pictured_rule, found.rules)),
        today=found.today,
    )


def _by_name(holders: Sequence[Holder]) -> tuple[PicturedHolder, ...]:
    return tuple(PicturedHolder(member=one.member.name, until=one.until) for one in holders)


def _pictured_rule(rule: RuleInForce) -> PicturedRule:
    value = rule.value
    if not isinstance(value, Money | bool | int | str | None):
        raise TypeError(f"no rule is worth {value}")
    return PicturedRule(name=rule.name, value=value, since=rule.since)


def _holders(members: Sequence[Member], role: Role, today: date) -> tuple[Holder, ...]:
    held = [one for one in members if one.role_on(today) is role]
    held.sort(key=lambda one: one.person.name.casefold())
    return tuple(Holder(member=one.person, until=_term(one, role)) for one in held)


def _term(member: Member, role: Role) -> date | None:
    """The last day of that role, where it is the one that was given."""
    return member.until if member.role is role else None


async def _workstreams(
    uow: UnitOfWork, workstreams: Sequence[Workstream]
) -> tuple[WorkstreamCarried, ...]:
    known = await uow.people.many([one.steward for one in workstreams if one.steward])
    return tuple(
        WorkstreamCarried(name=one.name, steward=_carrier(one.steward, known))
        for one in workstreams
    )


def _carrier(key: PersonKey | None, known: Mapping[PersonKey, Person]) -> Person | None:
    return known.get(key) if key else None


def rules_told(circle: Circle, settings: Sequence[Setting], today: date) -> tuple[RuleInForce, ...]:
    """The rules in force, and since when: None where the circle has set nothing."""
    held = sorted((one for one in settings if one.since <= today), key=lambda s: (s.since, s.at))
    since = {one.name: one.since for one in held}
    return tuple(
        RuleInForce(name=name, value=_value(circle, name), since=since.get(name))
        for name in GOVERNING
    )


def _value(circle: Circle, name: str) -> SettingValue:
    value: SettingValue = getattr(circle.rules, name)
    if name == "person_cap" and isinstance(value, int):
        return Money(value, circle.currency)
    return value


COMMANDS = (
    Command(
        key="sheet.show",
        topic=Topic.ORGANISING,
        names=("schéma", "sheet"),
        args=NoArgs,
        run=show,
        examples={"fr": ("schéma",), "en": ("sheet",)},
    ),
)
