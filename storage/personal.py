"""What is held about one person, gathered whole, and forgotten when they ask."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC
from typing import Any, Final

import msgspec

from circle.circles import CircleId
from circle.money import Money
from circle.people import Person
from circle.personal import KeptFile, Personal, PersonalData
from circle.refs import Kind, Ref
from storage.erasure import SqlErasure
from storage.personal_statements import (
    BORNE,
    BROADCASTS,
    CIRCLES,
    COUNT_FILES,
    DIRECT,
    HANDLED,
    LEAVING,
    OF_CIRCLES,
    RECEIPTS,
    ROOMS,
    messages,
)
from storage.session import Session
from storage.settings import Settings
from storage.times import LocalTime, from_micros

_FIRST: Final = -(2**63)
"""Before any instant: servers say what they want."""
_INSTANTS: Final = frozenset(
    {"at", "added_at", "closed_at", "declared_at", "opened_at", "due_at", "start"}
)
_AMOUNTS: Final = frozenset({"amount", "asked", "regulated", "budget"})
_JSON: Final = frozenset({"choice", "value"})
_HIDDEN: Final = frozenset({"in_circle", "currency", "person", "payee", "declared_by"})


class SqlPersonal(SqlErasure, Personal):
    """What is held about people, within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session)
        self._settings = settings

    async def held(self, person: Person) -> PersonalData:
        """Everything held about that person, as of this transaction."""
        sections: dict[str, tuple[Mapping[str, object], ...]] = {"profile": (_profile(person),)}
        for name, statement in OF_CIRCLES.items():
            rows = await self._session.all(statement, {"who": person.key})
            sections[name] = await self._told(rows)
        sections |= await self._network(person)
        return PersonalData(sections, await self._files(person))

    async def circles(self, person: Person) -> frozenset[int]:
        """The circles that know them: where they are or were, or are owed something."""
        rows = await self._session.all(CIRCLES, {"who": person.key})
        return frozenset(row.circle for row in rows)

    async def leaving(self, person: Person, room_id: str) -> bool:
        """Whether such archives still leave, to them or in that room."""
        who = {"user": person.matrix_id, "room": room_id}
        return await self._session.first(LEAVING, who) is not None

    async def count_files(self, person: Person) -> int:
        """How many receipts are theirs."""
        row = await self._session.first(COUNT_FILES, {"who": person.key})
        return int(row.files) if row else 0

    async def _told(self, rows: Any) -> tuple[Mapping[str, object], ...]:
        times = await self._settings.times_of(CircleId(row[0]) for row in rows)
        return tuple([_row(row, times[row[0]]) for row in rows])

    async def _network(self, person: Person) -> dict[str, tuple[Mapping[str, object], ...]]:
        """What came from Matrix: rooms, and the messages received that are still kept."""
        who = {"user": person.matrix_id or ""}
        rooms = await self._session.all(ROOMS, who)
        direct = await self._session.all(DIRECT, who)
        borne = await self._session.all(BORNE, who)
        handled = await self._session.all(HANDLED, who)
        written = await self._session.all(BROADCASTS, {"who": person.key})
        return {
            "names": tuple(_dated(row, "since") for row in borne),
            "requests": tuple(row._asdict() for row in handled),
            "broadcasts": tuple(_dated(row, "at") for row in written),
            "rooms": tuple({"room": row.room_id, "name": row.name} for row in rooms)
            + tuple({"room": row.room_id, "name": None} for row in direct),
            "messages": tuple([one async for one in self._messages(person.matrix_id or "")]),
        }

    async def _messages(self, user: str) -> AsyncIterator[Mapping[str, object]]:
        """What they sent and is still kept, oldest first; of others' a page at a time is read."""
        page, sought = messages(self._session.dialect), user.encode()
        reached = {"at": _FIRST, "after": 0}
        while rows := await self._session.all(page, reached | {"user": sought}):
            for row in rows:
                if row.payload and (told := _message(row))["sender"] == user:
                    yield told
            reached = {"at": rows[-1].at_ms, "after": rows[-1].seq}

    async def _files(self, person: Person) -> tuple[KeptFile, ...]:
        rows = await self._session.all(RECEIPTS, {"who": person.key})
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


def _dated(row: Any, name: str) -> Mapping[str, object]:
    """A row of no circle; that column is an instant, told in UTC."""
    return {**row._asdict(), name: from_micros(getattr(row, name), UTC)}


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
