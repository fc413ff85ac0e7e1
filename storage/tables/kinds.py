"""What columns hold that programs read: instants, days, words of ours, JSON. Each written once.

A value is coded and decoded here and nowhere else; `stored` gives a column as the database has it,
for what looks at rows that may not decode, or carries them as they are.
"""

from abc import abstractmethod
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

from storage.times import EPOCH, MICROSECOND, to_micros

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

Process = Callable[[Any], Any]
"""What becomes of a value on its way in or out."""

UNREADABLE: Final = (ValueError, LookupError, TypeError, OverflowError, msgspec.MsgspecError)
"""What reading a value that does not decode raises, zones and unknown words included."""

# A day within what Python can tell, so that any zone can.
_FIRST: Final = to_micros(datetime.min.replace(tzinfo=UTC) + timedelta(days=1))
_LAST: Final = to_micros(datetime.max.replace(tzinfo=UTC) - timedelta(days=1))


class Coded(TypeDecorator[T]):
    """A value that the database keeps as text or as a number.

    Its processors are given whole, as they run for every value of every row.
    """

    @abstractmethod
    def write(self, value: T) -> Any:
        """What is kept of a value."""

    @abstractmethod
    def read(self, kept: Any) -> T:
        """The value back; raises one of `UNREADABLE` for what does not decode."""

    def bind_processor(self, _dialect: Dialect) -> Process:
        write = self.write
        return lambda value: None if value is None else write(value)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Process:
        read = self.read
        return lambda kept: None if kept is None else read(kept)


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
        return EPOCH + kept * MICROSECOND


class DayColumn(Coded[date]):
    """A day, as ISO text: the order of the text is that of the days."""

    impl = Text
    cache_ok = True

    def write(self, value: date) -> str:
        return value.isoformat()

    def read(self, kept: str) -> date:
        return date.fromisoformat(kept)


class WordColumn(Coded[E]):
    """One of the words of an enum, as text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words
        # A look into a table costs a tenth of asking the enum; a word is as well its own value.
        self._kept: dict[Any, str | None] = {None: None} | {one: one.value for one in words}
        self._read: dict[Any, E | None] = {None: None} | {one.value: one for one in words}

    def write(self, value: E) -> str:
        return self.words(value).value

    def read(self, kept: str) -> E:
        return self.words(kept)

    def bind_processor(self, _dialect: Dialect) -> Process:
        return self._kept.__getitem__

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Process:
        return self._read.__getitem__


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

    def result_processor(self, dialect: Dialect, coltype: object) -> Process:
        lost = self.lost
        if lost is None:
            return super().result_processor(dialect, coltype)

        def read_or_lost(kept: str | None) -> T | None:
            try:
                return None if kept is None else self.read(kept)
            except UNREADABLE:
                return lost(kept or "")

        return read_or_lost


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
