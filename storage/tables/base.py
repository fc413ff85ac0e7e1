"""What all tables share: one metadata and the few kinds of columns.

Instants are integers: microseconds since 1970 UTC, exact whatever the database; the circle's zone
is put back when they are read. Days are ISO text. Amounts are cents. JSON is text.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Text

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT: Final = "instant"
"""Marks, in `Column.info`, the instants among the numbers."""

# SQLite numbers rows by itself only in a column of type INTEGER.
RowId: Final = BigInteger().with_variant(Integer(), "sqlite")


def row_id(name: str = "id") -> Column[int]:
    """The number of a row, given by the database, growing."""
    return Column(name, RowId, primary_key=True)


def instant(name: str, *, nullable: bool = False) -> Column[int]:
    """An instant in microseconds since 1970 UTC."""
    return Column(name, BigInteger, nullable=nullable, info={INSTANT: True})


def cents(name: str) -> Column[int]:
    """An amount that may be missing, in cents."""
    return Column(name, BigInteger, nullable=True)


def text(name: str, *, nullable: bool = False) -> Column[str]:
    """Words, a day, an enum's value or JSON."""
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
