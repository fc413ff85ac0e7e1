"""The statements of the ledger, each spelt once."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, insert, or_, select

from circle.actions import ActionState
from circle.ledger import WAITING, ItemState, Nature
from storage.session import upsert
from storage.tables.actions import actions
from storage.tables.ledger import MOVES_REGULATED, balances, entries, entry_texts, items
from storage.tables.votes import NOT_RELEASED, OF_ACTION, commitments, votes

_HERE: Final = entries.c.circle == bindparam("circle")
APPEND: Final = insert(entries).returning(entries.c.id)
APPEND_TEXT: Final = insert(entry_texts)
SAVE_ITEM: Final = upsert(items, "circle", "number")
_ENTRIES: Final = (
    select(entries, entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .where(_HERE)
)
OF_ITEM: Final = _ENTRIES.where(entries.c.item == bindparam("item")).order_by(entries.c.id)
LATEST: Final = _ENTRIES.order_by(entries.c.at.desc(), entries.c.id.desc()).limit(bindparam("most"))
BETWEEN: Final = _ENTRIES.where(
    entries.c.at >= bindparam("since"), entries.c.at < bindparam("until")
).order_by(entries.c.id)
ITEMS: Final = (
    select(items, entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == items.c.told_by)
    .where(items.c.circle == bindparam("circle"))
)
ITEM: Final = ITEMS.where(items.c.number == bindparam("number"))
# The triggers' own sums: of all time, however long that is.
BALANCE: Final = select(
    balances.c.granted,
    balances.c.asked,
    balances.c.regulated,
    balances.c.invoiced,
    balances.c.paid,
).where(balances.c.circle == bindparam("circle"))
_SUMS: Final = select(
    *(
        func.coalesce(func.sum(entries.c[name]), 0).label(name)
        for name in ("granted", "asked", "regulated", "invoiced", "paid")
    )
).where(_HERE)
TOTALS_BETWEEN: Final = _SUMS.where(
    entries.c.at >= bindparam("since"), entries.c.at < bindparam("until")
)
# An action done or dropped holds nothing back any more (docs/words.md: The budget's figures).
COMMITMENTS: Final = (
    select(commitments.c.vote, commitments.c.amount, commitments.c.action)
    .join(votes, NOT_RELEASED)
    .outerjoin(actions, OF_ACTION)
    .where(
        commitments.c.circle == bindparam("circle"),
        or_(commitments.c.action.is_(None), actions.c.state == ActionState.OPEN.value),
    )
    .order_by(commitments.c.vote, commitments.c.id)
)
# Only of votes that hold something back, and of their actions: the others change nothing.
_HOLDING_HERE: Final = (
    select(commitments.c.vote)
    .join(votes, NOT_RELEASED)
    .where(commitments.c.circle == bindparam("circle"))
)
REGULATED_BY_VOTE: Final = (
    select(entries.c.vote, func.sum(entries.c.regulated).label("cents"))
    .where(_HERE, MOVES_REGULATED, entries.c.vote.in_(_HOLDING_HERE))
    .group_by(entries.c.vote)
)
REGULATED_BY_ACTION: Final = (
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
ENVELOPES: Final = _ENTRIES.where(entries.c.item.is_(None)).order_by(entries.c.id)
OF_SESSION: Final = _ENTRIES.where(entries.c.session == bindparam("session")).order_by(entries.c.id)
_moved: Final = (
    select(
        entries.c.item,
        func.sum(entries.c.regulated).label("cents"),
        func.min(entries.c.id).label("decided"),
    )
    .where(_HERE, MOVES_REGULATED, entries.c.item.is_not(None))
    .group_by(entries.c.item)
    .subquery()
)
SPENDINGS: Final = (
    select(_moved.c.item, _moved.c.cents, items.c.paid, actions.c.workstream)
    .join(items, and_(items.c.circle == bindparam("circle"), items.c.number == _moved.c.item))
    .outerjoin(
        actions, and_(actions.c.circle == items.c.circle, actions.c.number == items.c.action)
    )
    .order_by(_moved.c.decided)
)
_earlier: Final = items.alias("earlier")


def _is_work(item: Any) -> ColumnElement[bool]:
    return and_(
        item.c.nature == Nature.CONTRIBUTION.value, item.c.state != ItemState.CANCELLED.value
    )


_WORKED_BEFORE: Final = exists().where(
    _earlier.c.circle == bindparam("circle"),
    _earlier.c.person == items.c.person,
    _earlier.c.day < bindparam("since"),
    _is_work(_earlier),
)
EFFORT: Final = (
    select(
        items.c.person,
        func.coalesce(func.sum(items.c.minutes), 0).label("minutes"),
        _WORKED_BEFORE.label("before"),
    )
    .where(
        items.c.circle == bindparam("circle"),
        items.c.day >= bindparam("since"),
        items.c.day <= bindparam("until"),
        _is_work(items),
    )
    .group_by(items.c.person)
)


BY_DAY: Final = (
    select(items.c.day, func.coalesce(func.sum(items.c.minutes), 0).label("minutes"))
    .where(
        items.c.circle == bindparam("circle"),
        items.c.day >= bindparam("since"),
        items.c.day <= bindparam("until"),
        _is_work(items),
    )
    .group_by(items.c.day)
    .order_by(items.c.day)
)
_WEIGHED: Final[Mapping[str, ColumnElement[Any]]] = {
    "minutes": case((items.c.state != ItemState.CANCELLED.value, items.c.minutes)),
    "asked": case((items.c.state.in_([state.value for state in sorted(WAITING)]), items.c.asked)),
    "regulated": items.c.regulated,
    "invoiced": case((items.c.invoice.is_not(None), items.c.regulated)),
    "paid": case((items.c.paid, items.c.regulated)),
}
# What each figure of an item adds up to (circle.life.weigh).
SUM_ITEMS: Final = select(
    *(func.coalesce(func.sum(one), 0).label(name) for name, one in _WEIGHED.items())
).where(items.c.circle == bindparam("circle"))
SPOKEN_OF: Final = exists().where(
    entries.c.circle == items.c.circle,
    entries.c.item == items.c.number,
    entries.c.session == bindparam("passed_over"),
)
WAITING_NOW: Final = items.c.state.in_([state.value for state in sorted(WAITING)])
