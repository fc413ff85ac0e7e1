"""The circles that need a look, and why; told each week to the coordination by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from circle.alerts import Alert, AlertKind, alerts
from circle.circles import Circle, CircleId, CircleKind, CircleState
from circle.jobs import Job, JobKind
from circle.money import Money
from circle.overview import Standing, soonest
from circle.ports import UnitOfWork
from circle.time import DAY, WEEK
from commands.across.replies import AlertLine, DigestWeek, StatusAlerts, TroubledCircle
from commands.across.views import days_of, envelope_uses, picked, totals
from commands.kernel.command import Command, Due, Place, Request, Right
from commands.kernel.reply import Reply, ToCoordination
from commands.kernel.topics import Topic
from commands.reading.readers import COUNT, OF_KIND, STATE, option, shape

PAGE = 20
MOST_TOLD = 5
_ORDER = list(AlertKind)


@dataclass(frozen=True, slots=True)
class AlertsArgs:
    """Those of the circles in a state, of a kind; a page of them."""

    state: Annotated[CircleState | None, shape(STATE)] = None
    kind: Annotated[CircleKind | None, OF_KIND] = None
    page: Annotated[int, option("page", "page", read=COUNT)] = 1


async def alerts_of(
    uow: UnitOfWork, standings: Sequence[Standing], now: datetime
) -> Mapping[CircleId, tuple[Alert, ...]]:
    """Why each of these circles needs a look, most pressing first."""
    ids = [one.circle.id for one in standings]
    uses = await envelope_uses(uow, standings)
    meetings = await uow.overview.meetings(ids, now)
    gaps = await uow.overview.disagreements(ids)
    return {
        one.circle.id: alerts(
            one,
            uses[one.circle.id],
            soonest(meetings[one.circle.id], now),
            gaps[one.circle.id],
            now,
        )
        for one in standings
    }


def alert_line(circle: Circle, alert: Alert) -> AlertLine:
    """What every answer tells of an alert."""
    return AlertLine(
        reason=alert.kind,
        days=alert.days,
        percent=round(alert.share * 100) if alert.share is not None else None,
        number=alert.number,
        amount=Money(alert.cents, circle.currency) if alert.cents else None,
        until=alert.until,
    )


def _listed(
    standings: Sequence[Standing], found: Mapping[CircleId, tuple[Alert, ...]]
) -> tuple[TroubledCircle, ...]:
    """Circle by circle: those with the most pressing reason first, then those with the most."""
    troubled = [one.circle for one in standings if found[one.circle.id]]
    troubled.sort(key=lambda one: (_ORDER.index(found[one.id][0].kind), -len(found[one.id])))
    return tuple(
        TroubledCircle(
            name=one.name, alerts=tuple(alert_line(one, alert) for alert in found[one.id])
        )
        for one in troubled
    )


async def show(request: Request[AlertsArgs], uow: UnitOfWork) -> Reply:
    """Every alert with its reason, a line a circle."""
    args = request.args
    circles = picked(await uow.circles.all(request.at.date()), args.state, args.kind)
    standings = await uow.overview.standings(circles, request.at, *days_of(None, request.at))
    items = _listed(standings, await alerts_of(uow, standings, request.at))
    shown = StatusAlerts(
        items=items[(args.page - 1) * PAGE : args.page * PAGE],
        count=len(items),
        circles=len(circles),
        more=max(0, len(items) - args.page * PAGE),
        page=args.page,
    )
    return Reply(shown)


async def plant_digest(uow: UnitOfWork, circle: Circle, now: datetime) -> None:
    """Set the first digest, once there is a first circle: every job belongs to one."""
    due = circle.rules.rhythm.digest.after(now)
    await uow.jobs.schedule(Job(kind=JobKind.DIGEST, circle=circle.id, due=due))


async def digest_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """The week of all circles, in the coordination's room; the next one is set."""
    weekly = due.circle.rules.rhythm.digest
    following = weekly.after(max(due.now, due.job.due))
    await uow.jobs.schedule(replace(due.job, id=None, due=following))
    told = await digest(uow, due.job.due.astimezone(due.now.tzinfo))
    if told is None:
        return ()
    return (Reply(told, where=ToCoordination()),)


async def digest(uow: UnitOfWork, now: datetime) -> DigestWeek | None:
    """The seven days before today in all circles; None where nothing happened nor needs a look."""
    since, until = now.date() - WEEK, now.date() - DAY
    circles = picked(await uow.circles.all(now.date()), None, None)
    standings = await uow.overview.standings(circles, now, since, until)
    items = _listed(standings, await alerts_of(uow, standings, now))
    active = [one for one in standings if one.minutes or one.done]
    if not items and not active:
        return None
    return _digest(standings, active, items, since, until)


def _digest(
    standings: Sequence[Standing],
    active: Sequence[Standing],
    items: Sequence[TroubledCircle],
    since: date,
    until: date,
) -> DigestWeek:
    return DigestWeek(
        since=since,
        until=until,
        circles=len(standings),
        active=len(active),
        totals=totals(standings),
        items=tuple(items[:MOST_TOLD]),
        count=len(items),
        more=max(0, len(items) - MOST_TOLD),
    )


COMMANDS = (
    Command(
        key="status.alerts",
        topic=Topic.COORDINATING,
        names=("alertes", "alerts"),
        args=AlertsArgs,
        run=show,
        right=Right.COORDINATOR,
        place=Place.COORDINATION,
        examples={"fr": ("alertes", "alertes actif"), "en": ("alerts", "alerts active")},
    ),
)
