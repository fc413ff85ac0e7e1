"""A bot lost with its disk goes on from a backup older than the last messages, on a real server.

One story, told once for the module: a backup is taken while members speak, they go on, the bot is
killed, they go on, everything it kept is deleted, the backup is restored, and the bot starts.
"""

import asyncio
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import pytest_asyncio

from tests.matrix.member import Member
from tests.souci import ROOT
from tests.torture.process import Bot, bot_of
from tests.torture.recount import Books, answered, history, judge
from tests.torture.world import joined

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def souci(*words: str) -> tuple[int, str]:
    """One word of the command line: its status, and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@dataclass(slots=True)
class Story:
    """Who speaks, where, what was sent, and what came of it."""

    bot: Bot
    alice: Member
    bob: Member
    url: str
    archive: Path
    rooms: list[str] = field(default_factory=list)
    sent: dict[str, list[str]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    action: str = ""
    after: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> str:
        return str(self.bot.folder / "config.yaml")

    async def speak(self, room: str, what: str) -> str:
        """A contribution of bob's; nobody waits for the answer."""
        event = await self.bob.say(room, f"!contribution 1h {what}")
        self.sent.setdefault(room, []).append(event)
        return event

    async def ask(self, room: str, what: str) -> None:
        """A contribution of bob's, and the id that its answer told."""
        event = await self.speak(room, what)
        self.told[event] = (await self.bob.answer_to(event)).values["id"]

    async def talk(self, room: str, what: str, times: int) -> None:
        """Several, one after the other."""
        for number in range(times):
            await self.ask(room, f"{what} n° {number}")

    async def found(self, *, encrypted: bool) -> None:
        name, bot = f"Cercle {len(self.rooms)}", self.bot.access.user_id
        room = await self.alice.create(name, bot, self.bob.user_id, encrypted=encrypted)
        await self.bob.join(room)
        await joined(self.alice, room, bot)
        for one, other in ((self.alice, self.bob), (self.bob, self.alice)):
            await one.meets(room, other.user_id, bot)
        answer = await self.alice.asks(room, f"!cercle créer {name}")
        assert answer.key == "circle.created"
        self.rooms.append(room)

    async def history(self, room: str) -> list[dict[str, object]]:
        return await history(self.url, self.alice.client.access_token, room)

    async def rows(self, query: str) -> list[tuple[object, ...]]:
        return list(await Books(self.bot.database_file).rows(query))


async def live(story: Story) -> None:
    """Until the backup, which is taken while bob speaks; then on, without it."""
    for room in story.rooms:
        await story.ask(room, "avant")
    backup = souci("backup", "--config", story.config, str(story.archive))
    talks = (story.talk(room, "pendant", 4) for room in story.rooms)
    (status, said), *_ = await asyncio.gather(backup, *talks)
    assert status == 0, said
    for room in story.rooms:
        await story.ask(room, "après")
    announced = await story.alice.asks(story.rooms[0], "!action Portes ouvertes")
    story.action = announced.values["id"]
    await story.bob.react(story.rooms[0], announced.id, "🙋")
    await story.alice.hears(
        lambda e: (
            e.type == "m.reaction"
            and e.relation.get("event_id") == announced.id
            and e.sender == story.bot.access.user_id
        )
    )


async def lose_everything(story: Story) -> None:
    await story.bot.kill()
    for room in story.rooms:
        await story.speak(room, "sans personne")
    shutil.rmtree(story.bot.state)


async def come_back(story: Story) -> None:
    status, said = await souci("restore", "--config", story.config, str(story.archive))
    assert status == 0, said
    await story.bot.ready()
    for room in story.rooms:
        answer = await story.alice.asks(room, "!contribution 1h de retour")
        story.sent[room].append(str(answer.replies_to))
        story.told[str(answer.replies_to)] = answer.values["id"]
        story.after[room] = answer.id


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(homeserver, register, member, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backup")
    bot = bot_of(homeserver, await register("souci"), folder / "bot")
    told = Story(bot, await member("alice"), await member("bob"), homeserver.url, folder / "b.tgz")
    try:
        await bot.ready()
        await told.found(encrypted=True)
        await told.found(encrypted=False)
        await live(told)
        await lose_everything(told)
        await come_back(told)
        yield told
    finally:
        await bot.kill()


@pytest.fixture(params=[0, 1], ids=["encrypted", "plain"])
def room(request, story) -> str:
    return story.rooms[request.param]


async def test_every_command_has_its_effect_and_its_answer_once_in_order(story, room):
    made = Counter(row[0] for row in await story.rows("SELECT source FROM entries"))
    told = answered(await story.history(room), story.bot.access.user_id)
    count = judge(story.sent[room], made, told)
    assert count.well, count


async def test_the_ids_are_those_that_the_answers_told(story):
    rows = await story.rows("SELECT source, item FROM entries WHERE kind = 'declared'")
    kept = {source: f"C{item}" for source, item in rows}
    assert {event: kept[event] for event in story.told} == story.told


async def test_a_reaction_to_an_answer_of_after_the_backup_counts_again(story):
    [(number,)] = await story.rows("SELECT action FROM action_holders")
    assert f"A{number}" == story.action


async def test_what_it_says_now_is_encrypted_and_read_by_members(story):
    room = story.rooms[0]
    heard = [e for e in story.alice.timeline.heard if e.id == story.after[room] and not e.failure]
    assert {e.encrypted for e in heard} == {True}


async def test_it_is_a_new_device_signed_by_the_identity_of_before(story):
    assert story.bot.said("crosssigning.published") == 1
    assert story.bot.said('"signed": true') == 2
    assert story.bot.said("former_device.logged_out") == 1


async def test_each_room_is_told_once_of_the_backup(story, room):
    await story.alice.hears(lambda e: (e.room, e.key) == (room, "backup.restored"))
    told = [e for e in story.alice.timeline.heard if (e.room, e.key) == (room, "backup.restored")]
    assert len(told) == 1


async def test_nobody_is_told_of_an_unreadable_message(story):
    keys = {e.key for e in story.alice.timeline.heard}
    assert "undecryptable" not in keys


async def test_after_another_start_nothing_is_said_again(story, room):
    before = [e["event_id"] for e in await story.history(room)]
    await story.bot.stop()
    await story.bot.ready()
    answer = await story.bob.asks(room, "!actions")
    after = [e["event_id"] for e in await story.history(room)]
    assert set(after) - set(before) == {answer.id, answer.replies_to}


async def test_with_a_wrong_password_it_ends_in_one_line_and_starts_with_the_right_one(
    homeserver, register, tmp_path
):
    access = await register("souci")
    bot = bot_of(homeserver, access, tmp_path / "bot")
    await bot.ready()
    await bot.stop()
    config, archive = str(bot.folder / "config.yaml"), str(tmp_path / "b.tgz")
    assert (await souci("backup", "--config", config, archive))[0] == 0
    shutil.rmtree(bot.state)
    assert (await souci("restore", "--config", config, archive))[0] == 0
    bot.access = replace(access, password="wrong")
    mark = bot.mark()
    await bot.start()
    assert await bot.process.wait() == 78
    assert (
        bot.log.read_bytes()[mark:].splitlines()[-1].startswith(b"souci run: the homeserver refu")
    )
    bot.access = access
    await bot.ready()
    assert await bot.stop() == 0
