"""A real homeserver, the real bot as its own process, members and rooms: what torture acts on."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.homeserver import Access, Homeserver
from tests.matrix.member import Member
from tests.torture.recount import Count, answers, causes, effects, judge, waiting

ROOT = Path(__file__).parents[2]
RECOVERS_WITHIN = 240.0
LOOKS_EVERY = 0.2


@dataclass(slots=True)
class Bot:
    """The bot's process, and how to start it again."""

    folder: Path
    log: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def database(self) -> Path:
        return self.folder / "state" / "souci.db"

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    async def start(self, die_at: str | None = None) -> None:
        """Start it; `die_at` names a boundary at which it will kill itself."""
        environment = dict(os.environ)
        if die_at:
            environment["SOUCI_DIE_AT"] = die_at
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.torture.hurt", "run", "--config", str(self.folder / "config.yaml")),
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )

    async def stop(self, with_signal: int = signal.SIGTERM) -> None:
        """End it by the process we started, and wait for its end."""
        if self.process is None:
            return
        if self.process.returncode is None:
            self.process.send_signal(with_signal)
        await self.process.wait()

    async def kill(self) -> None:
        await self.stop(signal.SIGKILL)


@dataclass(slots=True)
class World:
    """Everything of a run."""

    home: Homeserver
    bot: Bot
    bot_access: Access
    members: list[Member]
    watcher: Access
    rooms: list[str] = field(default_factory=list)
    sent: dict[str, list[str]] = field(default_factory=dict)
    number: int = 0

    async def load(self, each: int, pause: float = 0.0) -> None:
        """Numbered commands in all rooms at once: `each` a room."""
        talks = (self._talk(room, place, each, pause) for place, room in enumerate(self.rooms))
        await asyncio.gather(*talks)

    async def _talk(self, room: str, place: int, each: int, pause: float) -> None:
        member = self.members[place % len(self.members)]
        for _ in range(each):
            self.number += 1
            text = f"!contribution 1h essai-{self.number}"
            self.sent.setdefault(room, []).append(await insist(member, room, text))
            await asyncio.sleep(pause)

    async def settled(self) -> float:
        """Wait until everything sent is handled and answered; how many seconds that took."""
        begun = time.monotonic()
        while time.monotonic() - begun < RECOVERS_WITHIN:
            if await self._all_answered():
                return time.monotonic() - begun
            if not self.bot.alive:
                await self.bot.start()
            await asyncio.sleep(LOOKS_EVERY)
        return RECOVERS_WITHIN

    async def _all_answered(self) -> bool:
        try:
            if waiting(self.bot.database):
                return False
            made = effects(self.bot.database)
        except OSError:
            return False
        return all(event in made for room in self.rooms for event in self.sent.get(room, []))

    async def recount(self) -> Count:
        """What the database and the histories say of all that was sent since the last recount."""
        made, cause_of = effects(self.bot.database), causes(self.bot.database)
        total = Count()
        for room in self.rooms:
            told = await answers(
                self.home.url, self.watcher.token, room, self.bot_access.user_id, cause_of
            )
            sent = self.sent.pop(room, [])
            mine = set(sent)
            total.add(judge(sent, made, [event for event in told if event in mine]))
        return total


async def insist(member: Member, room: str, text: str) -> str:
    """Say it, again while the homeserver is away: with the same transaction a client would."""
    while True:
        try:
            return await asyncio.wait_for(member.say(room, text), 20)
        except (OSError, TimeoutError, RuntimeError):
            await asyncio.sleep(0.5)


@asynccontextmanager
async def world(
    folder: Path, *, plain: int, encrypted: int, address: str | None = None
) -> AsyncIterator[World]:
    """A world with its rooms founded. `address`: the bot's way to the homeserver (a proxy)."""
    async with Homeserver(folder / "home") as home:
        accounts = [await home.register(name, "secret") for name in ("alice", "bob", "souci")]
        alice, bob, souci = accounts
        bot = Bot(folder, folder / "bot.log")
        write_config(folder, address or home.url, souci, home.server_name)
        members = []
        for access in (alice, bob):
            store = folder / access.user_id.strip("@").partition(":")[0]
            store.mkdir()
            members.append(await Member.enter(home.url, access, store))
        made = World(home, bot, souci, members, alice)
        await bot.start()
        try:
            await found_rooms(made, plain, encrypted)
            yield made
        finally:
            await bot.kill()
            for member in members:
                await member.leave()


def write_config(folder: Path, url: str, souci: Access, server: str) -> None:
    told = {
        "matrix": {"homeserver": url, "user_id": souci.user_id, "password": souci.password},
        "state_dir": "state",
        "invites": {"allow": [f"*:{server}"]},
    }
    (folder / "config.yaml").write_text(json.dumps(told))  # YAML, which JSON is


async def joined(member: Member, room: str, user: str) -> None:
    """Wait until somebody is in the room: what is said before is never a command to the bot."""
    await member.hears(
        lambda e: (
            (e.room, e.sender, e.type) == (room, user, "m.room.member")
            and e.content.get("membership") == "join"
        )
    )


async def found_rooms(made: World, plain: int, encrypted: int) -> None:
    founder, other = made.members
    for place in range(plain + encrypted):
        room = await founder.create(
            f"Cercle {place}", made.bot_access.user_id, other.user_id, encrypted=place >= plain
        )
        await other.join(room)
        await founder.meets(room, other.user_id)
        await joined(founder, room, made.bot_access.user_id)
        await other.meets(room, made.bot_access.user_id, founder.user_id)
        answer = await founder.asks(room, f"!cercle créer Essai {place}")
        if answer.key != "circle.created":
            raise RuntimeError(answer.body)
        made.rooms.append(room)
