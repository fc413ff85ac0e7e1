"""The money of many circles at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Executable, Row, and_, bindparam, case, func, or_, select

from circle.actions import ActionState
from circle.circles import CircleId
from circle.envelopes import Envelope, Use, fold_envelopes
from circle.figures import Commitment, Figures, committed
from circle.ledger import WAITING, Postings
from storage.ledger.rows import FIGURES, PERIOD, read_envelope_entry, read_postings
from storage.settings import UnitPart
from storage.tables.actions import actions
from storage.tables.ledger import (
    MOVES_REGULATED,
    balances,
    entries,
    entry_periods,
    entry_texts,
    envelopes,
    items,
)
from storage.tables.votes import NOT_RELEASED, OF_ACTION, commitments, votes

IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_TOTALS: Final = select(balances).where(balances.c.circle.in_(IDS))
_COMMITMENTS: Final = (
    select(commitments.c.circle, commitments.c.vote, commitments.c.amount, commitments.c.action)
    .join(votes, NOT_RELEASED)
    .outerjoin(actions, OF_ACTION)
    .where(
        commitments.c.circle.in_(IDS),
        or_(commitments.c.action.is_(None), actions.c.state == ActionState.OPEN),
    )
    .order_by(commitments.c.circle, commitments.c.vote, commitments.c.id)
)
# Found from the votes that hold something back, which stay few however long the ledger is.
_holding: Final = _COMMITMENTS.order_by(None).subquery()
_named: Final = select(_holding.c.circle, _holding.c.vote).distinct().subquery()
_acted: Final = (
    select(_holding.c.circle, _holding.c.action).where(_holding.c.action.is_not(None)).distinct()
).subquery()
_cents: Final = func.sum(entries.c.regulated).label("cents")
_REGULATED_BY_VOTE: Final = (
    select(entries.c.circle, entries.c.vote, _cents)
    .join(_named, and_(entries.c.circle == _named.c.circle, entries.c.vote == _named.c.vote))
    .where(MOVES_REGULATED)
    .group_by(entries.c.circle, entries.c.vote)
)
_REGULATED_BY_ACTION: Final = (
    select(entries.c.circle, entries.c.action, _cents)
    .join(_acted, and_(entries.c.circle == _acted.c.circle, entries.c.action == _acted.c.action))
    .where(MOVES_REGULATED, entries.c.vote.is_(None))
    .group_by(entries.c.circle, entries.c.action)
)
_ENVELOPES: Final = (
    select(entries, entry_texts.c.what, *PERIOD)
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .outerjoin(entry_periods, entry_periods.c.entry == entries.c.id)
    .where(entries.c.circle.in_(IDS), entries.c.item.is_(None))
    .order_by(entries.c.id)
)
_HELD: Final = select(envelopes).where(envelopes.c.circle.in_(IDS))
_ATTRIBUTED: Final = (
    select(envelopes.c.circle, func.sum(envelopes.c.attributed).label("cents"))
    .where(envelopes.c.circle.in_(IDS))
    .group_by(envelopes.c.circle)
)
# The entries themselves, whatever is kept beside them.
_SUMMED: Final = (
    select(
        entries.c.circle,
        *(func.coalesce(func.sum(entries.c[name]), 0).label(name) for name in FIGURES),
    )
    .where(entries.c.circle.in_(IDS))
    .group_by(entries.c.circle)
)
# What the items of each circle weigh by themselves (circle.life.weigh).
_WEIGHED: Final = (
    select(
        items.c.circle,
        func.coalesce(func.sum(case((items.c.state.in_(sorted(WAITING)), items.c.asked))), 0).label(
            "asked"
        ),
        func.coalesce(func.sum(items.c.regulated), 0).label("regulated"),
        func.coalesce(func.sum(case((items.c.invoice.is_not(None), items.c.regulated))), 0).label(
            "invoiced"
        ),
        func.coalesce(func.sum(case((items.c.paid, items.c.regulated))), 0).label("paid"),
    )
    .where(items.c.circle.in_(IDS))
    .group_by(items.c.circle)
)


_NOTHING: Final = Postings()
_Rows = Sequence[Row[Any]]


class MoneyOverview(UnitPart):
    """What circles were granted, hold back and gave, within one transaction."""

    async def _rows(
        self, statement: Executable, ids: Sequence[CircleId], **values: object
    ) -> _Rows:
        return await self._session.all(statement, {"ids": ids, **values}) if ids else ()

    async def _figures(self, ids: Sequence[CircleId]) -> Mapping[CircleId, Figures]:
        held = await self._held(ids)
        totals = await self._totals(ids)
        rows = await self._rows(_ATTRIBUTED, ids)
        attributed = {row.circle: int(row.cents) for row in rows}
        return {
            id_: Figures(
                granted=one.granted,
                committed=held.get(id_, 0),
                asked=one.asked,
                regulated=one.regulated,
                invoiced=one.invoiced,
                paid=one.paid,
                unattributed=one.regulated - attributed.get(id_, 0),
            )
            for id_, one in totals.items()
        }

    async def _totals(
        self, ids: Sequence[CircleId], summed: Executable = _TOTALS
    ) -> Mapping[CircleId, Postings]:
        rows = await self._rows(summed, ids)
        found = {row.circle: read_postings(row) for row in rows}
        return {id_: found.get(id_, _NOTHING) for id_ in ids}

    async def _held(self, ids: Sequence[CircleId]) -> Mapping[CircleId, int]:
        """What adopted votes hold back, where there are any."""
        holding: dict[CircleId, list[Commitment]] = defaultdict(list)
        for row in await self._rows(_COMMITMENTS, ids):
            holding[row.circle].append(Commitment(row.vote, row.amount, row.action))
        by_vote: dict[CircleId, dict[int, int]] = defaultdict(dict)
        for row in await self._rows(_REGULATED_BY_VOTE, list(holding)):
            by_vote[row.circle][row.vote] = int(row.cents)
        by_action: dict[CircleId, dict[int, int]] = defaultdict(dict)
        for row in await self._rows(_REGULATED_BY_ACTION, list(holding)):
            by_action[row.circle][row.action] = int(row.cents)
        return {id_: committed(h, by_vote[id_], by_action[id_]) for id_, h in holding.items()}

    async def envelopes(
        self, circles: Sequence[CircleId]
    ) -> Mapping[CircleId, tuple[Envelope, ...]]:
        """What was granted to each circle, as corrected since."""
        times = await self._settings.times_of(circles)
        told = defaultdict(list)
        for row in await self._rows(_ENVELOPES, circles):
            told[row.circle].append(read_envelope_entry(row, times[row.circle]))
        return {id_: fold_envelopes(told[id_]) for id_ in circles}

    async def uses(self, circles: Sequence[CircleId]) -> Mapping[CircleId, tuple[Use, ...]]:
        """The envelopes of each circle, and what each holds."""
        told = await self.envelopes(circles)
        rows = await self._rows(_HELD, circles)
        held = {(row.circle, row.number): (row.attributed, row.paid) for row in rows}
        return {
            id_: tuple(Use(one, *held[id_, one.number]) for one in of_circle)
            for id_, of_circle in told.items()
        }

    async def disagreements(self, circles: Sequence[CircleId]) -> Mapping[CircleId, Postings]:
        """By how much the entries of each circle sum up to more than what they tell of.

        That is its envelopes and its items, each by itself; where these agree, the balances that
        are kept of the entries. Zeros where all is well.
        """
        entries = await self._totals(circles, _SUMMED)
        balances = await self._totals(circles)
        told = await self._told(circles)
        return {
            id_: entries[id_] - (told[id_] if told[id_] != entries[id_] else balances[id_])
            for id_ in circles
        }

    async def _told(self, circles: Sequence[CircleId]) -> Mapping[CircleId, Postings]:
        envelopes = await self.envelopes(circles)
        weighed = {row.circle: row for row in await self._rows(_WEIGHED, circles)}
        return {
            id_: Postings(
                sum(one.amount for one in envelopes[id_]),
                *(int(getattr(weighed[id_], n)) if id_ in weighed else 0 for n in FIGURES[1:]),
            )
            for id_ in circles
        }
