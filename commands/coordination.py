"""What coordinators see: every circle, totals only, never a person's amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from circle.actions import ActionState
from circle.circles import Circle
from circle.people import Role
from circle.ports import ActionFilter, UnitOfWork
from commands.common import figures, money
from commands.kernel import Command, Place, Refusal, Reply, Request, Right
from commands.meetings import upcoming
from commands.reading.fold import fold
from commands.reading.readers import OPTIONAL_TEXT

PAGE = 25
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


@dataclass(frozen=True, slots=True)
class StatusArgs:
    """A circle's name; without it, all of them."""

    circle: Annotated[str, OPTIONAL_TEXT] = ""


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """All circles, a line each."""
    circles = await uow.circles.all(request.at.date())
    shown = circles[:PAGE]
    items = tuple([await _line(uow, circle, request.at) for circle in shown])
    values = {"items": items, "count": len(circles), "more": len(circles) - len(shown)}
    return Reply(key="status.circles", values=values)


async def _line(uow: UnitOfWork, circle: Circle, now: datetime) -> Mapping[str, object]:
    budget = await figures(uow, circle.id)
    still_open = ActionFilter(state=ActionState.OPEN)
    overdue = ActionFilter(state=ActionState.OPEN, due_before=now)
    return {
        "name": circle.name,
        "kind": circle.kind,
        "state": circle.state,
        "open": await uow.actions.count(circle.id, still_open),
        "late": await uow.actions.count(circle.id, overdue),
        "granted": money(budget.granted, circle),
        "available": money(budget.available, circle),
    }


async def status(request: Request[StatusArgs], uow: UnitOfWork) -> Reply:
    """One circle in detail: people by role, actions, effort, budget, votes, next meeting."""
    name = request.args.circle
    if not name:
        return await show(request, uow)  # type: ignore[arg-type]
    circles = await uow.circles.all(request.at.date())
    circle = _named(circles, name)
    if circle is None:
        raise Refusal("circle.unknown", name=name, choices=tuple(c.name for c in circles))
    return Reply(key="status.circle", values=await _detail(uow, circle, request.at))


def _named(circles: tuple[Circle, ...], name: str) -> Circle | None:
    wanted = fold(name)
    for circle in circles:
        if wanted in {fold(circle.name), *map(fold, circle.aliases)}:
            return circle
    return None


async def _detail(uow: UnitOfWork, circle: Circle, now: datetime) -> Mapping[str, object]:
    members = [m for m in await uow.people.members(circle.id) if m.joined]
    budget = await figures(uow, circle.id)
    today = now.date()
    effort = await uow.ledger.effort(circle.id, (now - RECENT).date(), today)
    coming = await upcoming(uow, circle, now)
    figures_told = {
        name: money(getattr(budget, name), circle)
        for name in ("granted", "committed", "asked", "regulated", "paid", "available")
    }
    return (
        dict(await _line(uow, circle, now))
        | {
            "members": {r: sum(m.role_on(today) is r for m in members) for r in Role},
            "minutes": effort.minutes,
            "contributors": len(effort.contributors),
            "votes": len(await uow.votes.open(circle.id)),
            "meeting": coming[0][0] if coming else None,
        }
        | figures_told
    )


COMMANDS = (
    Command(
        key="status.circles",
        names=("cercles", "circles"),
        args=NoArgs,
        run=show,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={"fr": ("cercles",), "en": ("circles",)},
    ),
    Command(
        key="status.circle",
        names=("état", "status"),
        args=StatusArgs,
        run=status,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={"fr": ("état Littoral",), "en": ("status Littoral",)},
    ),
)
