"""The governance of a circle on a sheet: places, roles with terms, workstreams, rules in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from circle.circles import Circle, Setting, Workstream
from circle.money import Money
from circle.people import Member, Person, PersonKey, Role
from circle.ports import UnitOfWork
from commands.kernel.command import Command, Picture, Reply, Request

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


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """Who is what until when, what is carried by whom, which rules hold and since when."""
    circle, today = request.here, request.at.date()
    members = [one for one in await uow.people.members(circle.id) if one.joined]
    values = {
        "name": circle.name,
        "kind": circle.kind,
        "state": circle.state,
        "since": circle.created_at.date(),
        "aliases": circle.aliases,
        "places": circle.places,
        "stewards": _holders(members, Role.STEWARD, today),
        "contributors": _holders(members, Role.CONTRIBUTOR, today),
        "participants": len(_holders(members, Role.PARTICIPANT, today)),
        "workstreams": await _workstreams(uow, await uow.circles.workstreams(circle.id)),
        "rules": rules_told(circle, await uow.circles.settings(circle.id), today),
        "today": today,
    }
    return Reply(key="sheet", values=values, attachments=(Picture("sheet", _pictured(values)),))


def _pictured(values: Mapping[str, object]) -> Mapping[str, object]:
    """The same with people's names: a picture waits as text, where people are accounts."""
    people = {name: _by_name(values[name], "member") for name in ("stewards", "contributors")}
    return {**values, **people, "workstreams": _by_name(values["workstreams"], "steward")}


def _by_name(lines: object, who: str) -> tuple[Mapping[str, object], ...]:
    told: tuple[Mapping[str, object], ...] = lines  # type: ignore[assignment]
    return tuple({**one, who: getattr(one[who], "name", None)} for one in told)


def _holders(
    members: Sequence[Member], role: Role, today: date
) -> tuple[Mapping[str, object], ...]:
    held = [one for one in members if one.role_on(today) is role]
    held.sort(key=lambda one: one.person.name.casefold())
    return tuple({"member": one.person, "until": _term(one, role)} for one in held)


def _term(member: Member, role: Role) -> date | None:
    """The last day of that role, where it is the one that was given."""
    return member.until if member.role is role else None


async def _workstreams(
    uow: UnitOfWork, workstreams: Sequence[Workstream]
) -> tuple[Mapping[str, object], ...]:
    known = await uow.people.many([one.steward for one in workstreams if one.steward])
    return tuple({"name": one.name, "steward": _carrier(one.steward, known)} for one in workstreams)


def _carrier(key: PersonKey | None, known: Mapping[PersonKey, Person]) -> Person | None:
    return known.get(key) if key else None


def rules_told(
    circle: Circle, settings: Sequence[Setting], today: date
) -> tuple[Mapping[str, object], ...]:
    """The rules in force, and since when: None where the circle has set nothing."""
    held = sorted((one for one in settings if one.since <= today), key=lambda s: (s.since, s.at))
    since = {one.name: one.since for one in held}
    return tuple(
        {"name": name, "value": _value(circle, name), "since": since.get(name)}
        for name in GOVERNING
    )


def _value(circle: Circle, name: str) -> object:
    value = getattr(circle.rules, name)
    return Money(value, circle.currency) if name == "person_cap" and value is not None else value


COMMANDS = (
    Command(
        key="sheet.show",
        names=("schéma", "sheet"),
        args=NoArgs,
        run=show,
        examples={"fr": ("schéma",), "en": ("sheet",)},
    ),
)
