"""People and their places in circles."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Row, Select, and_, bindparam, insert, select, update

from circle.circles import CircleId
from circle.people import Member, Person, PersonKey, Role
from circle.ports import People
from storage.session import Statements, per_dialect, upsert
from storage.tables.circles import circles, memberships
from storage.tables.mail import room_members
from storage.tables.people import people, profiles

PERSON_COLUMNS: Final = (
    people.c.key,
    people.c.structure,
    profiles.c.name,
    profiles.c.matrix_id,
    profiles.c.language,
    profiles.c.mention,
    profiles.c.weekly,
    profiles.c.pause,
)
_PEOPLE: Final[Select[Any]] = select(*PERSON_COLUMNS).outerjoin_from(people, profiles)
_GET: Final = _PEOPLE.where(people.c.key == bindparam("key"))
_MANY: Final = _PEOPLE.where(people.c.key.in_(bindparam("keys", expanding=True)))
_WITH_ACCOUNT: Final = _PEOPLE.where(profiles.c.matrix_id == bindparam("matrix_id"))
_OTHERS: Final = _PEOPLE.where(people.c.named_in == bindparam("circle")).order_by(profiles.c.name)
ADD_PERSON: Final = insert(people)
ADD_PROFILE: Final = per_dialect(
    lambda dialect_insert: dialect_insert(profiles).on_conflict_do_nothing(
        index_elements=["matrix_id"]
    )
)
_SET_LANGUAGE: Final = (
    update(profiles)
    .where(profiles.c.person == bindparam("key"))
    .values(language=bindparam("spoken"))
)
_SET_MENTION: Final = (
    update(profiles)
    .where(profiles.c.person == bindparam("key"))
    .values(mention=bindparam("agreed"))
)
_SET_WEEKLY: Final = (
    update(profiles).where(profiles.c.person == bindparam("key")).values(weekly=bindparam("sent"))
)
_SET_PAUSE: Final = (
    update(profiles).where(profiles.c.person == bindparam("key")).values(pause=bindparam("last"))
)
_SET_ROLE: Final = upsert(memberships, "circle", "person")
_MEMBERS: Final = (
    select(
        *PERSON_COLUMNS,
        memberships.c.role,
        memberships.c.since,
        memberships.c.until,
        room_members.c.user_id.label("here"),
    )
    .join_from(memberships, people)
    .outerjoin(profiles, profiles.c.person == people.c.key)
    .join(circles, circles.c.id == memberships.c.circle)
    .outerjoin(
        room_members,
        and_(
            room_members.c.room_id == circles.c.room_id,
            room_members.c.user_id == profiles.c.matrix_id,
        ),
    )
    .where(memberships.c.circle == bindparam("circle"))
)
_ALL_MEMBERS: Final = _MEMBERS.order_by(memberships.c.since, profiles.c.name, people.c.key)
_MEMBER: Final = _MEMBERS.where(memberships.c.person == bindparam("person"))


def new_person() -> PersonKey:
    """An opaque key: nothing about the person can be read from it."""
    return PersonKey(uuid4().hex)


class SqlPeople(People):
    """Profiles and memberships, within one transaction."""

    def __init__(self, session: Statements) -> None:
        self._session = session

    async def get(self, key: PersonKey) -> Person:
        """That person; LookupError for a key never given."""
        row = await self._session.first(_GET, {"key": key})
        if row is None:
            raise LookupError(f"no person {key}")
        return read_person(row)

    async def many(self, keys: Collection[PersonKey]) -> Mapping[PersonKey, Person]:
        """Those people by key."""
        if not keys:
            return {}
        rows = await self._session.all(_MANY, {"keys": sorted(set(keys))})
        return {PersonKey(row.key): read_person(row) for row in rows}

    async def with_account(self, matrix_id: str) -> Person | None:
        """Who has that Matrix account."""
        row = await self._session.first(_WITH_ACCOUNT, {"matrix_id": matrix_id})
        return read_person(row) if row else None

    async def ensure(self, matrix_id: str, name: str) -> Person:
        """Who has that account, made known under that name if nobody has yet."""
        known = await self.with_account(matrix_id)
        if known is not None:
            return known
        key = new_person()
        await self._add(key, name, matrix_id=matrix_id)
        # Another bot may have met them at the same instant: theirs is then the one.
        return await self.with_account(matrix_id) or await self.get(key)

    async def add_named(self, circle: CircleId, name: str, *, structure: bool) -> Person:
        """Somebody without an account, or a structure, named in a circle."""
        key = new_person()
        await self._add(key, name, structure=structure, named_in=circle)
        return Person(key=key, name=name, structure=structure)

    async def _add(
        self,
        key: PersonKey,
        name: str,
        *,
        matrix_id: str | None = None,
        structure: bool = False,
        named_in: CircleId | None = None,
    ) -> None:
        person = {"key": key, "structure": structure, "named_in": named_in}
        await self._session.run(ADD_PERSON, person)
        profile = {"person": key, "name": name, "matrix_id": matrix_id, "language": None}
        await self._session.run(ADD_PROFILE, profile)

    async def set_language(self, key: PersonKey, language: str) -> None:
        """The language of direct messages to that person."""
        await self._session.run(_SET_LANGUAGE, {"key": key, "spoken": language})

    async def set_mention(self, key: PersonKey, *, agreed: bool) -> None:
        """Whether that person may be named outside their circles; nobody is, unless they say so."""
        await self._session.run(_SET_MENTION, {"key": key, "agreed": agreed})

    async def set_weekly(self, key: PersonKey, *, weekly: bool) -> None:
        """Whether that person is sent each Monday what waits for them."""
        await self._session.run(_SET_WEEKLY, {"key": key, "sent": weekly})

    async def set_pause(self, key: PersonKey, until: date | None) -> None:
        """The last day on which nothing is asked of that person; None: they are back."""
        await self._session.run(_SET_PAUSE, {"key": key, "last": until})

    async def members(self, circle: CircleId) -> tuple[Member, ...]:
        """Everybody who is or was in the circle, oldest members first."""
        rows = await self._session.all(_ALL_MEMBERS, {"circle": circle})
        return tuple(_member(row) for row in rows)

    async def member(self, circle: CircleId, key: PersonKey) -> Member | None:
        """That person's place in the circle."""
        row = await self._session.first(_MEMBER, {"circle": circle, "person": key})
        return _member(row) if row else None

    async def others(self, circle: CircleId) -> tuple[Person, ...]:
        """People without an account and structures named in the circle, by name."""
        rows = await self._session.all(_OTHERS, {"circle": circle})
        return tuple(read_person(row) for row in rows)

    async def set_role(
        self, circle: CircleId, key: PersonKey, role: Role, since: date, until: date | None
    ) -> None:
        """Give a role, instead of the one held."""
        values = {
            "circle": circle,
            "person": key,
            "role": role,
            "since": since,
            "until": until,
        }
        await self._session.run(_SET_ROLE, values)


def read_person(row: Row[Any]) -> Person:
    """A person from their columns; whose profile was erased goes by the start of their key."""
    return Person(
        key=PersonKey(row.key),
        name=row.name if row.name is not None else row.key[:6],
        matrix_id=row.matrix_id,
        language=row.language,
        structure=row.structure,
        mention=bool(row.mention),
        weekly=bool(row.weekly),
        pause=row.pause,
    )


def _member(row: Row[Any]) -> Member:
    return Member(
        person=read_person(row),
        role=row.role,
        joined=row.here is not None,
        since=row.since,
        until=row.until,
    )
