"""After a restore, while earlier letters are recognised, an answer leaves as soon as it is written.

Counted in looks into the outbox: a letter that the sender is not told of costs one each.
"""

import asyncio
import json
from datetime import UTC, datetime

import pytest
import pytest_asyncio

import bot.app
from bot.app import App
from bot.config.model import load
from bot.matrix.net import files
from bot.matrix.send.restored import NAME, Restored
from storage.engine import open_engine
from storage.outbox import Outbox
from storage.upgrade import upgrade
from tests.souci import configuration

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

COMMANDS = 10


class CountingOutbox(Outbox):
    """The real one, and how often it was asked what may leave."""

    looks = 0

    async def ready(self, *asked):
        CountingOutbox.looks += 1
        return await super().ready(*asked)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def restored(homeserver, register, tmp_path_factory):
    """The running bot, which comes from a backup: something of since then stands in a room."""
    folder, account = tmp_path_factory.mktemp("restored"), await register("souci")
    told = configuration(homeserver, account, await register("coordination"))
    (folder / "config.yaml").write_text(json.dumps(told))
    config = load(folder / "config.yaml")
    config.state_dir.mkdir(mode=0o700)
    now_ms = int(datetime.now(UTC).timestamp() * 1000)
    note = Restored(now_ms, "OLD", sent={"mark": "$event"}, since_ms=now_ms)
    files.write(config.state_dir / NAME, note)
    engine, stop = open_engine(config.database.reveal()), asyncio.Event()
    await upgrade(engine)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bot.app, "Outbox", CountingOutbox)
        running = asyncio.create_task(App(config, engine).run(stop))
        yield account.user_id
        stop.set()
        await running
    await engine.dispose()


async def test_ten_commands_are_answered_without_looking_for_their_answers(member, restored):
    alice = await member("alice")
    room = await alice.create("Littoral", restored, encrypted=False)
    await alice.meets(room, restored)
    await alice.asks(room, "!cercle créer Littoral")
    before = CountingOutbox.looks
    for _ in range(COMMANDS):
        await alice.asks(room, "!budget")
    assert CountingOutbox.looks - before < COMMANDS
