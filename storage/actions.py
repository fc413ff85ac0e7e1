"""Actions of a circle's programme, and their log."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from circle.actions import Action, ActionEvent
from circle.circles import CircleId
from circle.people import Person
from circle.ports import ActionFilter, Actions
from storage.mapping import Mapper
from storage.people import PERSON_COLUMNS, read_person
from storage.session import Values, upsert
from storage.settings import UnitPart
from storage.tables.actions import action_holders, action_log, action_log_texts, actions
from storage.tables.people import people, profiles
from storage.times import LocalTime


def _with_holders(found: FromClause) -> Select[Any]:
    """One row for each holder of each action found, or one row where nobody holds it."""
    return (
        select(found, *PERSON_COLUMNS)
        .outerjoin(
            action_holders,
            and_(
                action_holders.c.circle == found.c.circle,
                action_holders.c.action == found.c.number,
            ),
        )
        .outerjoin(people, people.c.key == action_holders.c.person)
        .outerjoin(profiles, profiles.c.person == people.c.key)
        .order_by(found.c.number, action_holders.c.place)
    )


_HERE: Final = actions.c.circle == bindparam("circle")
_OF_ACTION: Final = exists().where(
    action_holders.c.circle == actions.c.circle, action_holders.c.action == actions.c.number
)
_HELD: Final = _OF_ACTION.where(action_holders.c.person == bindparam("holder"))
_DUE: Final = or_(
    actions.c.due_at < bindparam("before"), actions.c.due_day < bindparam("before_day")
)
_GET: Final = _with_holders(actions).where(_HERE, actions.c.number == bindparam("number"))
_MANY: Final = _with_holders(actions).where(
    _HERE, actions.c.number.in_(bindparam("numbers", expanding=True))
)
_ADD: Final = insert(actions)
_SAVE: Final = upsert(actions, "circle", "number")
_HOLD: Final = insert(action_holders)
_LET_GO: Final = delete(action_holders).where(
    action_holders.c.circle == bindparam("circle"), action_holders.c.action == bindparam("number")
)
_LOG: Final = insert(action_log).returning(action_log.c.id)
_LOG_TEXT: Final = insert(action_log_texts)
_LOGGED: Final = (
    select(action_log, action_log_texts.c.text)
    .outerjoin(action_log_texts, action_log_texts.c.line == action_log.c.id)
    .where(action_log.c.circle == bindparam("circle"))
)
_LOGGED_BETWEEN: Final = _LOGGED.where(
    action_log.c.at >= bindparam("since"), action_log.c.at < bindparam("until")
).order_by(action_log.c.at, action_log.c.id)
_LOG_OF: Final = _LOGGED.where(action_log.c.action == bindparam("number")).order_by(action_log.c.id)


_ACTION: Final = Mapper(Action, actions)
_EVENT: Final = Mapper(ActionEvent, action_log, joined=("text",))


class SqlActions(UnitPart, Actions):
    """Actions within one transaction."""

    async def get(self, circle: CircleId, number: int) -> Action | None:
        """That action of the circle."""
        rows = await self._session.all(_GET, {"circle": circle, "number": number})
        found = await self._read(circle, rows)
        return found[0] if found else None

    async def many(self, circle: CircleId, numbers: Collection[int]) -> Mapping[int, Action]:
        """Those of these actions that there are, by number."""
        if not numbers:
            return {}
        rows = await self._session.all(_MANY, {"circle": circle, "numbers": sorted(numbers)})
        return {one.number: one for one in await self._read(circle, rows)}

    async def _read(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[Action, ...]:
        times = await self._settings.times(circle)
        of_each = groupby(rows, key=lambda row: row.number)
        return tuple(_action(list(mine), times) for _, mine in of_each)

    async def add(self, circle: CircleId, action: Action) -> None:
        """A new action; IntegrityError if its number is taken."""
        await self._session.run(_ADD, _row(circle, action))
        await self._hold(circle, action)

    async def save(self, circle: CircleId, action: Action) -> None:
        """The action as it now is."""
        await self._session.run(_SAVE, _row(circle, action))
        await self._session.run(_LET_GO, {"circle": circle, "number": action.number})
        await self._hold(circle, action)

    async def _hold(self, circle: CircleId, action: Action) -> None:
        holders = [
            {"circle": circle, "action": action.number, "person": holder.key, "place": place}
            for place, holder in enumerate(action.holders)
        ]
        if holders:
            await self._session.run(_HOLD, holders)

    async def list(
        self, circle: CircleId, which: ActionFilter, limit: int | None = None, offset: int = 0
    ) -> tuple[Action, ...]:
        """A page of those actions, by number; without a limit, all of them."""
        conditions, values = await self._matching(circle, which)
        page = select(actions).where(*conditions).order_by(actions.c.number)
        found = page.limit(limit).offset(offset or None).subquery()
        return await self._read(circle, await self._session.all(_with_holders(found), values))

    async def count(self, circle: CircleId, which: ActionFilter) -> int:
        """How many there are."""
        conditions, values = await self._matching(circle, which)
        counted = select(func.count()).select_from(actions).where(*conditions)
        row = await self._session.first(counted, values)
        return int(row[0]) if row else 0

    async def _matching(
        self, circle: CircleId, which: ActionFilter
    ) -> tuple[Sequence[ColumnElement[bool]], Values]:
        conditions: list[ColumnElement[bool]] = [_HERE]
        values: dict[str, object] = {"circle": circle}
        if which.state is not None:
            conditions.append(actions.c.state == bindparam("state"))
            values["state"] = which.state
        if which.holder is not None:
            conditions.append(_HELD)
            values["holder"] = which.holder
        if which.unheld:
            conditions.append(~_OF_ACTION)
        if which.workstream is not None:
            conditions.append(actions.c.workstream == bindparam("stream"))
            values["stream"] = which.workstream
        if which.due_before is not None:
            conditions.append(_DUE)
            values |= await self._late(circle, which.due_before)
        return conditions, values

    async def _late(self, circle: CircleId, instant: datetime) -> Values:
        # A day is complete at its local end: what was due on an earlier day is late.
        local = (await self._settings.times(circle)).at(instant)
        return {"before": instant, "before_day": local.date()}

    async def log(self, circle: CircleId, event: ActionEvent) -> None:
        """Append what happened to an action."""
        rows = await self._session.all(_LOG, _EVENT.row(event, circle=circle))
        if event.text:
            await self._session.run(_LOG_TEXT, {"line": rows[0].id, "text": event.text})

    async def logged(
        self, circle: CircleId, since: datetime, until: datetime
    ) -> tuple[ActionEvent, ...]:
        """What happened to the circle's actions from `since` on, before `until`."""
        values = {"circle": circle, "since": since, "until": until}
        return await self._lines(circle, await self._session.all(_LOGGED_BETWEEN, values))

    async def log_of(self, circle: CircleId, number: int) -> tuple[ActionEvent, ...]:
        """All that happened to one action."""
        values = {"circle": circle, "number": number}
        return await self._lines(circle, await self._session.all(_LOG_OF, values))

    async def _lines(self, circle: CircleId, rows: Sequence[Row[Any]]) -> tuple[ActionEvent, ...]:
        times = await self._settings.times(circle)
        return tuple(_EVENT.read(row, times) for row in rows)


def _row(circle: CircleId, action: Action) -> dict[str, object]:
    due = action.due
    at = due if isinstance(due, datetime) else None
    return _ACTION.row(action, circle=circle, due_at=at, due_day=None if at else due)


def _action(rows: Sequence[Row[Any]], times: LocalTime) -> Action:
    first = rows[0]
    due = times.at_or_none(first.due_at) or first.due_day
    return _ACTION.read(first, times, due=due, holders=_holders(rows))


def _holders(rows: Sequence[Row[Any]]) -> tuple[Person, ...]:
    return tuple(read_person(row) for row in rows if row.key is not None)
