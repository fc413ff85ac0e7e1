"""Connections: drivers, pragmas, turns."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine, reading, writing


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


@pytest.mark.parametrize("kind", ["file"], indirect=True)
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
