"""What coordinators see: every circle, totals only, never a person's amounts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from circle.actions import ActionState
from circle.circles import Circle
from circle.ports import ActionFilter, UnitOfWork
from commands.circles import by_role
from commands.common import figures, money
from commands.kernel import Command, Place, Refusal, Reply, Request, Right
from commands.planned import upcoming
from commands.reading.fold import fold
from commands.reading.readers import NAME

PAGE = 25
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NoArgs:
    """Nothing more to say."""


@dataclass(frozen=True, slots=True)
class StatusArgs:
    """A circle's name; without it, all of them."""

    circle: Annotated[str, NAME] = ""


async def show(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """All circles, a line each."""
    circles = await uow.circles.all(request.at.date())
    shown = circles[:PAGE]
    items = tuple([await _line(uow, circle, request.at) for circle in shown])
    values = {"items": items, "count": len(circles), "more": len(circles) - len(shown)}
    return Reply(key="status.circles", values=values)


async def _line(uow: UnitOfWork, circle: Circle, now: datetime) -> dict[str, object]:
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
        "last": await uow.circles.last_sign(circle.id),
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


async def _detail(uow: UnitOfWork, circle: Circle, now: datetime) -> dict[str, object]:
    members = [m for m in await uow.people.members(circle.id) if m.joined]
    effort = await uow.ledger.effort(circle.id, (now - RECENT).date(), now.date())
    coming = await upcoming(uow, circle, now)
    budget = await figures(uow, circle.id)
    return await _line(uow, circle, now) | {
        "members": by_role(members, now.date()),
        "minutes": effort.minutes,
        "contributors": len(effort.contributors),
        "committed": money(budget.committed, circle),
        "asked": money(budget.asked, circle),
        "regulated": money(budget.regulated, circle),
        "paid": money(budget.paid, circle),
        "votes": len(await uow.votes.open(circle.id)),
        "meeting": coming[0][0] if coming else None,
    }


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
