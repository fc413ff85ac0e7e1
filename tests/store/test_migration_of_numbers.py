"""What waits in an older database stays, and a number that it gave is not given again."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import Rules
from storage.engine import open_engine, writing
from storage.mail import Letter
from storage.outbox import Outbox
from storage.receipts import ReceiptQueue
from storage.uow import Store
from storage.upgrade import upgrade
from tests.kept import EVER
from tests.store.older import to_revision

WRITTEN = (
    (
        "INSERT INTO circles (id, name, folded, kind, state, room_id, created_at, aliases, "
        "currency, settings_key) VALUES (1, 'Littoral', 'littoral', 'territorial', 'active', '!r', "
        "0, '[]', 'EUR', 'key')"
    ),
    "INSERT INTO people VALUES ('alice', FALSE, NULL)",
    (
        "INSERT INTO receipts (circle, item, by, at, event_id, name, mimetype, size, attachment) "
        "VALUES (1, 1, 'alice', 0, '$1', 't.jpg', 'image/jpeg', 9, '{}')"
    ),
    "INSERT INTO discarded_receipts (circle, sha256) VALUES (1, 'a')",
    (
        "INSERT INTO outbox (cause, ordinal, txn_id, lane, room_id, event_type, content, "
        "scheduled) VALUES ('$1', 0, 'txn', '!r', '!r', 'm.reaction', '{\"n\": 1}', FALSE)"
    ),
)


@pytest.fixture
async def upgraded(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """A database of the program before, where something waits, brought up to date."""
    engine = open_engine(empty_url)
    async with writing(engine) as connection:
        await connection.run_sync(to_revision, "0015")
        for statement in WRITTEN:
            await connection.execute(text(statement))
    await upgrade(engine)
    yield engine
    await engine.dispose()


async def test_what_waits_stays(upgraded: AsyncEngine) -> None:
    queue = ReceiptQueue(upgraded)
    assert [one.event_id for one in await queue.due(EVER, 9)] == ["$1"]
    assert [sha256 for _, sha256 in await queue.discarded()] == ["a"]
    [letter] = await Outbox(upgraded).ready(0)
    assert (letter.txn_id, letter.letter.content) == ("txn", {"n": 1})


async def test_the_number_of_a_letter_that_was_withdrawn_is_not_given_again(
    upgraded: AsyncEngine,
) -> None:
    [withdrawn] = await Outbox(upgraded).ready(0)
    async with writing(upgraded) as connection:
        await connection.execute(text("DELETE FROM outbox"))
    letter = Letter(
        cause="$2", ordinal=0, room_id="!r", to_user=None, event_type="m.reaction", content={}
    )
    async with Store(upgraded, Rules()).transaction() as uow:
        await uow.outbox.add([letter])
    [written] = await Outbox(upgraded).ready(0)
    assert written.row > withdrawn.row
