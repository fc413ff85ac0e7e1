"""Rows as frozen values, and back: one mapper for every table."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import Field, fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Row, Table

from storage.tables.kinds import Instant
from storage.times import LocalTime

T = TypeVar("T")
_AS_NAMED: Final[Mapping[str, str]] = MappingProxyType({})


def _getter(names: Iterable[str]) -> Callable[[Any], Iterable[Any]]:
    """What gets these attributes of something, in their order."""
    several = tuple(names)
    if len(several) > 1:
        return attrgetter(*several)
    return lambda value: [getattr(value, name) for name in several]


class Mapper(Generic[T]):
    """The rows of a table as values of a frozen dataclass, and back.

    A field is in the column of its name, or in the one that `renamed` tells. `joined`: fields read
    from texts of another table, empty where there are none. Fields that are in no column, and those
    that mean something else there, are told to `read` and `row`.
    """

    def __init__(
        self,
        made: type[T],
        table: Table,
        *,
        joined: Collection[str] = (),
        renamed: Mapping[str, str] = _AS_NAMED,
    ) -> None:
        all_fields: tuple[Field[Any], ...] = fields(made)  # type: ignore[arg-type] # T is a dataclass
        columns = {one.name: renamed.get(one.name, one.name) for one in all_fields}
        kept = {name: column for name, column in columns.items() if column in table.c}
        given = table.autoincrement_column
        self._made = made
        self._read = tuple(name for name in columns if name in kept or name in joined)
        self._get = _getter(columns[name] for name in self._read)
        self._instants = self._places(
            name for name in kept if isinstance(table.c[kept[name]].type, Instant)
        )
        self._texts = self._places(joined)
        written = {n: c for n, c in kept.items() if given is None or c != given.name}
        self._columns = tuple(written.values())
        self._values = _getter(written)

    def _places(self, names: Any) -> tuple[int, ...]:
        return tuple(self._read.index(name) for name in names)

    def read(self, row: Row[Any], times: LocalTime | None = None, /, **more: object) -> T:
        """The value of a row, its instants as `times` tells them (without it, in UTC)."""
        values = list(self._get(row))
        if times is not None:
            for place in self._instants:
                if values[place] is not None:
                    values[place] = times.at(values[place])
        for place in self._texts:
            values[place] = values[place] or ""
        told = dict(zip(self._read, values, strict=True))
        told.update(more)
        return self._made(**told)

    def row(self, value: T, /, **more: object) -> dict[str, Any]:
        """The columns of a value, but what the database gives by itself; `more` go over them."""
        columns = dict(zip(self._columns, self._values(value), strict=True))
        columns.update(more)
        return columns
