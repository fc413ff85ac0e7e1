"""What all tables share: one metadata and the few kinds of columns.

What programs read in a column (an instant, a day, a word, JSON) is told by its type, in `kinds`.
Amounts are cents.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Text

from storage.tables.kinds import DayColumn, Instant, Json, WordColumn

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

E = TypeVar("E", bound=StrEnum)

# SQLite numbers rows by itself only in a column of type INTEGER.
RowId: Final = BigInteger().with_variant(Integer(), "sqlite")
NUMBERED_ONCE: Final[dict[str, Any]] = {"sqlite_autoincrement": True}
"""Of a table: the number of a row that was deleted is never given again.

For rows that are known by their number beyond a transaction, while others may delete them.
"""


def row_id(name: str = "id") -> Column[int]:
    """The number of a row, given by the database, growing."""
    return Column(name, RowId, primary_key=True)


def instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    """An instant."""
    return Column(name, Instant, nullable=nullable)


def day(name: str, *, nullable: bool = False) -> Column[date]:
    """A day."""
    return Column(name, DayColumn, nullable=nullable)


def word(
    name: str, words: type[E], *, nullable: bool = False, primary_key: bool = False
) -> Column[E]:
    """One of the words of an enum."""
    return Column(name, WordColumn(words), nullable=nullable, primary_key=primary_key)


def json(
    name: str,
    kind: Any,
    *,
    lost: Callable[[str], Any] | None = None,
    nullable: bool = False,
    server_default: str | None = None,
) -> Column[Any]:
    """A value of that type, as JSON; `lost`: what is read where it does not decode."""
    kept: Json[Any] = Json(kind, lost)
    return Column(name, kept, nullable=nullable, server_default=server_default)


def cents(name: str) -> Column[int]:
    """An amount that may be missing, in cents."""
    return Column(name, BigInteger, nullable=True)


def text(name: str, *, nullable: bool = False) -> Column[str]:
    """What people write, or what is read in its own way (see `storage.coded`)."""
    return Column(name, Text, nullable=nullable)


def number(name: str, *, nullable: bool = False) -> Column[int]:
    """A small number: a thing's number in its circle, a count of minutes."""
    return Column(name, Integer, nullable=nullable)


def circle(*, primary_key: bool = False) -> Column[int]:
    """The circle a row belongs to."""
    return Column(
        "circle", RowId, ForeignKey("circles.id"), primary_key=primary_key, nullable=False
    )


def person(name: str, *, nullable: bool = False) -> Column[str]:
    """The opaque key of a person."""
    return Column(name, Text, ForeignKey("people.key"), nullable=nullable)


def of_circle(column: str, table: str) -> ForeignKeyConstraint:
    """A thing of the same circle, by its number: rows never name another circle's things."""
    number_column = "id" if table == "workstreams" else "number"
    return ForeignKeyConstraint(["circle", column], [f"{table}.circle", f"{table}.{number_column}"])
