"""What is held about one person, gathered whole, and forgotten when they ask."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
    union,
)

from circle.circles import CircleId
from circle.money import Money
from circle.people import Person
from circle.personal import KeptFile, Personal, PersonalData
from circle.refs import Kind, Ref
from storage.mail import ARCHIVE
from storage.personal.correspondence import naming
from storage.personal.erasure import SqlErasure
from storage.personal.sections import OF_CIRCLES, in_circles
from storage.personal.steps import THEIR_RECEIPTS
from storage.session import Statements
from storage.settings import Settings
from storage.tables.circles import memberships
from storage.tables.coordination import broadcasts
from storage.tables.ledger import items
from storage.tables.mail import direct_rooms, inbox, names_borne, origins, outbox, room_members
from storage.tables.receipts import receipts
from storage.times import LocalTime, from_micros

_AMOUNTS: Final = frozenset({"amount", "asked", "regulated", "budget"})
_JSON: Final = frozenset({"value"})
_HIDDEN: Final = frozenset({"in_circle", "currency", "person", "payee", "declared_by"})


_WHO: Final[BindParameter[str]] = bindparam("who")
_USER: Final[BindParameter[str]] = bindparam("user")
_RECEIPTS: Final = (
    in_circles(receipts, receipts.c.item, receipts.c.name, receipts.c.at, receipts.c.size)
    .add_columns(receipts.c.sha256)
    .where(or_(THEIR_RECEIPTS, receipts.c.by == _WHO))
    .order_by(receipts.c.id)
)
_CIRCLES: Final = union(
    select(memberships.c.circle).where(memberships.c.person == _WHO),
    select(items.c.circle).where(items.c.person == _WHO),
)
_COUNT_FILES: Final = select(func.count().label("files")).where(THEIR_RECEIPTS)
_ROOMS: Final = (
    select(room_members.c.room_id, room_members.c.name)
    .where(room_members.c.user_id == _USER)
    .order_by(room_members.c.room_id)
)
_DIRECT: Final = select(direct_rooms.c.room_id).where(direct_rooms.c.user_id == _USER)
_BORNE: Final = (
    select(names_borne.c.room_id, names_borne.c.name, names_borne.c.since)
    .where(names_borne.c.user_id == _USER)
    .order_by(names_borne.c.since)
)
_HANDLED: Final = select(
    origins.c.event_id, origins.c.room_id, origins.c.command, origins.c.ref, origins.c.outcome
).where(origins.c.sender == _USER)
_BROADCASTS: Final = (
    select(broadcasts.c.at, broadcasts.c.text)
    .where(broadcasts.c.by == _WHO)
    .order_by(broadcasts.c.id)
)
_FIRST: Final = -(2**63)
"""Before any instant: servers say what they want."""
_AT_ONCE: Final = 500
_place: Final = tuple_(inbox.c.at_ms, inbox.c.seq)
_PAGE: Final = (
    select(inbox.c.seq, inbox.c.at_ms, inbox.c.room_id, inbox.c.payload)
    .where(inbox.c.payload.is_not(None), _place > tuple_(bindparam("at"), bindparam("after")))
    .order_by(inbox.c.at_ms, inbox.c.seq)
    .limit(_AT_ONCE)
    .subquery()
)
_LEAVING: Final = (
    select(outbox.c.row)
    .where(
        outbox.c.finished.is_(False),
        outbox.c.file_recipe == ARCHIVE,
        or_(outbox.c.to_user == _USER, outbox.c.room_id == bindparam("room")),
    )
    .limit(1)
)


def _messages(dialect: str) -> Select[Any]:
    """The next messages kept, of everybody; the payload of those alone that hold the account.

    `at` and `after`: where the last page ended.
    """
    theirs = case((naming(dialect, _PAGE.c.payload, _USER), _PAGE.c.payload))
    keys = (_PAGE.c.at_ms, _PAGE.c.seq)
    return select(*keys, _PAGE.c.room_id, theirs.label("payload")).order_by(*keys)


class SqlPersonal(SqlErasure, Personal):
    """What is held about people, within one transaction."""

    def __init__(self, session: Statements, settings: Settings) -> None:
        super().__init__(session)
        self._settings = settings

    async def held(self, person: Person) -> PersonalData:
        """Everything held about that person, as of this transaction."""
        sections: dict[str, tuple[Mapping[str, object], ...]] = {"profile": (_profile(person),)}
        for name, statement in OF_CIRCLES.items():
            rows = await self._session.all(statement, {"who": person.key})
            sections[name] = await self._told(rows)
        sections |= await self._network(person)
        return PersonalData(person, sections, await self._files(person))

    async def circles(self, person: Person) -> frozenset[int]:
        """The circles that know them: where they are or were, or are owed something."""
        rows = await self._session.all(_CIRCLES, {"who": person.key})
        return frozenset(row.circle for row in rows)

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
        borne = await self._session.all(_BORNE, who)
        handled = await self._session.all(_HANDLED, who)
        written = await self._session.all(_BROADCASTS, {"who": person.key})
        return {
            "names": tuple(row._asdict() for row in borne),
            "requests": tuple(row._asdict() for row in handled),
            "broadcasts": tuple(row._asdict() for row in written),
            "rooms": tuple({"room": row.room_id, "name": row.name} for row in rooms)
            + tuple({"room": row.room_id, "name": None} for row in direct),
            "messages": tuple([one async for one in self._messages(person.matrix_id or "")]),
        }

    async def _messages(self, user: str) -> AsyncIterator[Mapping[str, object]]:
        """What they sent and is still kept, oldest first; of others' a page at a time is read."""
        page, sought = _messages(self._session.dialect), user.encode()
        reached = {"at": _FIRST, "after": 0}
        while rows := await self._session.all(page, reached | {"user": sought}):
            for row in rows:
                if row.payload and (told := _message(row))["sender"] == user:
                    yield told
            reached = {"at": rows[-1].at_ms, "after": rows[-1].seq}

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
        "weekly": person.weekly,
        "pause": person.pause and person.pause.isoformat(),
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
    if isinstance(value, datetime):
        return times.at(value)
    if isinstance(value, date):
        return value.isoformat()
    if name in _AMOUNTS:
        return Money(value, currency)
    return msgspec.json.decode(value) if name in _JSON else value


def _message(row: Any) -> Mapping[str, object]:
    event = msgspec.json.decode(row.payload)
    at = from_micros(int(event.get("at", 0)) * 1000, UTC)
    return {"sender": event.get("sender"), "room": row.room_id, "at": at, "event": event}
