"""What is asked about many circles at once, each statement spelt once."""

from typing import Any, Final

from sqlalchemy import BindParameter, and_, bindparam, case, func, literal, or_, select

from circle.actions import ActionChange, ActionState
from circle.ledger import WAITING
from circle.people import Role
from storage.ledger.rows import FIGURES
from storage.ledger.sums import is_work
from storage.tables.actions import action_log, actions
from storage.tables.circles import circles, memberships
from storage.tables.ledger import MOVES_REGULATED, balances, entries, entry_texts, items
from storage.tables.mail import room_members
from storage.tables.meetings import meetings
from storage.tables.people import profiles
from storage.tables.votes import NOT_RELEASED, OF_ACTION, commitments, votes

IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
TOTALS: Final = select(balances).where(balances.c.circle.in_(IDS))
_term_over: Final = and_(memberships.c.until.is_not(None), memberships.c.until < bindparam("today"))
_role: Final = case(
    (_term_over, literal(Role.CONTRIBUTOR, memberships.c.role.type)), else_=memberships.c.role
).label("role")
ROLES: Final = (
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
FACTS: Final = select(
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
EFFORT: Final = (
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
COMMITMENTS: Final = (
    select(commitments.c.circle, commitments.c.vote, commitments.c.amount, commitments.c.action)
    .join(votes, NOT_RELEASED)
    .outerjoin(actions, OF_ACTION)
    .where(commitments.c.circle.in_(IDS), or_(commitments.c.action.is_(None), _open))
    .order_by(commitments.c.circle, commitments.c.vote, commitments.c.id)
)
# Found from the votes that hold something back, which stay few however long the ledger is.
_holding: Final = COMMITMENTS.order_by(None).subquery()
_named: Final = select(_holding.c.circle, _holding.c.vote).distinct().subquery()
_acted: Final = (
    select(_holding.c.circle, _holding.c.action).where(_holding.c.action.is_not(None)).distinct()
).subquery()
_cents: Final = func.sum(entries.c.regulated).label("cents")
REGULATED_BY_VOTE: Final = (
    select(entries.c.circle, entries.c.vote, _cents)
    .join(_named, and_(entries.c.circle == _named.c.circle, entries.c.vote == _named.c.vote))
    .where(MOVES_REGULATED)
    .group_by(entries.c.circle, entries.c.vote)
)
REGULATED_BY_ACTION: Final = (
    select(entries.c.circle, entries.c.action, _cents)
    .join(_acted, and_(entries.c.circle == _acted.c.circle, entries.c.action == _acted.c.action))
    .where(MOVES_REGULATED, entries.c.vote.is_(None))
    .group_by(entries.c.circle, entries.c.action)
)
MEETINGS: Final = (
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
ENVELOPES: Final = (
    select(entries, entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .where(entries.c.circle.in_(IDS), entries.c.item.is_(None))
    .order_by(entries.c.id)
)
_moved: Final = (
    select(
        entries.c.circle,
        entries.c.item,
        func.sum(entries.c.regulated).label("cents"),
        func.min(entries.c.id).label("decided"),
    )
    .where(entries.c.circle.in_(IDS), MOVES_REGULATED, entries.c.item.is_not(None))
    .group_by(entries.c.circle, entries.c.item)
    .subquery()
)
SPENDINGS: Final = (
    select(_moved.c.circle, _moved.c.item, _moved.c.cents, items.c.paid, actions.c.workstream)
    .join(items, and_(items.c.circle == _moved.c.circle, items.c.number == _moved.c.item))
    .outerjoin(
        actions, and_(actions.c.circle == items.c.circle, actions.c.number == items.c.action)
    )
    .order_by(_moved.c.decided)
)
# The entries themselves, whatever is kept beside them.
SUMMED: Final = (
    select(
        entries.c.circle,
        *(func.coalesce(func.sum(entries.c[name]), 0).label(name) for name in FIGURES),
    )
    .where(entries.c.circle.in_(IDS))
    .group_by(entries.c.circle)
)
# What the items of each circle weigh by themselves (circle.life.weigh).
WEIGHED: Final = (
    select(
        items.c.circle,
        func.coalesce(func.sum(case((_waits, items.c.asked))), 0).label("asked"),
        func.coalesce(func.sum(items.c.regulated), 0).label("regulated"),
        func.coalesce(func.sum(case((items.c.invoice.is_not(None), items.c.regulated))), 0).label(
            "invoiced"
        ),
        func.coalesce(func.sum(case((items.c.paid, items.c.regulated))), 0).label("paid"),
    )
    .where(items.c.circle.in_(IDS))
    .group_by(items.c.circle)
)
