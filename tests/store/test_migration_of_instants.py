"""A token kept by an older program is known to hold since the last event that came with it."""

import pytest
from sqlalchemy import text

from storage.engine import open_engine, writing
from storage.inbox import Inbox
from storage.mail import Token
from storage.upgrade import upgrade
from tests.store.older import to_revision

BOT, OTHER = "@souci:localhost", "@deux:localhost"
WRITTEN = (
    "INSERT INTO sync_tokens VALUES ('@souci:localhost', 's1'), ('@deux:localhost', 's2')",
    (
        "INSERT INTO inbox (account, event_id, room_id, at_ms, finished) VALUES "
        "('@souci:localhost', '$1', '!r', 7, TRUE), ('@souci:localhost', '$2', '!r', 5, FALSE)"
    ),
)


@pytest.mark.parametrize(("user", "token"), [(BOT, Token("s1", 7)), (OTHER, Token("s2", 0))])
async def test_a_kept_token_holds_since_the_last_event_of_its_account(empty_url, user, token):
    engine = open_engine(empty_url)
    async with writing(engine) as connection:
        await connection.run_sync(to_revision, "0009")
        for statement in WRITTEN:
            await connection.execute(text(statement))
    await upgrade(engine)
    assert await Inbox(engine).token(user) == token
    await engine.dispose()
