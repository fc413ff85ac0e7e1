"""Connections: drivers, pragmas, turns."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine, reading, writing
from storage.session import Statements
from storage.sqlite.driver import InlineConnection


async def value(engine: AsyncEngine, statement: str) -> object:
    async with reading(engine) as connection:
        return (await connection.execute(text(statement))).scalar_one()


@pytest.mark.parametrize(
    ("plain", "driver"),
    [
        ("sqlite:///souci.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite://", "sqlite+aiosqlite"),
        ("postgres://localhost/souci", "postgresql+asyncpg"),
        ("postgresql://localhost/souci", "postgresql+asyncpg"),
        ("postgresql+asyncpg://localhost/souci", "postgresql+asyncpg"),
    ],
)
def test_a_plain_url_gets_its_async_driver(plain: str, driver: str) -> None:
    assert open_engine(plain).url.drivername == driver


@pytest.mark.parametrize("kind", ["file", "plain"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
    ],
)
async def test_a_sqlite_file_is_durable(engine: AsyncEngine, pragma: str, expected: object) -> None:
    assert await value(engine, f"PRAGMA {pragma}") == expected


@pytest.mark.parametrize("kind", ["memory"], indirect=True)
async def test_in_memory_foreign_keys_are_held(engine: AsyncEngine) -> None:
    assert await value(engine, "PRAGMA foreign_keys") == 1


async def test_everything_in_memory_is_one_database(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        await connection.execute(text("CREATE TABLE scratch (n INTEGER)"))
        await connection.execute(text("INSERT INTO scratch VALUES (7)"))
    assert await value(engine, "SELECT n FROM scratch") == 7


@pytest.mark.parametrize(("kind", "fast"), [("file", True), ("plain", False)], indirect=["kind"])
async def test_the_fast_road_can_be_switched_off(engine: AsyncEngine, fast: object) -> None:
    async with reading(engine) as connection:
        raw = await connection.get_raw_connection()
        assert (type(raw.driver_connection) is InlineConnection) is fast
    async with writing(engine) as connection:
        assert (Statements(connection)._shortcut is not None) is fast
