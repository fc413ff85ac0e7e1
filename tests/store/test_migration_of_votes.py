"""What votes held back before amounts were written is held back after."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import CircleId, Rules
from circle.figures import Commitment
from storage.engine import open_engine, writing
from storage.uow import Store
from storage.upgrade import upgrade
from tests.store.older import to_revision

BEFORE = "0009"
CIRCLE = CircleId(1)
WRITTEN = (
    (
        "INSERT INTO circles (id, name, folded, kind, state, room_id, created_at, aliases, "
        "currency, settings_key) VALUES (1, 'Littoral', 'littoral', 'territorial', 'active', '!r', "
        "0, '[]', 'EUR', 'key')"
    ),
    "INSERT INTO people VALUES ('alice', FALSE, NULL)",
    (
        "INSERT INTO actions (circle, number, title, state, added_by, added_at, moved_at) "
        "VALUES (1, 1, 'Café', 'open', 'alice', 0, 0)"
    ),
)
VOTE = text(
    "INSERT INTO votes (circle, number, rule, question, opened_by, opened_at, closes, electorate, "
    "options, budget, action, secret, hidden, version, closed_at, outcome, released) VALUES "
    "(1, :number, :rule, 'Quoi ?', 'alice', 0, 1, '[\"alice\"]', '[]', :budget, :action, FALSE, "
    "FALSE, 1, 1, :outcome, :released)"
)
VOTES = (
    # number, rule, budget, action, outcome, released
    (1, "majority", 15000, 1, "adopted", False),
    (2, "consent", 20000, None, "adopted", False),
    (3, "majority", 30000, None, "rejected", False),
    (4, "majority", 40000, None, "adopted", True),
    (5, "majority", None, None, "adopted", False),
    (6, "shares", 90000, None, "decided", False),
)
NAMES = ("number", "rule", "budget", "action", "outcome", "released")


@pytest.fixture
async def upgraded(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """A database of the program before, with its votes, brought up to date."""
    engine = open_engine(empty_url)
    async with writing(engine) as connection:
        await connection.run_sync(to_revision, BEFORE)
        for statement in WRITTEN:
            await connection.execute(text(statement))
        for row in VOTES:
            await connection.execute(VOTE, dict(zip(NAMES, row, strict=True)))
    await upgrade(engine)
    yield engine
    await engine.dispose()


async def test_adopted_votes_hold_what_they_held(upgraded: AsyncEngine) -> None:
    async with Store(upgraded, Rules()).reading() as uow:
        held = await uow.ledger.commitments(CIRCLE)
    assert held == (Commitment(1, 15000, 1), Commitment(2, 20000, None))


async def test_no_vote_of_then_is_amended_cancelled_or_without_budget(
    upgraded: AsyncEngine,
) -> None:
    async with Store(upgraded, Rules()).reading() as uow:
        for number, *_ in VOTES:
            vote = await uow.votes.get(CIRCLE, number)
            assert vote is not None
            assert (vote.amended_at, vote.cancelled, vote.unfunded) == (None, None, False)
            assert await uow.votes.record(CIRCLE, number) is None
