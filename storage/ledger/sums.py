"""The figures of a circle, summed by the database."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select

from circle.actions import ActionState
from circle.circles import CircleId
from circle.figures import Commitment
from circle.ledger import ItemState, Nature, Postings
from circle.people import PersonKey
from circle.ports import Effort, Spent
from storage.ledger.rows import FIGURES, read_postings
from storage.session import within
from storage.settings import UnitPart
from storage.tables.actions import actions
from storage.tables.ledger import MOVES_REGULATED, balances, entries, items
from storage.tables.votes import NOT_RELEASED, OF_ACTION, commitments, votes

_HERE: Final = entries.c.circle == bindparam("circle")
# The triggers' own sums: of all time, however long that is.
_BALANCE: Final = select(balances).where(balances.c.circle == bindparam("circle"))
_SUMS: Final = select(
    *(func.coalesce(func.sum(entries.c[name]), 0).label(name) for name in FIGURES)
).where(_HERE)
# An action done or dropped holds nothing back any more (docs/words.md: The budget's figures).
_COMMITMENTS: Final = (
    select(commitments.c.vote, commitments.c.amount, commitments.c.action)
    .join(votes, NOT_RELEASED)
    .outerjoin(actions, OF_ACTION)
    .where(
        commitments.c.circle == bindparam("circle"),
        or_(commitments.c.action.is_(None), actions.c.state == ActionState.OPEN),
    )
    .order_by(commitments.c.vote, commitments.c.id)
)
# Only of votes that hold something back, and of their actions: the others change nothing.
_HOLDING_HERE: Final = (
    select(commitments.c.vote)
    .join(votes, NOT_RELEASED)
    .where(commitments.c.circle == bindparam("circle"))
)
_REGULATED_BY_VOTE: Final = (
    select(entries.c.vote, func.sum(entries.c.regulated).label("cents"))
    .where(_HERE, MOVES_REGULATED, entries.c.vote.in_(_HOLDING_HERE))
    .group_by(entries.c.vote)
)
_REGULATED_BY_ACTION: Final = (
    select(entries.c.action, func.sum(entries.c.regulated).label("cents"))
    .where(
        _HERE,
        MOVES_REGULATED,
        entries.c.vote.is_(None),
        entries.c.action.in_(
            _HOLDING_HERE.with_only_columns(commitments.c.action).where(
                commitments.c.action.is_not(None)
            )
        ),
    )
    .group_by(entries.c.action)
)
_BY_WORKSTREAM: Final = (
    select(
        actions.c.workstream,
        func.sum(items.c.regulated).label("regulated"),
        func.coalesce(func.sum(case((items.c.paid, items.c.regulated))), 0).label("paid"),
    )
    .select_from(items)
    .outerjoin(
        actions, and_(actions.c.circle == items.c.circle, actions.c.number == items.c.action)
    )
    .where(items.c.circle == bindparam("circle"), items.c.regulated.is_not(None))
    .group_by(actions.c.workstream)
)


def is_work(item: Any) -> ColumnElement[bool]:
    """Whether a row of items is work that was done."""
    return and_(item.c.nature == Nature.CONTRIBUTION, item.c.state != ItemState.CANCELLED)


_WORK: Final = and_(
    items.c.circle == bindparam("circle"),
    items.c.day >= bindparam("since"),
    items.c.day <= bindparam("until"),
    is_work(items),
)
_minutes: Final = func.coalesce(func.sum(items.c.minutes), 0).label("minutes")
_earlier: Final = items.alias("earlier")
_worked_before: Final = exists().where(
    _earlier.c.circle == bindparam("circle"),
    _earlier.c.person == items.c.person,
    _earlier.c.day < bindparam("since"),
    is_work(_earlier),
)
_EFFORT: Final = (
    select(items.c.person, _minutes, _worked_before.label("before"))
    .where(_WORK)
    .group_by(items.c.person)
)
_BY_DAY: Final = (
    select(items.c.day, _minutes).where(_WORK).group_by(items.c.day).order_by(items.c.day)
)


class Sums(UnitPart):
    """The figures of circles, in cents and minutes."""

    async def totals(self, circle: CircleId) -> Postings:
        """The sum of all entries, in cents."""
        row = await self._session.first(_BALANCE, {"circle": circle})
        return read_postings(row) if row else Postings()

    async def totals_between(
        self, circle: CircleId, since: datetime | None, until: datetime | None
    ) -> Postings:
        """The sum of the entries written from `since` on, before `until`, in cents."""
        summed = _SUMS.where(*within(entries.c.at, since, until))
        [row] = await self._session.all(summed, {"circle": circle})
        return read_postings(row)

    async def commitments(self, circle: CircleId) -> tuple[Commitment, ...]:
        """The adopted votes with an amount that may still hold money back, oldest first."""
        rows = await self._session.all(_COMMITMENTS, {"circle": circle})
        return tuple(Commitment(row.vote, row.amount, row.action) for row in rows)

    async def regulated_by_vote(self, circle: CircleId) -> Mapping[int, int]:
        """What was regulated on the entries that name each vote, in cents."""
        rows = await self._session.all(_REGULATED_BY_VOTE, {"circle": circle})
        return {row.vote: int(row.cents) for row in rows}

    async def regulated_by_action(self, circle: CircleId) -> Mapping[int, int]:
        """What was regulated on the entries that name each action and no vote, in cents."""
        rows = await self._session.all(_REGULATED_BY_ACTION, {"circle": circle})
        return {row.action: int(row.cents) for row in rows}

    async def spent_by_workstream(self, circle: CircleId) -> Mapping[int | None, Spent]:
        """What was decided on actions of each workstream (None: of no action, or of none)."""
        rows = await self._session.all(_BY_WORKSTREAM, {"circle": circle})
        return {row.workstream: Spent(int(row.regulated), int(row.paid)) for row in rows}

    async def effort(self, circle: CircleId, since: date, until: date) -> Effort:
        """The work of these days, both included; first-timers had done none in this circle."""
        values = {"circle": circle, "since": since, "until": until}
        rows = await self._session.all(_EFFORT, values)
        return Effort(
            minutes=sum(int(row.minutes) for row in rows),
            contributors=frozenset(PersonKey(row.person) for row in rows),
            first_timers=frozenset(PersonKey(row.person) for row in rows if not row.before),
        )

    async def minutes_by_day(
        self, circle: CircleId, since: date, until: date
    ) -> Mapping[date, int]:
        """The work of each of these days, both included; days without any are left out."""
        values = {"circle": circle, "since": since, "until": until}
        rows = await self._session.all(_BY_DAY, values)
        return {row.day: int(row.minutes) for row in rows}
