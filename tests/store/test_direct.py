"""A statement answers the same the first time and ever after, whatever its way to the database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from storage.engine import writing
from storage.session import PerDialect, Statements, upsert
from storage.tables.kinds import stored
from storage.tables.mail import names_borne, rooms
from storage.uow import Store

TIMES = 4
NOW = datetime(2026, 11, 24, tzinfo=UTC)
INSERT = insert(rooms)


def room(room_id: str, *, direct: bool = False, number: int = 0) -> dict[str, object]:
    return {
        "room_id": room_id,
        "name": None,
        "direct": direct,
        "encrypted": True,
        "powers": {"@bob:localhost": number},
        "default_power": 0,
        "state_power": 50,
    }


@pytest.fixture
async def session(store: Store):
    async with writing(store.engine) as connection:
        yield Statements(connection)


async def test_rows_answer_by_name_with_their_types(session: Statements) -> None:
    await session.run(insert(rooms), room("!a", direct=True))
    statement = select(rooms.c.direct, rooms.c.name, rooms.c.state_power, func.count().label("n"))
    statement = statement.group_by(rooms.c.room_id)
    seen = [(await session.all(statement))[0] for _ in range(TIMES)]
    assert {(row.direct, row.name, row.state_power, row.n) for row in seen} == {(True, None, 50, 1)}
    assert all(row.direct is True for row in seen)


async def test_a_column_without_name_is_reached_by_its_place(session: Statements) -> None:
    await session.run(insert(rooms), room("!a"))
    statement = select(select(rooms.c.room_id).scalar_subquery())
    assert [tuple(*await session.all(statement)) for _ in range(TIMES)] == [("!a",)] * TIMES


async def test_rows_written_come_back_as_asked(session: Statements) -> None:
    statement = insert(rooms).returning(rooms.c.room_id, rooms.c.encrypted)
    for number in range(TIMES):
        [row] = await session.all(statement, room(f"!{number}"))
        assert tuple(row) == (f"!{number}", True)


async def test_constants_and_values_find_their_places(session: Statements) -> None:
    await session.run(insert(rooms), [room("!a"), room("!b")])
    statement = (
        update(rooms)
        .where(rooms.c.room_id == bindparam("which"), rooms.c.state_power < 90)
        .values(direct=True, name=bindparam("called"))
    )
    touched = [await session.run(statement, {"which": "!b", "called": "B"}) for _ in range(TIMES)]
    assert touched == [1] * TIMES
    names = await session.all(select(rooms.c.name, rooms.c.direct).order_by(rooms.c.room_id))
    assert [tuple(row) for row in names] == [(None, False), ("B", True)]


async def test_values_are_coded_and_decoded_both_ways(session: Statements) -> None:
    statement = select(rooms.c.powers).where(rooms.c.room_id == bindparam("which"))
    for number in range(TIMES):
        await session.run(INSERT, room(f"!{number}", number=number))
    told = [await session.all(statement, {"which": f"!{number}"}) for number in range(TIMES)]
    assert [row.powers for [row] in told] == [{"@bob:localhost": n} for n in range(TIMES)]


async def test_constants_are_coded(session: Statements) -> None:
    await session.run(insert(rooms), room("!a"))
    statement = update(rooms).values(powers={"@alice:localhost": 50})
    for _ in range(TIMES):
        await session.run(statement)
    [kept] = await session.all(select(stored(rooms.c.powers)))
    assert tuple(kept) == ('{"@alice:localhost":50}',)


@pytest.mark.parametrize("before", range(TIMES))
async def test_what_cannot_be_kept_is_told_before_anything_is_sent(
    session: Statements, before: int
) -> None:
    statement = insert(names_borne)
    borne = {"room_id": "!a", "user_id": "@bob:localhost", "since": NOW}
    for number in range(before):
        await session.run(statement, borne | {"name": f"Bob {number}"})
    rows = [borne | {"name": "Bob"}, borne | {"name": "Robert", "since": NOW.replace(tzinfo=None)}]
    with pytest.raises(StatementError, match="offset-naive"):
        await session.run(statement, rows)
    assert len(await session.all(select(names_borne))) == before


async def test_several_sets_of_values_are_all_written(session: Statements) -> None:
    statement = upsert(rooms, "room_id")
    for _ in range(TIMES):
        await session.run(statement, [room("!a"), room("!b")])
    count = await session.first(select(func.count()).select_from(rooms))
    assert count is not None
    assert count[0] == 2


async def test_no_set_of_values_is_nothing_to_do(session: Statements) -> None:
    statement = upsert(rooms, "room_id")
    assert [await session.run(statement, []) for _ in range(TIMES)] == [0] * TIMES


async def test_a_statement_may_be_sent_with_other_names(session: Statements) -> None:
    """Columns left out take their default, whichever were told before."""
    for number in range(TIMES):
        values = room(f"!{number}")
        if number % 2:
            del values["name"]
        await session.run(INSERT, values)
    rows = await session.all(select(rooms.c.name))
    assert [row.name for row in rows] == [None] * TIMES


async def test_a_list_of_values_is_of_any_length(session: Statements) -> None:
    await session.run(insert(rooms), [room("!a"), room("!b"), room("!c")])
    statement = select(rooms.c.room_id).where(rooms.c.room_id.in_(bindparam("ids", expanding=True)))
    lengths = [
        len(await session.all(statement, {"ids": ids})) for ids in (["!a"], ["!a", "!b"], [])
    ]
    assert lengths == [1, 2, 0]


@pytest.mark.parametrize("before", range(TIMES))
async def test_errors_are_sqlalchemy_s(session: Statements, before: int) -> None:
    statement = PerDialect(lambda insert: insert(rooms))
    for number in range(before):
        await session.run(statement, room(f"!{number}"))
    await session.run(statement, room("!same"))
    with pytest.raises(IntegrityError):
        await session.run(statement, room("!same"))
