"""What is held about one person, gathered whole, and forgotten when they ask."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final

import msgspec
from sqlalchemy import BindParameter, Select, and_, bindparam, func, or_, select, tuple_

from circle.circles import CircleId
from circle.money import Money
from circle.people import Person
from circle.personal import Held, KeptFile, Personal
from circle.refs import Kind, Ref
from storage.erasure import THEIR_ITEMS, THEIR_RECEIPTS, SqlErasure
from storage.mail import ARCHIVE
from storage.scrubbing import holding
from storage.session import Session
from storage.settings import Settings
from storage.tables.actions import action_holders, action_log, action_log_texts, actions
from storage.tables.circles import circles, memberships, settings
from storage.tables.coordination import answers, questions
from storage.tables.ledger import entries, entry_texts, items
from storage.tables.mail import direct_rooms, inbox, outbox, room_members
from storage.tables.meetings import attendances, meetings, reminders
from storage.tables.receipts import receipts
from storage.tables.sessions import agenda_points
from storage.tables.votes import ballot_reasons, ballots, votes
from storage.times import LocalTime, from_micros

_WHO: Final[BindParameter[str]] = bindparam("who")
_USER: Final[BindParameter[str]] = bindparam("user")
_CIRCLE: Final = circles.c.name.label("circle")


def _in_circles(table: Any, *columns: Any) -> Select[Any]:
    """These columns after the circle, by its number and name."""
    return select(circles.c.id.label("in_circle"), circles.c.currency, _CIRCLE, *columns).join_from(
        table, circles, circles.c.id == table.c.circle
    )


_ITEMS: Final = (
    _in_circles(items, *(c for c in items.c if c.name not in {"circle", "told_by", "last_entry"}))
    .add_columns(entry_texts.c.what)
    .outerjoin(entry_texts, entry_texts.c.entry == items.c.told_by)
    .where(or_(items.c.person == _WHO, items.c.declared_by == _WHO, items.c.payee == _WHO))
    .order_by(items.c.circle, items.c.number)
)
_ENTRIES: Final = (
    _in_circles(
        entries,
        *(entries.c[name] for name in ("id", "kind", "at", "item", "day", "minutes", "amount")),
        *(entries.c[name] for name in ("funder", "period", "number", "corrects")),
        entry_texts.c.what,
    )
    .outerjoin(entry_texts, entry_texts.c.entry == entries.c.id)
    .where(
        or_(
            entries.c.by == _WHO,
            entries.c.person == _WHO,
            entries.c.payee == _WHO,
            tuple_(entries.c.circle, entries.c.item).in_(THEIR_ITEMS),
        )
    )
    .order_by(entries.c.id)
)
_ACTIONS: Final = (
    _in_circles(
        actions, actions.c.number, actions.c.title, actions.c.state, actions.c.due_day,
        actions.c.due_at, actions.c.budget, actions.c.added_at,
        (actions.c.added_by == _WHO).label("added"),
        action_holders.c.person.is_not(None).label("held"),
    )
    .outerjoin(
        action_holders,
        and_(
            action_holders.c.circle == actions.c.circle,
            action_holders.c.action == actions.c.number,
            action_holders.c.person == _WHO,
        ),
    )
    .where(or_(actions.c.added_by == _WHO, action_holders.c.person == _WHO))
    .order_by(actions.c.circle, actions.c.number)
)  # fmt: skip
_PROGRESS: Final = (
    _in_circles(action_log, action_log.c.action, action_log.c.change, action_log.c.at)
    .add_columns(action_log_texts.c.text)
    .outerjoin(action_log_texts, action_log_texts.c.line == action_log.c.id)
    .where(action_log.c.by == _WHO)
    .order_by(action_log.c.id)
)
_BALLOTS: Final = (
    _in_circles(ballots, ballots.c.vote, votes.c.question, ballots.c.at, ballots.c.choice)
    .add_columns(ballot_reasons.c.reason, ballots.c.withdrawn)
    .join(votes, and_(votes.c.circle == ballots.c.circle, votes.c.number == ballots.c.vote))
    .outerjoin(ballot_reasons, ballot_reasons.c.ballot == ballots.c.id)
    .where(ballots.c.voter == _WHO)
    .order_by(ballots.c.id)
)
_VOTES: Final = (
    _in_circles(votes, votes.c.number, votes.c.rule, votes.c.question, votes.c.opened_at)
    .where(votes.c.opened_by == _WHO)
    .order_by(votes.c.circle, votes.c.number)
)
_ATTENDANCE: Final = (
    _in_circles(attendances, attendances.c.meeting, meetings.c.title, attendances.c.occurrence)
    .add_columns(attendances.c.presence, attendances.c.at, attendances.c.withdrawn)
    .join(
        meetings,
        and_(meetings.c.circle == attendances.c.circle, meetings.c.number == attendances.c.meeting),
    )
    .where(or_(attendances.c.person == _WHO, attendances.c.proxy == _WHO))
    .order_by(attendances.c.id)
)
_AGENDA: Final = (
    _in_circles(agenda_points, agenda_points.c.meeting, agenda_points.c.occurrence)
    .add_columns(agenda_points.c.at, agenda_points.c.text)
    .where(agenda_points.c.by == _WHO)
    .order_by(agenda_points.c.id)
)
_REMINDERS: Final = (
    _in_circles(reminders, reminders.c.number, reminders.c.at, reminders.c.text)
    .add_columns(reminders.c.rrule, reminders.c.cancelled)
    .where(reminders.c.by == _WHO)
    .order_by(reminders.c.circle, reminders.c.number)
)
_ANSWERS: Final = (
    _in_circles(questions, questions.c.text.label("question"), answers.c.at, answers.c.text)
    .join(answers, answers.c.question == questions.c.id)
    .where(answers.c.person == _WHO)
    .order_by(answers.c.question)
)
_SETTINGS: Final = (
    _in_circles(settings, settings.c.name, settings.c.value, settings.c.since, settings.c.at)
    .where(settings.c.by == _WHO)
    .order_by(settings.c.id)
)
_MEMBERSHIPS: Final = (
    _in_circles(memberships, memberships.c.role, memberships.c.since, memberships.c.until)
    .where(memberships.c.person == _WHO)
    .order_by(memberships.c.circle)
)
_RECEIPTS: Final = (
    _in_circles(receipts, receipts.c.item, receipts.c.name, receipts.c.at, receipts.c.size)
    .add_columns(receipts.c.sha256)
    .where(or_(THEIR_RECEIPTS, receipts.c.by == _WHO))
    .order_by(receipts.c.id)
)
_COUNT_FILES: Final = select(func.count().label("files")).where(THEIR_RECEIPTS)
_ROOMS: Final = (
    select(room_members.c.room_id, room_members.c.name)
    .where(room_members.c.user_id == _USER)
    .order_by(room_members.c.room_id)
)
_DIRECT: Final = select(direct_rooms.c.room_id).where(direct_rooms.c.user_id == _USER)
_LEAVING: Final = (
    select(outbox.c.row)
    .where(
        outbox.c.finished.is_(False),
        outbox.c.file_recipe == ARCHIVE,
        or_(outbox.c.to_user == _USER, outbox.c.room_id == bindparam("room")),
    )
    .limit(1)
)
_MESSAGES: Final = select(inbox.c.room_id, inbox.c.payload).order_by(inbox.c.seq)
_OF_CIRCLES: Final[Mapping[str, Select[Any]]] = {
    "memberships": _MEMBERSHIPS,
    "declarations": _ITEMS,
    "entries": _ENTRIES,
    "actions": _ACTIONS,
    "progress": _PROGRESS,
    "ballots": _BALLOTS,
    "votes": _VOTES,
    "attendance": _ATTENDANCE,
    "agenda": _AGENDA,
    "reminders": _REMINDERS,
    "answers": _ANSWERS,
    "settings": _SETTINGS,
}
_INSTANTS: Final = frozenset({"at", "added_at", "declared_at", "opened_at", "due_at"})
_AMOUNTS: Final = frozenset({"amount", "asked", "regulated", "budget"})
_JSON: Final = frozenset({"choice", "value"})
_HIDDEN: Final = frozenset({"in_circle", "currency", "person", "payee", "declared_by"})


class SqlPersonal(SqlErasure, Personal):
    """What is held about people, within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session)
        self._settings = settings

    async def held(self, person: Person) -> Held:
        """Everything held about that person, as of this transaction."""
        sections: dict[str, tuple[Mapping[str, object], ...]] = {"profile": (_profile(person),)}
        for name, statement in _OF_CIRCLES.items():
            rows = await self._session.all(statement, {"who": person.key})
            sections[name] = await self._told(rows)
        sections |= await self._network(person)
        return Held(sections, await self._files(person))

    async def leaving(self, person: Person, room_id: str) -> bool:
        """Whether such archives still leave, to them or in that room."""
        who = {"user": person.matrix_id, "room": room_id}
        return await self._session.first(_LEAVING, who) is not None

    async def count_files(self, person: Person) -> int:
        """How many receipts are theirs."""
        row = await self._session.first(_COUNT_FILES, {"who": person.key})
        return int(row.files) if row else 0

    async def _told(self, rows: Any) -> tuple[Mapping[str, object], ...]:
        times = await self._settings.times_of(CircleId(row[0]) for row in rows)
        return tuple([_row(row, times[row[0]]) for row in rows])

    async def _network(self, person: Person) -> dict[str, tuple[Mapping[str, object], ...]]:
        """What came from Matrix: rooms, and the messages received that are still kept."""
        who = {"user": person.matrix_id or ""}
        rooms = await self._session.all(_ROOMS, who)
        direct = await self._session.all(_DIRECT, who)
        kept = _MESSAGES.where(holding(self._session.dialect, {str(person.matrix_id)}))
        found = [_message(row) for row in await self._session.all(kept)]
        return {
            "rooms": tuple({"room": row.room_id, "name": row.name} for row in rooms)
            + tuple({"room": row.room_id, "name": None} for row in direct),
            "messages": tuple(one for one in found if one["sender"] == person.matrix_id),
        }

    async def _files(self, person: Person) -> tuple[KeptFile, ...]:
        rows = await self._session.all(_RECEIPTS, {"who": person.key})
        times = await self._settings.times_of(CircleId(row[0]) for row in rows)
        return tuple(
            KeptFile(
                item=str(Ref(Kind.ENTRY, row.item)),
                circle=row.circle,
                name=row.name,
                at=times[row[0]].at(row.at),
                size=row.size,
                sha256=row.sha256,
            )
            for row in rows
        )


def _profile(person: Person) -> Mapping[str, object]:
    return {
        "name": person.name,
        "matrix_id": person.matrix_id,
        "language": person.language,
        "mention": person.mention,
        "pseudonym": person.key[:6],
    }


def _row(row: Any, times: LocalTime) -> Mapping[str, object]:
    told = dict(zip(row._fields, row, strict=True))
    return {
        name: _value(name, value, told["currency"], times)
        for name, value in told.items()
        if name not in _HIDDEN
    }


def _value(name: str, value: Any, currency: str, times: LocalTime) -> object:
    if value is None:
        return None
    if name in _INSTANTS:
        return times.at(value)
    if name in _AMOUNTS:
        return Money(value, currency)
    return msgspec.json.decode(value) if name in _JSON else value


def _message(row: Any) -> Mapping[str, object]:
    event = msgspec.json.decode(row.payload)
    at = from_micros(int(event.get("at", 0)) * 1000, UTC)
    return {"sender": event.get("sender"), "room": row.room_id, "at": at, "event": event}
