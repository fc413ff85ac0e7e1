"""Those who are in a room when names begin to be kept bear theirs since they are of its circle."""

from datetime import UTC, datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine, reading, writing
from storage.tables.mail import names_borne
from storage.times import EPOCH
from storage.upgrade import upgrade
from tests.store.older import to_revision

BEFORE = "0009"
WRITTEN = (
    (
        "INSERT INTO circles (id, name, folded, kind, state, room_id, created_at, aliases, "
        "currency, settings_key) VALUES (1, 'Littoral', 'littoral', 'territorial', 'active', "
        "'!r', 0, '[]', 'EUR', 'key')"
    ),
    "INSERT INTO people VALUES ('alice', FALSE, NULL)",
    "INSERT INTO profiles VALUES ('alice', 'Alice Blé', '@alice:l', NULL, FALSE)",
    "INSERT INTO memberships VALUES (1, 'alice', 'steward', '2026-11-24', NULL)",
    "INSERT INTO room_members VALUES ('!r', '@alice:l', 'Alice Blé')",
    "INSERT INTO room_members VALUES ('!other', '@alice:l', 'Alice')",
)


async def test_names_are_borne_since_somebody_is_of_the_circle(empty_url: str) -> None:
    engine = open_engine(empty_url)
    await write(engine)
    await upgrade(engine)
    async with reading(engine) as connection:
        rows = await connection.execute(select(names_borne).order_by(names_borne.c.since))
        told = [tuple(row) for row in rows]
    await engine.dispose()
    assert told == [
        ("!other", "@alice:l", "Alice", EPOCH),
        ("!r", "@alice:l", "Alice Blé", datetime(2026, 11, 24, tzinfo=UTC)),
    ]


async def write(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        await connection.run_sync(to_revision, BEFORE)
        for statement in WRITTEN:
            await connection.execute(text(statement))
