"""A database hurt by the erasure of before, at the start of a bot: it asks the homeserver again."""

import json
import sqlite3
from contextlib import closing

import pytest
import pytest_asyncio

from tests.souci import found_circle, running

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

HURT = "UPDATE rooms SET powers = replace(powers, ':', ':a1')"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hurt")


def powers(folder) -> dict[str, str]:
    """What the database holds of each room."""
    with closing(sqlite3.connect(folder / "state" / "souci.db")) as database:
        return dict(database.execute("SELECT room_id, powers FROM rooms"))


async def test_powers_that_cannot_be_read_are_known_again_after_a_start(
    homeserver, register, alice, folder
):
    accounts = await register("souci"), await register("coordination")
    with running(homeserver, *accounts, folder) as bot:
        room = await found_circle(alice, "Sambre", bot)
    before = json.loads(powers(folder)[room])
    with closing(sqlite3.connect(folder / "state" / "souci.db")) as database, database:
        database.execute(HURT)
    with running(homeserver, *accounts, folder) as bot:
        answer = await alice.asks(room, "!budget")
        assert answer.key == "budget.status"
        assert "store.damaged" in bot.log.read_text()
    assert json.loads(powers(folder)[room]) == before
