"""A circle's language and its rules: listed, or set from a day on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from circle.circles import (
    Circle,
    OwnShare,
    Rules,
    Setting,
)
from circle.ports import UnitOfWork
from commands.circle.replies import (
    LanguageSet,
    SettingChanged,
    SettingInForce,
    SettingList,
    SettingSet,
    SettingValue,
)
from commands.circle.scheduling import schedule_summary
from commands.kernel.command import Command, Place, Request, Right
from commands.kernel.reply import HERE, Privately, Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.reading.misread_dates import DatePast
from commands.reading.readers import (
    FROM_DAY,
    LANGUAGE,
    SETTING,
    SettingChange,
)
from commands.shared.common import money
from commands.shared.refusals import RefusedNoCircle, RefusedNotAllowed

OPERATORS = frozenset({"rhythm", "retention", "reporting"})
"""The rules that no circle sets."""


@dataclass(frozen=True, slots=True)
class LanguageArgs:
    """French or English."""

    language: Annotated[str, LANGUAGE]


@dataclass(frozen=True, slots=True)
class SettingArgs:
    """A setting and its value, from a day on; nothing: the list."""

    change: Annotated[SettingChange | None, SETTING] = None
    since: Annotated[date | None, FROM_DAY] = None


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


COMMANDS = (
    Command(
        key="setting",
        topic=Topic.ORGANISING,
        names=("réglage", "réglages", "setting", "settings"),
        english="setting",
        args=SettingArgs,
        run=settings,
        reserve=Reserve.STEWARD_TO_CHANGE,
        told=frozenset({SettingSet}),
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
        topic=Topic.ORGANISING,
        names=("langue", "language"),
        args=LanguageArgs,
        run=language,
        place=Place.ANYWHERE,
        reserve=Reserve.STEWARD_TO_CHANGE,
        told=frozenset({LanguageSet}),
        examples={"fr": ("langue fr",), "en": ("language en",)},
    ),
)
