"""What coordinators see: every circle, totals only, never a person's amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from circle.circles import Circle, CircleKind, CircleState
from circle.overview import soonest
from circle.ports import UnitOfWork
from circle.time import Days
from commands.across import alerts, broadcast
from commands.across.alerts import alert_line, alerts_of
from commands.across.replies import CirclesView, StatusCircle, StatusCircles
from commands.across.views import (
    PAGE,
    days_of,
    funders,
    line,
    listed,
    named,
    ordered,
    totals,
)
from commands.kernel.command import Command, Place, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.misread import CircleUnknown
from commands.reading.readers import (
    COUNT,
    NAME,
    OF_KIND,
    SPAN,
    STATE,
    Answer,
    Label,
    choice,
    option,
    shape,
)
from commands.shared.outside import check_months

ABOUT = choice(
    Answer(CirclesView.BUDGET, "budget", "budget", ("budgets",)),
    Answer(CirclesView.LATE, "retard", "late", ("en retard", "retards")),
    Answer(CirclesView.HOURS, "heures", "hours"),
    Answer(CirclesView.SILENCE, "silence", "silence", ("silencieux", "silent")),
    label=Label("budget|retard|heures|silence", "budget|late|hours|silence"),
)
ON_PAGE = option("page", "page", read=COUNT)


@dataclass(frozen=True, slots=True)
class CirclesArgs:
    """Those in a state, of a kind; a page of them."""

    state: Annotated[CircleState | None, shape(STATE)] = None
    kind: Annotated[CircleKind | None, OF_KIND] = None
    page: Annotated[int, ON_PAGE] = 1


@dataclass(frozen=True, slots=True)
class CircleStatusArgs:
    """A circle's name; or what all of them are looked at for, which ones, over which days."""

    circle: Annotated[str, NAME] = ""
    view: Annotated[CirclesView, shape(ABOUT)] = CirclesView.CIRCLES
    state: Annotated[CircleState | None, shape(STATE)] = None
    kind: Annotated[CircleKind | None, OF_KIND] = None
    span: Annotated[Days | None, shape(SPAN)] = None
    page: Annotated[int, ON_PAGE] = 1


async def show(request: Request[CirclesArgs], uow: UnitOfWork) -> Reply:
    """All circles by name, a line each: only those of the page are looked at."""
    args = request.args
    found = listed(await uow.circles.all(request.at.date()), args.state, args.kind)
    since, until = days_of(None, request.at)
    shown = found[(args.page - 1) * PAGE : args.page * PAGE]
    standings = await uow.overview.standings(shown, request.at, since, until)
    told = StatusCircles(
        items=tuple(line(one) for one in standings),
        count=len(found),
        more=max(0, len(found) - args.page * PAGE),
        page=args.page,
        view=CirclesView.CIRCLES,
        since=since,
        until=until,
        state=args.state,
        kind=args.kind,
        totals=None,
        funders=(),
    )
    return Reply(told)


async def status(request: Request[CircleStatusArgs], uow: UnitOfWork) -> Reply:
    """One circle in detail, or all of them in the order of what they are looked at for."""
    circles = await uow.circles.all(request.at.date())
    name = request.args.circle
    if not name:
        return await _across(request, uow, circles)
    circle = named(circles, name)
    if circle is None:
        raise Refusal(CircleUnknown(name=name, choices=tuple(c.name for c in circles)))
    return await _one(request, uow, circle)


async def _across(
    request: Request[CircleStatusArgs], uow: UnitOfWork, circles: Sequence[Circle]
) -> Reply:
    args = request.args
    check_months(args.span, request.at.date())
    since, until = days_of(args.span, request.at)
    found = listed(circles, args.state, args.kind)
    standings = ordered(await uow.overview.standings(found, request.at, since, until), args.view)
    counted = [one for one in standings if one.circle.confirmed]
    shown = standings[(args.page - 1) * PAGE : args.page * PAGE]
    told = StatusCircles(
        items=tuple(line(one) for one in shown),
        count=len(standings),
        more=max(0, len(standings) - args.page * PAGE),
        page=args.page,
        view=args.view,
        since=since,
        until=until,
        state=args.state,
        kind=args.kind,
        totals=totals(counted),
        funders=await funders(uow, counted) if args.view is CirclesView.BUDGET else (),
    )
    return Reply(told)


async def _one(request: Request[CircleStatusArgs], uow: UnitOfWork, circle: Circle) -> Reply:
    check_months(request.args.span, request.at.date())
    since, until = days_of(request.args.span, request.at)
    standings = await uow.overview.standings([circle], request.at, since, until)
    meetings = await uow.overview.meetings([circle.id], request.at)
    found = await alerts_of(uow, standings, request.at)
    told = StatusCircle(
        circle=line(standings[0]),
        since=since,
        until=until,
        recent=request.args.span is None,
        places=circle.places,
        meeting=soonest(meetings[circle.id], request.at),
        funders=await funders(uow, standings),
        alerts=tuple(alert_line(circle, one) for one in found[circle.id]),
    )
    return Reply(told)


COMMANDS = (
    Command(
        key="status.circles",
        topic=Topic.COORDINATING,
        names=("cercles", "circles"),
        args=CirclesArgs,
        run=show,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={
            "fr": ("cercles", "cercles thématique", "cercles page 2"),
            "en": ("circles", "circles thematic", "circles page 2"),
        },
    ),
    Command(
        key="status.circle",
        topic=Topic.COORDINATING,
        names=("état", "status"),
        args=CircleStatusArgs,
        run=status,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={
            "fr": (
                "état Littoral",
                "état budget",
                "état retard",
                "état heures actif thématique T3 2026",
                "état silence",
            ),
            "en": ("status Littoral", "status budget", "status hours active thematic Q3 2026"),
        },
    ),
    *alerts.COMMANDS,
    *broadcast.COMMANDS,
)
