"""Circles, their settings, workstreams and numbering."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update

from circle.circles import (
    Circle,
    CircleId,
    CircleKind,
    CircleState,
    Setting,
    Workstream,
)
from circle.people import PersonKey
from circle.ports import Circles
from circle.refs import Kind
from circle.text import name_key
from storage.arrivals import move_circle, welcome_room
from storage.mapping import Mapper
from storage.session import per_dialect
from storage.settings import KeptSettings, UnitPart, new_key
from storage.tables.circles import circles, numbers, workstreams
from storage.tables.mail import room_members
from storage.tables.people import profiles

_GET: Final = select(circles).where(circles.c.id == bindparam("id"))
_IN_ROOM: Final = select(circles).where(circles.c.room_id == bindparam("room"))
_ALL: Final = select(circles).order_by(circles.c.id)
_OF_PERSON: Final = (
    select(circles)
    .join(room_members, room_members.c.room_id == circles.c.room_id)
    .join(profiles, profiles.c.matrix_id == room_members.c.user_id)
    .where(profiles.c.person == bindparam("person"))
    .order_by(circles.c.id)
)
_ADD: Final = insert(circles).returning(circles.c.id)
_SET_STATE: Final = (
    update(circles).where(circles.c.id == bindparam("which")).values(state=bindparam("now"))
)
_SET_VACANT: Final = (
    update(circles).where(circles.c.id == bindparam("which")).values(vacant_since=bindparam("at"))
)
_CONFIRM: Final = update(circles).where(circles.c.id == bindparam("which")).values(confirmed=True)
_SET_NAMES: Final = (
    update(circles)
    .where(circles.c.id == bindparam("which"))
    .values(aliases=bindparam("called"), places=bindparam("lived_in"))
)
_WORKSTREAMS: Final = (
    select(workstreams).where(workstreams.c.circle == bindparam("id")).order_by(workstreams.c.id)
)
_ADD_WORKSTREAM: Final = insert(workstreams)
_NEXT: Final = per_dialect(
    lambda dialect_insert: (
        dialect_insert(numbers)
        .values(circle=bindparam("circle"), kind=bindparam("kind"), last=1)
        .on_conflict_do_update(index_elements=["circle", "kind"], set_={"last": numbers.c.last + 1})
        .returning(numbers.c.last)
    )
)
_LASTS: Final = select(numbers.c.kind, numbers.c.last).where(
    numbers.c.circle == bindparam("circle")
)
_LOCK: Final = select(circles.c.id).where(circles.c.id == bindparam("id")).with_for_update()
_CIRCLE: Final = Mapper(Circle, circles)
_WORKSTREAM: Final = Mapper(Workstream, workstreams)
_OF_WORKSTREAMS: Final = "workstream"
"""The kind of their numbers."""


class SqlCircles(UnitPart, Circles):
    """Circles within one transaction."""

    async def get(self, circle: CircleId, day: date) -> Circle:
        """That circle with its rules on that day; LookupError if there is none."""
        found = await self._read(await self._session.all(_GET, {"id": circle}), day)
        if not found:
            raise LookupError(f"no circle {circle}")
        return found[0]

    async def in_room(self, room_id: str, day: date) -> Circle | None:
        """The circle that lives in that room."""
        found = await self._read(await self._session.all(_IN_ROOM, {"room": room_id}), day)
        return found[0] if found else None

    async def of_person(self, person: PersonKey, day: date) -> tuple[Circle, ...]:
        """The circles whose room that person is in."""
        return await self._read(await self._session.all(_OF_PERSON, {"person": person}), day)

    async def all(self, day: date) -> tuple[Circle, ...]:
        """Every circle."""
        return await self._read(await self._session.all(_ALL), day)

    async def _read(self, rows: Sequence[Row[Any]], day: date) -> tuple[Circle, ...]:
        held = await self._settings.named({CircleId(row.id): row.settings_key for row in rows})
        return tuple(_circle(row, day, held[row.id]) for row in rows)

    async def add(
        self,
        name: str,
        kind: CircleKind,
        state: CircleState,
        room_id: str,
        at: datetime,
        *,
        founder: PersonKey | None = None,
        confirmed: bool = True,
    ) -> Circle:
        """A new circle in that room; whoever is there becomes a participant.

        IntegrityError if the name is taken (see `name_key`) or the room has a circle already.
        """
        values = {
            "name": name,
            "folded": name_key(name),
            "kind": kind,
            "state": state,
            "room_id": room_id,
            "created_at": at,
            "aliases": (),
            "places": (),
            "currency": "EUR",
            "settings_key": new_key(),
            "founder": founder,
            "confirmed": confirmed,
        }
        rows = await self._session.all(_ADD, values)
        circle = await self.get(CircleId(rows[0].id), at.date())
        await welcome_room(self._session, circle.id, room_id, circle.created_at.date())
        return circle

    async def set_state(self, circle: CircleId, state: CircleState) -> None:
        """Where the circle now stands in its life."""
        await self._session.run(_SET_STATE, {"which": circle, "now": state})

    async def set_vacant(self, circle: CircleId, since: datetime | None) -> None:
        """Since when the circle has no steward any more; None: it has one."""
        await self._session.run(_SET_VACANT, {"which": circle, "at": since})

    async def confirm(self, circle: CircleId) -> None:
        """The coordination knows the circle."""
        await self._session.run(_CONFIRM, {"which": circle})

    async def set_names(
        self, circle: CircleId, aliases: tuple[str, ...], places: tuple[str, ...]
    ) -> None:
        """What else the circle is called, and the places it gathers."""
        values = {"which": circle, "called": aliases, "lived_in": places}
        await self._session.run(_SET_NAMES, values)

    async def move(self, circle: CircleId, room_id: str) -> None:
        """The circle lives in that room from now on; whoever is already there is of it."""
        await move_circle(self._session, circle, room_id)

    async def settings(self, circle: CircleId) -> tuple[Setting, ...]:
        """Every setting ever made, oldest first."""
        return (await self._settings.of(circle)).settings

    async def add_setting(self, circle: CircleId, setting: Setting) -> None:
        """Append a setting; the ones before it stay."""
        await self._settings.add(circle, setting)

    async def workstreams(self, circle: CircleId) -> tuple[Workstream, ...]:
        """The workstreams of the circle's programme."""
        rows = await self._session.all(_WORKSTREAMS, {"id": circle})
        return tuple(_WORKSTREAM.read(row) for row in rows)

    async def add_workstream(
        self, circle: CircleId, name: str, steward: PersonKey | None
    ) -> Workstream:
        """A new workstream, numbered in its circle; IntegrityError if the name is taken."""
        number = await self._number(circle, _OF_WORKSTREAMS)
        values = {"circle": circle, "id": number, "name": name, "steward": steward}
        await self._session.run(_ADD_WORKSTREAM, values | {"folded": name_key(name)})
        return Workstream(id=number, name=name, steward=steward)

    async def next_number(self, circle: CircleId, kind: Kind) -> int:
        """A number never given before to a thing of that kind in the circle, from 1."""
        return await self._number(circle, kind.value)

    async def last_numbers(self, circle: CircleId) -> Mapping[Kind, int]:
        """The last number given to a thing of each kind."""
        rows = await self._session.all(_LASTS, {"circle": circle})
        known = {kind.value for kind in Kind}
        return {Kind(row.kind): int(row.last) for row in rows if row.kind in known}

    async def _number(self, circle: CircleId, kind: str) -> int:
        rows = await self._session.all(_NEXT, {"circle": circle, "kind": kind})
        return int(rows[0].last)

    async def lock(self, circle: CircleId) -> None:
        """Until the end of the transaction no other one that locks it goes on.

        On SQLite there is only ever one writer.
        """
        if self._session.dialect != "sqlite":
            await self._session.run(_LOCK, {"id": circle})


def _circle(row: Row[Any], day: date, held: KeptSettings) -> Circle:
    return _CIRCLE.read(row, held.times, rules=held.rules_on(day))
