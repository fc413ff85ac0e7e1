"""A row is a value and a value a row, whatever the table."""

from collections import namedtuple
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from storage.mapping import Mapper
from storage.tables.kinds import DayColumn, Instant
from storage.times import LocalTime

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    number: int
    at: datetime
    until: datetime | None
    day: date
    text: str
    about: tuple[str, ...] = ()
    id: int | None = None


NOTES = Table(
    "notes",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("circle", Integer),
    Column("numero", Integer),
    Column("at", Instant),
    Column("until", Instant),
    Column("day", DayColumn),
)
MAPPER = Mapper(Note, NOTES, joined=("text",), renamed={"number": "numero"})
Found = namedtuple("Found", "id circle numero at until day text")  # noqa: PYI024
ROW = Found(7, 1, 3, NOON, None, date(2026, 11, 24), None)
NOTE = Note(number=3, at=NOON, until=None, day=date(2026, 11, 24), text="", id=7)


def test_a_row_is_the_value_of_its_columns() -> None:
    assert MAPPER.read(ROW) == NOTE


def test_instants_are_told_in_the_zone_of_then_and_no_other_column() -> None:
    read = MAPPER.read(ROW, LocalTime("Europe/Paris"))
    assert (read.at, read.at.tzinfo, read.until) == (NOON, ZoneInfo("Europe/Paris"), None)
    assert read.day == date(2026, 11, 24)


def test_what_is_in_no_column_is_told() -> None:
    assert MAPPER.read(ROW, about=("A1",)).about == ("A1",)


def test_what_means_something_else_there_is_told_instead() -> None:
    assert MAPPER.read(ROW, number=9).number == 9


def test_a_value_is_the_columns_that_the_database_does_not_give() -> None:
    columns = {"numero": 3, "at": NOON, "until": None, "day": date(2026, 11, 24), "circle": 1}
    assert MAPPER.row(NOTE, circle=1) == columns


def test_a_field_that_nothing_tells_is_an_error() -> None:
    other = Table("other", MetaData(), Column("id", Integer), Column("at", Instant))
    with pytest.raises(TypeError, match="day"):
        Mapper(Note, other).read(ROW)


def test_a_text_of_another_table_is_read_along() -> None:
    assert MAPPER.read(ROW._replace(text="bonjour")).text == "bonjour"
