"""The settings of circles: appended rows, read once and kept until they change.

A circle's row holds a `settings_key`, random and new at each change. What is kept in memory is
named by it, so that neither a rollback nor another process can make it lie.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import uuid4

import msgspec
from sqlalchemy import Row, bindparam, insert, select, update

from circle.circles import CircleId, Rules, Setting, rules_on
from storage.coded import UNREADABLE, read_setting
from storage.mapping import Mapper
from storage.session import Statements
from storage.tables.circles import circles, settings
from storage.times import LocalTime

_KEY: Final = select(circles.c.id, circles.c.settings_key).where(circles.c.id == bindparam("id"))
_KEYS: Final = select(circles.c.id, circles.c.settings_key).where(
    circles.c.id.in_(bindparam("ids", expanding=True))
)
_OF: Final = (
    select(settings)
    .where(settings.c.circle.in_(bindparam("ids", expanding=True)))
    .order_by(settings.c.id)
)
_ADD: Final = insert(settings)
_SETTING: Final = Mapper(Setting, settings)
_RENEW: Final = (
    update(circles).where(circles.c.id == bindparam("which")).values(settings_key=bindparam("key"))
)


def new_key() -> str:
    """A name for a set of settings, never given before."""
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class KeptSettings:
    """The settings of a circle and the local time they make, as named by `key`."""

    key: str
    settings: tuple[Setting, ...]
    times: LocalTime
    default: Rules

    def rules_on(self, day: date) -> Rules:
        """The rules of the circle on that day."""
        return rules_on(day, self.settings, self.default) if self.settings else self.default


class KnownSettings:
    """What is kept in memory between transactions. `default`: the rules nobody has set."""

    def __init__(self, default: Rules) -> None:
        self.default = default
        self.held: dict[CircleId, KeptSettings] = {}


class Settings:
    """The settings of circles within one transaction."""

    def __init__(self, session: Statements, known: KnownSettings) -> None:
        self._session = session
        self._known = known
        self._checked: dict[CircleId, KeptSettings] = {}

    async def named(self, keys: Mapping[CircleId, str]) -> Mapping[CircleId, KeptSettings]:
        """The settings of circles whose keys were just read."""
        held = {id_: self._known.held[id_] for id_, key in keys.items() if self._holds(id_, key)}
        missing = [id_ for id_ in keys if id_ not in held]
        if missing:
            rows = await self._session.all(_OF, {"ids": missing})
            for id_ in missing:
                mine = [row for row in rows if row.circle == id_]
                held[id_] = _held(keys[id_], mine, self._known.default)
            self._known.held.update(held)
        self._checked.update(held)
        return held

    def _holds(self, circle: CircleId, key: str) -> bool:
        held = self._known.held.get(circle)
        return held is not None and held.key == key

    async def of(self, circle: CircleId) -> KeptSettings:
        """The settings of one circle; LookupError if there is no such circle."""
        if circle in self._checked:
            return self._checked[circle]
        row = await self._session.first(_KEY, {"id": circle})
        if row is None:
            raise LookupError(f"no circle {circle}")
        return (await self.named({circle: row.settings_key}))[circle]

    async def times(self, circle: CircleId) -> LocalTime:
        """The local time of one circle."""
        return (await self.of(circle)).times

    async def times_of(self, ids: Iterable[CircleId]) -> Mapping[CircleId, LocalTime]:
        """The local time of several circles."""
        rows = await self._session.all(_KEYS, {"ids": sorted(set(ids))})
        held = await self.named({CircleId(row.id): row.settings_key for row in rows})
        return {id_: one.times for id_, one in held.items()}

    async def add(self, circle: CircleId, setting: Setting) -> None:
        """Append a setting."""
        value = msgspec.json.encode(setting.value).decode()
        await self._session.run(_ADD, _SETTING.row(setting, circle=circle, value=value))
        await self._session.run(_RENEW, {"which": circle, "key": new_key()})
        self._checked.pop(circle, None)


class UnitPart:
    """What a unit of work reads and writes of circles, within one transaction."""

    def __init__(self, session: Statements, settings: Settings) -> None:
        self._session = session
        self._settings = settings


def _held(key: str, rows: Iterable[Row[Any]], default: Rules) -> KeptSettings:
    read = list(_readable(rows))
    changes = [(row.since, str(value)) for row, value in read if row.name == "timezone"]
    times = LocalTime(default.timezone, changes)
    told = tuple(_SETTING.read(row, times, value=value) for row, value in read)
    return KeptSettings(key, told, times, default)


def _readable(rows: Iterable[Row[Any]]) -> Iterator[tuple[Row[Any], object]]:
    """The settings with their values; one that does not decode is as if it had not been made."""
    for row in rows:
        with suppress(*UNREADABLE):
            yield row, read_setting(row.name, row.value)
