"""What columns hold is coded and decoded in one place, to the value that was given."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, MetaData, Table, Text, bindparam, func, insert, select, type_coerce
from sqlalchemy.dialects import postgresql, sqlite

from circle.actions import ActionState
from storage.session import Statements
from storage.tables.kinds import (
    UNREADABLE,
    Coded,
    DayColumn,
    Instant,
    Json,
    WordColumn,
    stored,
    stored_table,
)
from storage.tables.mail import rooms
from storage.uow import SqlUnitOfWork

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 10, 25, 2, 30, 0, 1, tzinfo=PARIS).astimezone(UTC)
VALUES: list[tuple[Coded[Any], Any, Any]] = [
    (Instant(), AT, 1_792_888_200_000_001),
    (Instant(), datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), -1_000_000),
    (DayColumn(), date(2026, 2, 28), "2026-02-28"),
    (WordColumn(ActionState), ActionState.DONE, "done"),
    (Json(tuple[str, ...]), ("é", "b"), '["é","b"]'),
    (Json(tuple[date, ...]), (date(2026, 2, 28),), '["2026-02-28"]'),
]


@pytest.mark.parametrize(("kind", "value", "kept"), VALUES)
@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
def test_a_value_is_kept_so_and_comes_back(dialect, kind, value, kept) -> None:
    assert kind.bind_processor(dialect)(value) == kept
    assert kind.result_processor(dialect, None)(kept) == value


@pytest.mark.parametrize("kind", [kind for kind, _, _ in VALUES])
def test_nothing_stays_nothing(kind: Coded[Any]) -> None:
    dialect = sqlite.dialect()
    assert kind.bind_processor(dialect)(None) is None
    assert kind.result_processor(dialect, None)(None) is None


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        (Instant(), 2**62),
        (Instant(), -(2**62)),
        (DayColumn(), "2026-02-30"),
        (WordColumn(ActionState), "oops"),
        (Json(tuple[str, ...]), "[1]"),
        (Json(dict[str, int]), "{"),
    ],
)
def test_what_does_not_decode_is_told(kind: Coded[Any], kept: object) -> None:
    with pytest.raises(UNREADABLE):
        kind.result_processor(sqlite.dialect(), None)(kept)


def test_an_instant_without_a_zone_is_not_kept() -> None:
    with pytest.raises(TypeError):
        Instant().write(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_word_that_is_none_of_the_enum_is_not_kept() -> None:
    with pytest.raises(ValueError, match="oops"):
        WordColumn(ActionState).write("oops")


def test_what_does_not_decode_may_have_something_in_its_place() -> None:
    kind = Json(tuple[str, ...], lambda kept: (kept,))
    assert kind.result_processor(sqlite.dialect(), None)("{") == ("{",)
    with pytest.raises(UNREADABLE):
        kind.read("{")


async def test_a_column_can_be_looked_at_as_it_is_stored(uow: SqlUnitOfWork) -> None:
    session: Statements = uow.session
    room = {"room_id": "!a", "direct": False, "encrypted": False}
    room |= {"default_power": 0, "state_power": 50}
    await session.run(insert(stored_table(rooms)), room | {"powers": "oops"})
    [row] = await session.all(select(rooms.c.powers, stored(rooms.c.powers).label("kept")))
    assert (row.powers, row.kept) == ({}, "oops")


def test_a_sum_of_instants_is_none_but_the_latest_is_an_instant() -> None:
    table = Table("t", MetaData(), Column("at", Instant))
    assert isinstance(func.max(table.c.at).type, Instant)
    assert isinstance((table.c.at < bindparam("now")).right.type, Instant)
    assert isinstance(type_coerce(table.c.at, Text).type, Text)


def test_days_and_instants_are_kept_in_their_order() -> None:
    days = [date(999, 12, 31), date(2026, 2, 9), date(2026, 10, 1)]
    assert sorted(map(DayColumn().write, days)) == [DayColumn().write(day) for day in days]
    instants = [AT - timedelta(days=99999), AT, AT + timedelta(microseconds=1)]
    assert sorted(map(Instant().write, instants)) == [Instant().write(at) for at in instants]
