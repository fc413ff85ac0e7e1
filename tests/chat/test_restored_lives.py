"""A circle's days played again from a backup: the same letters, recognised, none said twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest_asyncio
from sqlalchemy import select

from storage.copying import copy_sqlite
from storage.letters import transaction_id
from storage.tables.mail import outbox
from tests.chat.scene import Scene, scene

PARIS = ZoneInfo("Europe/Paris")
BEFORE = (
    "alice> !cercle créer Littoral",
    "bob joins",
    "bob> !rappel mercredi à 10h les clés",
    "alice> !réunion Café vendredi à 18h",
    "alice> !vote Peindre ? jusqu'au 26 novembre",
    "bob> !contribution 1h accueil",
)
SINCE = (
    "bob> !bulletin V1 pour",
    "bob> !action Affiches",
    "alice> !rappel jeudi à 9h la salle",
    "@ 2026-11-30T09:30",
    "bob> !contribution 2h affiches",
)
_LEFT = select(outbox.c.cause, outbox.c.ordinal, outbox.c.event_id).where(
    outbox.c.event_id.is_not(None)
)


def named(made: Scene) -> None:
    """The same events have the same ids in each life: the server gives them."""
    made.console._run = "server"


async def sent(made: Scene) -> dict[str, str]:
    """The events of all letters that left, by transaction id."""
    async with made.engine.connect() as connection:
        rows = (await connection.execute(_LEFT)).all()
    return {transaction_id(cause, ordinal): event for cause, ordinal, event in rows}


@pytest_asyncio.fixture
async def lives(tmp_path):
    """What was said since the backup, in the first life and in the one from the backup."""
    first, backup = tmp_path / "first.db", tmp_path / "backup.db"
    async with scene(url=f"sqlite:///{first}") as made:
        named(made)
        await made.play(*BEFORE)
        copy_sqlite(first, backup)
        rooms, count = made.console._rooms, made.console._count
        told = await made.play(*SINCE)
        known = await sent(made)
    async with scene(url=f"sqlite:///{backup}", already_sent=known) as made:
        named(made)
        made.console._rooms, made.console._count = rooms, count
        made.console.now = datetime(2026, 11, 23, 9, tzinfo=PARIS)
        again = await made.play(*SINCE)
        yield told, again, known, await sent(made)


async def test_what_was_said_is_not_said_again(lives):
    told, again, _, _ = lives
    assert len(told) > 8
    assert again == []


async def test_every_letter_of_then_is_written_with_its_event(lives):
    _, _, known, written = lives
    assert written == known
