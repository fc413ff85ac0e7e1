"""What columns hold that programs read: instants, days, words of ours, JSON. Each written once.

A value is coded and decoded here and nowhere else; `stored` gives a column as the database has it,
for what looks at rows that may not decode, or carries them as they are.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Table,
    TableClause,
    Text,
    column,
    table,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.times import EPOCH, to_micros

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

UNREADABLE: Final = (ValueError, LookupError, TypeError, OverflowError, msgspec.MsgspecError)
"""What reading a value that does not decode raises, zones and unknown words included."""

# A day within what Python can tell, so that any zone can.
_FIRST: Final = to_micros(datetime.min.replace(tzinfo=UTC) + timedelta(days=1))
_LAST: Final = to_micros(datetime.max.replace(tzinfo=UTC) - timedelta(days=1))


class Coded(TypeDecorator[T]):
    """A value that the database keeps as text or as a number."""

    def write(self, value: T) -> Any:
        """What is kept of a value."""
        raise NotImplementedError

    def read(self, kept: Any) -> T:
        """The value back; raises one of `UNREADABLE` for what does not decode."""
        raise NotImplementedError

    def process_bind_param(self, value: T | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:  # noqa: ARG002
        return None if value is None else self.read(value)


class Instant(Coded[datetime]):
    """A zone-aware instant, as microseconds since 1970 UTC: exact whatever the database.

    It comes back in UTC: the mapper puts it in the zone that its circle had then.
    """

    impl = BigInteger
    cache_ok = True

    def write(self, value: datetime) -> int:
        return to_micros(value)

    def read(self, kept: int) -> datetime:
        if not _FIRST <= kept <= _LAST:
            raise OverflowError(f"no instant: {kept}")
        return EPOCH + timedelta(microseconds=kept)


class Day(Coded[date]):
    """A day, as ISO text: the order of the text is that of the days."""

    impl = Text
    cache_ok = True

    def write(self, value: date) -> str:
        return value.isoformat()

    def read(self, kept: str) -> date:
        return date.fromisoformat(kept)


class Word(Coded[E]):
    """One of the words of an enum, as text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def write(self, value: E) -> str:
        return self.words(value).value

    def read(self, kept: str) -> E:
        return self.words(kept)


class Json(Coded[T]):
    """A value of that type, as JSON text. `lost`: what is read where it does not decode."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any, lost: Callable[[str], T] | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.lost = lost
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(kind)

    def write(self, value: T) -> str:
        return msgspec.json.encode(value).decode()

    def read(self, kept: str) -> T:
        return self._decoder.decode(kept)

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        if self.lost is None or value is None:
            return super().process_result_value(value, dialect)
        try:
            return self.read(value)
        except UNREADABLE:
            return self.lost(value)


def stored_type(typed: ColumnElement[Any]) -> TypeEngine[Any]:
    """The type that the database has for the column."""
    kind = typed.type
    return kind.impl_instance if isinstance(kind, Coded) else kind


def stored(typed: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as the database has it, nothing decoded."""
    return type_coerce(typed, stored_type(typed)) if isinstance(typed.type, Coded) else typed


def stored_table(whole: Table) -> TableClause:
    """The table as the database has it, nothing decoded nor coded."""
    columns = (column(one.name, stored_type(one)) for one in whole.c)
    return table(whole.name, *columns)
