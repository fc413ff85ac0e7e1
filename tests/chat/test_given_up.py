"""An event that can be neither handled nor refused is given up under a reference, in no silence."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.console.console import BOT, room_id
from bot.operations.vitals import vitals
from storage.accounts import NOBODY
from storage.engine import writing
from storage.mail import Admission
from tests.chat.scene import Scene, scene

CIRCLE = "alice> !cercle créer Littoral"


async def hears(made: Scene, payload: bytes) -> list[tuple[str | None, str]]:
    """What comes of an event as another program might have admitted it."""
    room = room_id("circle")
    one = Admission(event_id="$odd", room_id=room, at_ms=1_764_000_000_000, payload=payload)
    await made.console._inbox.admit(BOT, [one], None)
    await made.console._dispatcher.handle(one)
    return [(heard.room, heard.key) for heard in await made.console.drain()]


async def lose(made: Scene, table: str) -> None:
    """A part of the store is broken, as no program should find it."""
    async with writing(made.engine) as connection:
        await connection.execute(text(f"ALTER TABLE {table} RENAME TO lost"))


async def given_up(made: Scene, tmp_path) -> int:
    found = await vitals(made.engine, NOBODY, tmp_path, datetime.now(UTC))
    return found.waiting.given_up


@pytest.mark.parametrize("payload", [b"", b"{}", b'{"type":"message"}', b"\xff"])
async def test_a_payload_that_cannot_be_read_is_told_in_its_room(tmp_path, payload):
    async with scene(CIRCLE) as made:
        assert await hears(made, payload) == [("circle", "refused.failed")]
        assert await given_up(made, tmp_path) == 1


async def test_it_holds_nothing_up():
    async with scene(CIRCLE) as made:
        await hears(made, b"{}")
        assert await made.console._inbox.rooms_waiting() == ()
        assert await made.keys("alice> !action Encore") == ["action.added"]


async def test_where_the_refusal_fails_too_the_room_is_told_all_the_same(tmp_path):
    async with scene(CIRCLE) as made:
        await lose(made, "profiles")
        assert await made.keys("alice> !action Encore") == ["refused.failed"]
        assert await given_up(made, tmp_path) == 1


async def test_where_nothing_can_be_said_it_is_counted(tmp_path):
    async with scene(CIRCLE) as made:
        async with writing(made.engine) as connection:
            await connection.execute(
                text(
                    "CREATE TRIGGER broken BEFORE INSERT ON outbox "
                    "BEGIN SELECT RAISE(ABORT, 'broken'); END"
                )
            )
        assert await hears(made, b"{}") == []
        assert await given_up(made, tmp_path) == 1


async def test_the_reference_is_that_of_the_log():
    async with scene(CIRCLE) as made:
        await lose(made, "profiles")
        with capture_logs() as logs:
            [heard] = await made.play("alice> !action Encore")
        logged = {one["reference"] for one in logs if "reference" in one}
        assert logged == {heard.values["reference"]}
