"""Two copies of one account, each a process under a supervisor that starts it again: one lives."""

import shutil

import pytest
import pytest_asyncio

from tests.matrix.supervised import Supervised, souci
from tests.torture.recount import history

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


class Copies:
    """A circle with alice in it, and the copies of its bot."""

    def __init__(self, homeserver, access, alice, folder):
        self.url = homeserver.url
        self.alice = alice
        self.user_id = access.user_id
        self.room = ""
        self._made = lambda name: Supervised(homeserver, access, folder / name)
        self.all = []

    def copy(self, name):
        self.all.append(self._made(name))
        return self.all[-1]

    async def found(self, *, encrypted=True):
        self.room = await self.alice.create("Littoral", self.user_id, encrypted=encrypted)
        await self.alice.meets(self.room, self.user_id)
        await self.alice.asks(self.room, "!cercle créer Littoral")

    async def asked(self):
        """A contribution is declared, and answered so that alice can read it; gives its id."""
        return (await self.alice.asks(self.room, "!contribution 1h rangement")).values["id"]

    async def answers(self):
        """How many answers each message of alice's has by now, once another one was answered."""
        await self.alice.asks(self.room, "!actions")
        told = await history(self.url, self.alice.client.access_token, self.room)
        ours = [event for event in told if event["sender"] == self.user_id]
        targets = [
            event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id")
            for event in ours
        ]
        asked = [event["event_id"] for event in told if event["sender"] == self.alice.user_id]
        return {targets.count(event) for event in asked if event in targets}


@pytest_asyncio.fixture(loop_scope="module")
async def copies(homeserver, register, member, tmp_path):
    made = Copies(homeserver, await register("souci"), await member("alice"), tmp_path)
    yield made
    for one in made.all:
        await one.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def restored(copies, tmp_path):
    """The old copy, at work, and the new one, restored from its backup and not started yet."""
    old, new = copies.copy("old"), copies.copy("new")
    await old.start()
    await copies.found()
    await copies.asked()
    for word, one in (("backup", old), ("restore", new)):
        status, said = await souci(word, "--config", one.config, tmp_path / "b.tar.gz")
        assert status == 0, said
    return old, new


async def ended_silent(one):
    """It ended for good, and its last line says that another copy lives, and since when."""
    assert await one.ended() == 78
    assert one.last_line.startswith("souci run: another copy of @")
    assert " started on 20" in one.last_line
    assert "Traceback" not in (one.folder / "log").read_text("utf-8")


async def test_the_old_one_ends_when_the_restored_one_starts(copies, restored):
    old, new = restored
    assert await copies.asked() == "C2"
    await new.start()
    await ended_silent(old)
    assert await copies.asked() == "C3"
    assert await copies.answers() == {1}


async def test_the_old_one_does_not_come_back_beside_the_restored_one(copies, restored):
    old, new = restored
    await old.stop()
    await new.start()
    await old.start()
    await ended_silent(old)
    assert await copies.asked() == "C2"
    assert await copies.answers() == {1}
    await old.start()
    await ended_silent(old)
    assert new.alive
    assert new.statuses == []


async def test_of_two_copies_made_by_hand_the_latest_start_wins_both_ways_round(copies):
    first = copies.copy("first")
    await first.start()
    await copies.found(encrypted=False)
    await first.stop()
    second = copies.copy("second")
    shutil.copytree(first.state, second.state)
    await first.start()
    assert await copies.asked() == "C1"
    await second.start()
    await ended_silent(first)
    assert await copies.asked() == "C2"
    assert await copies.answers() == {1}


async def test_a_copy_that_comes_back_answers_in_encrypted_rooms(copies):
    first, second = copies.copy("first"), copies.copy("second")
    await first.start()
    await copies.found()
    await first.stop()
    shutil.copytree(first.state, second.state)
    await second.start()
    assert await copies.asked() == "C1"
    await first.start()
    await ended_silent(second)
    assert await copies.asked() == "C2"
    assert await copies.answers() == {1}
