"""A circle older than the daily look has one as soon as its database is upgraded."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage.engine import open_engine, writing
from storage.times import from_micros, to_micros
from storage.upgrade import upgrade
from tests.store.older import to_revision

BEFORE = "0004"
MONDAY = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5, hours=3)
CIRCLE = (
    "INSERT INTO circles VALUES (1, 'Littoral', 'littoral', 'territorial', 'active', '!r', 0, "
    "'[]', 'EUR', 'key')"
)
JOB = "INSERT INTO jobs (circle, kind, subject, due, done) VALUES (1, :kind, 0, :due, false)"


async def looks(url: str, *kinds: str) -> list[datetime]:
    """When the daily looks come, of a circle that had these jobs before the upgrade."""
    engine = open_engine(url)
    async with writing(engine) as connection:
        await connection.run_sync(to_revision, BEFORE)
        await connection.execute(text(CIRCLE))
        for kind in kinds:
            await connection.execute(text(JOB), {"kind": kind, "due": to_micros(MONDAY)})
    await upgrade(engine)
    async with engine.connect() as connection:
        found = await connection.execute(text("SELECT due FROM jobs WHERE kind = 'daily-look'"))
        due = [from_micros(row.due, UTC) for row in found]
    await engine.dispose()
    return due


async def test_it_comes_within_a_day_at_the_hour_of_the_summary(empty_url: str) -> None:
    [due] = await looks(empty_url, "weekly-summary")
    assert timedelta(0) < due - datetime.now(UTC) <= timedelta(days=1)
    assert due.time() == MONDAY.time()


async def test_a_circle_that_has_one_keeps_it(empty_url: str) -> None:
    assert await looks(empty_url, "weekly-summary", "daily-look") == [MONDAY]
