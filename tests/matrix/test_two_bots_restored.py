"""Two bots on one PostgreSQL, lost with it and restored: nothing is lost, nothing said twice."""

from collections import Counter
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.matrix.supervised import Supervised, souci
from tests.postgresql import named, run
from tests.torture.recount import Books, answered, history, judge

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def databases(postgresql_server):
    names = [f"regions_{uuid4().hex}" for _ in range(2)]
    await run(postgresql_server, *(f"CREATE DATABASE {one}" for one in names))
    yield [named(postgresql_server, one) for one in names]
    await run(postgresql_server, *(f"DROP DATABASE {one} WITH (FORCE)" for one in names))


ALONE = ((), ("--state-only",))
"""The first bot's backup holds the database, the other's its state directory alone."""


class Regions:
    """Two bots, a circle of each with alice in it, and what she has said there."""

    def __init__(self, homeserver, accounts, alice, folder):
        self._homeserver = homeserver
        self._accounts = accounts
        self._alice = alice
        self._folder = folder
        self.said = {}
        self.all = []

    async def start(self, when, database):
        bots = self.bots(when, database)
        for bot in bots:
            await bot.start()
        return bots

    def bots(self, when, database):
        made = [
            Supervised(self._homeserver, access, self._folder / f"{when}-{n}", database=database)
            for n, access in enumerate(self._accounts)
        ]
        self.all += made
        return made

    async def found(self):
        for access, name in zip(self._accounts, ("Aubrac", "Bigorre"), strict=True):
            room = await self._alice.create(name, access.user_id, encrypted=False)
            await self._alice.meets(room, access.user_id)
            await self._alice.asks(room, f"!cercle créer {name}")
            self.said[room] = []

    async def speak(self):
        for room, said in self.said.items():
            answer = await self._alice.asks(room, "!contribution 1h rangement")
            said.append(answer.replies_to)

    async def each(self, word, bots):
        for n, (bot, alone) in enumerate(zip(bots, ALONE, strict=True)):
            archive = self._folder / f"{n}.tar.gz"
            status, told = await souci(word, "--config", bot.config, archive, *alone)
            assert status == 0, told
            await self.speak() if word == "backup" else None

    async def counted(self, database):
        """What became of all that alice said, by the database and the rooms' histories."""
        rows = await Books(database).rows("SELECT source FROM entries")
        made, token = Counter(row[0] for row in rows), self._alice.client.access_token
        counts = []
        for (room, said), access in zip(self.said.items(), self._accounts, strict=True):
            told = await history(self._homeserver.url, token, room)
            counts.append(judge(said, made, answered(told, access.user_id)))
        return counts


@pytest_asyncio.fixture(loop_scope="module")
async def regions(homeserver, register, member, tmp_path):
    accounts = [await register("nord"), await register("sud")]
    made = Regions(homeserver, accounts, await member("alice"), tmp_path)
    yield made
    for bot in made.all:
        await bot.stop()


async def test_both_go_on_from_one_backup_of_the_database(regions, databases):
    old = await regions.start("old", databases[0])
    await regions.found()
    await regions.each("backup", old)  # they speak after each: south's state is the younger one
    for bot in old:
        await bot.stop()
    await regions.each("restore", regions.bots("new", databases[1]))
    await regions.start("new", databases[1])
    await regions.speak()
    counts = await regions.counted(databases[1])
    assert [count.commands for count in counts] == [3, 3]
    assert all(count.well for count in counts), counts
