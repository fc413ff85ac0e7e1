"""Where many circles stand: a few grouped statements, however many circles there are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, case, func, literal, or_, select

from circle.actions import ActionChange, ActionState
from circle.circles import Circle, CircleId
from circle.figures import Figures
from circle.ledger import WAITING
from circle.meetings import Meeting
from circle.overview import Overview, Standing
from circle.people import Role
from storage.ledger.sums import is_work
from storage.meetings import read_meeting
from storage.overview.money import IDS, MoneyOverview
from storage.tables.actions import action_log, actions
from storage.tables.circles import circles, memberships
from storage.tables.ledger import entries, items
from storage.tables.mail import room_members
from storage.tables.meetings import meetings
from storage.tables.people import profiles
from storage.tables.votes import votes
from storage.times import LocalTime

_DAY: Final = timedelta(days=1)
_term_over: Final = and_(memberships.c.until.is_not(None), memberships.c.until < bindparam("today"))
_role: Final = case(
    (_term_over, literal(Role.CONTRIBUTOR, memberships.c.role.type)), else_=memberships.c.role
).label("role")
_ROLES: Final = (
    select(memberships.c.circle, _role, func.count().label("people"))
    .join(circles, circles.c.id == memberships.c.circle)
    .join(profiles, profiles.c.person == memberships.c.person)
    .join(
        room_members,
        and_(
            room_members.c.room_id == circles.c.room_id,
            room_members.c.user_id == profiles.c.matrix_id,
        ),
    )
    .where(memberships.c.circle.in_(IDS))
    .group_by(memberships.c.circle, _role)
)


def _of(table: Any, *conditions: Any, told: Any = None) -> Any:
    """A figure of each circle, found by the index of its own rows."""
    figure = func.count() if told is None else told
    return (
        select(figure)
        .select_from(table)
        .where(table.c.circle == circles.c.id, *conditions)
        .correlate(circles)
        .scalar_subquery()
    )


_open: Final = actions.c.state == ActionState.OPEN
_over: Final = or_(actions.c.due_at < bindparam("now"), actions.c.due_day < bindparam("today"))
_waits: Final = items.c.state.in_(sorted(WAITING))
_done: Final = and_(
    action_log.c.change == ActionChange.DONE,
    action_log.c.at >= bindparam("start"),
    action_log.c.at < bindparam("end"),
)
_FACTS: Final = select(
    circles.c.id,
    _of(actions, _open).label("open"),
    _of(actions, _open, _over).label("late"),
    _of(action_log, _done, told=func.count(action_log.c.action.distinct())).label("done"),
    _of(votes, votes.c.closed_at.is_(None)).label("votes"),
    _of(items, _waits).label("waiting"),
    _of(items, _waits, told=func.min(items.c.declared_at)).label("waiting_since"),
    _of(entries, told=func.max(entries.c.at)).label("last_entry"),
    _of(action_log, told=func.max(action_log.c.at)).label("last_move"),
).where(circles.c.id.in_(IDS))
_EFFORT: Final = (
    select(
        items.c.circle,
        func.coalesce(func.sum(items.c.minutes), 0).label("minutes"),
        func.count(items.c.person.distinct()).label("contributors"),
    )
    .where(
        items.c.circle.in_(IDS),
        items.c.day >= bindparam("since"),
        items.c.day <= bindparam("until"),
        is_work(items),
    )
    .group_by(items.c.circle)
)
_MEETINGS: Final = (
    select(meetings)
    .where(
        meetings.c.circle.in_(IDS),
        meetings.c.cancelled.is_(False),
        or_(
            meetings.c.rrule.is_not(None),
            func.coalesce(meetings.c.end, meetings.c.start) >= bindparam("after"),
        ),
    )
    .order_by(meetings.c.circle, meetings.c.start, meetings.c.number)
)


class SqlOverview(MoneyOverview, Overview):
    """Questions about several circles, within one transaction."""

    async def standings(
        self, circles: Sequence[Circle], now: datetime, since: date, until: date
    ) -> tuple[Standing, ...]:
        """Where each of these circles stands, in their order; work of the days told, both included.

        Days are those of the zone of `now`.
        """
        if not circles:
            return ()
        ids = [one.id for one in circles]
        days = {"since": since, "until": until}
        effort = {row.circle: row for row in await self._rows(_EFFORT, ids, **days)}
        bounds = _bounds(now, since, until)
        facts = {row.id: row for row in await self._rows(_FACTS, ids, **bounds)}
        figures = await self._figures(ids)
        roles = await self._roles(ids, now.date())
        times = await self._settings.times_of(ids)
        return tuple(
            _standing(
                one,
                facts[one.id],
                effort.get(one.id),
                figures[one.id],
                roles[one.id],
                times[one.id],
            )
            for one in circles
        )

    async def _roles(
        self, ids: Sequence[CircleId], today: date
    ) -> Mapping[CircleId, Mapping[Role, int]]:
        found: dict[CircleId, dict[Role, int]] = {id_: dict.fromkeys(Role, 0) for id_ in ids}
        for row in await self._rows(_ROLES, ids, today=today):
            found[row.circle][row.role] = int(row.people)
        return found

    async def meetings(
        self, circles: Sequence[CircleId], after: datetime
    ) -> Mapping[CircleId, tuple[Meeting, ...]]:
        """The meetings of each circle that are not over."""
        times = await self._settings.times_of(circles)
        found: dict[CircleId, list[Meeting]] = {id_: [] for id_ in circles}
        for row in await self._rows(_MEETINGS, circles, after=after):
            found[row.circle].append(read_meeting(row, times[row.circle]))
        return {id_: tuple(meetings) for id_, meetings in found.items()}


def _bounds(now: datetime, since: date, until: date) -> dict[str, object]:
    start = datetime.combine(since, time(0), tzinfo=now.tzinfo)
    end = datetime.combine(until + _DAY, time(0), tzinfo=now.tzinfo)
    return {
        "now": now,
        "today": now.date(),
        "start": start,
        "end": end,
    }


def _standing(
    circle: Circle,
    facts: Row[Any],
    effort: Row[Any] | None,
    figures: Figures,
    roles: Mapping[Role, int],
    times: LocalTime,
) -> Standing:
    signs = [at for at in (facts.last_entry, facts.last_move) if at is not None]
    return Standing(
        circle=circle,
        members=roles,
        figures=figures,
        open=facts.open,
        late=facts.late,
        done=facts.done,
        votes=facts.votes,
        minutes=int(effort.minutes) if effort else 0,
        contributors=int(effort.contributors) if effort else 0,
        waiting=facts.waiting,
        waiting_since=times.at_or_none(facts.waiting_since),
        last=times.at(max(signs)).date() if signs else None,
    )
