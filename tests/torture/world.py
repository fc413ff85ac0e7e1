"""A real homeserver, the real bot as its own process, members and rooms: what torture acts on."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nio.responses import RoomSendError

from bot.demo.homeserver import Access, Homeserver
from tests.matrix.member import Member
from tests.torture.process import Bot, bot_of
from tests.torture.recount import AWAY, Books, Count, answered, history, judge

RECOVERS_WITHIN = 300.0
LOOKS_EVERY = 0.2


@dataclass(slots=True)
class World:
    """Everything of a run. `sent`: the commands of each room, in their order."""

    home: Homeserver
    bot: Bot
    database: str | None
    members: list[Member]
    watcher: Access
    rooms: list[str] = field(default_factory=list)
    sent: dict[str, list[str]] = field(default_factory=dict)
    number: int = 0
    before: Count = field(default_factory=Count)
    took: float = 0.0

    @property
    def books(self) -> Books:
        return Books(self.database or self.bot.database_file)

    async def load(self, each: int, pause: float = 0.0) -> None:
        """Numbered commands in all rooms at once: `each` a room."""
        talks = (self._talk(room, place, each, pause) for place, room in enumerate(self.rooms))
        await asyncio.gather(*talks)

    async def _talk(self, room: str, place: int, each: int, pause: float) -> None:
        for _ in range(each):
            await self.command(room, self.members[place % len(self.members)])
            await asyncio.sleep(pause)

    async def command(self, room: str, member: Member) -> str:
        """One numbered command, counted from then on."""
        self.number += 1
        event = await insist(member, room, text(f"!contribution 1h essai-{self.number}"))
        self.sent.setdefault(room, []).append(event)
        return event

    async def settled(self, *, revive: bool = True) -> float:
        """Wait until everything sent is handled and answered; the longest of a round in seconds."""
        begun = time.monotonic()
        while time.monotonic() - begun < RECOVERS_WITHIN and not await self.quiet():
            if revive and not self.bot.alive:
                await self.bot.start()
            await asyncio.sleep(LOOKS_EVERY)
        self.took = max(self.took, time.monotonic() - begun)
        return self.took

    async def quiet(self) -> bool:
        """Whether all commands have had their effect and nothing waits to be sent."""
        try:
            if await self.books.waiting():
                return False
            made = await self.books.effects()
        except AWAY:
            return False
        return all(event in made for sent in self.sent.values() for event in sent)

    async def recount(self) -> Count:
        """What the database and the histories say of all that was ever sent, less the last time."""
        made, total = await self.books.effects(), Count()
        for room in self.rooms:
            events = await history(self.home.url, self.watcher.token, room)
            told = answered(events, self.bot.access.user_id)
            total.add(judge(self.sent.get(room, []), made, told))
        return self._fresh(total)

    def _fresh(self, total: Count) -> Count:
        """What is new since the last recount: a reply doubled late is a fault all the same."""
        before, self.before = self.before, total
        return Count(
            commands=total.commands - before.commands,
            lost=max(0, total.lost - before.lost),
            doubled=total.doubled - before.doubled,
            replies_lost=max(0, total.replies_lost - before.replies_lost),
            replies_doubled=total.replies_doubled - before.replies_doubled,
            out_of_order=total.out_of_order - before.out_of_order,
        )


def text(body: str) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": body}


async def insist(
    member: Member, room: str, content: dict[str, Any], kind: str = "m.room.message"
) -> str:
    """Send an event, as often as it takes, under one transaction id: once, as clients do."""
    transaction = secrets.token_hex(8)
    while True:
        sending = member.client.room_send(
            room, kind, content, tx_id=transaction, ignore_unverified_devices=True
        )
        try:
            sent = await asyncio.wait_for(sending, 15)
        except (OSError, TimeoutError):
            continue
        if not isinstance(sent, RoomSendError):
            return str(sent.event_id)
        await asyncio.sleep(0.3)


@asynccontextmanager
async def world(
    folder: Path,
    *,
    plain: int,
    encrypted: int,
    database: str | None = None,
    rate_limits: bool = False,
) -> AsyncIterator[World]:
    """A world with its rooms founded, the bot running. `database`: another than its own file."""
    folder.mkdir(parents=True, exist_ok=True)
    async with (
        Homeserver(folder / "home", rate_limits=rate_limits) as home,
        AsyncExitStack() as end,
    ):
        alice, bob, souci = [await home.register(name, "secret") for name in NAMES]
        bot = bot_of(home, souci, folder / "bot", database)
        members = [await _enters(end, home, access, folder) for access in (alice, bob)]
        made = World(home, bot, database, members, alice)
        await bot.start()
        end.push_async_callback(bot.kill)
        await found_rooms(made, ["plain"] * plain + ["encrypted"] * encrypted)
        yield made


NAMES = ("alice", "bob", "souci")


async def _enters(end: AsyncExitStack, home: Homeserver, access: Access, folder: Path) -> Member:
    store = folder / access.user_id.strip("@").partition(":")[0]
    store.mkdir()
    member = await Member.enter(home.url, access, store)
    end.push_async_callback(member.leave)
    return member


async def nothing(_room: str) -> None:
    """What happens in most rooms before the bot is invited."""


async def found_rooms(
    made: World, kinds: Sequence[str], before: Callable[[str], Awaitable[None]] = nothing
) -> None:
    """A room of each kind with a circle in it; `before`: what happens until the bot is invited."""
    founder, other = made.members
    for kind in kinds:
        place = len(made.rooms)
        room = await founder.create(f"Cercle {place}", other.user_id, encrypted=kind == "encrypted")
        await other.join(room)
        await founder.meets(room, other.user_id)
        await before(room)
        await founder.client.room_invite(room, made.bot.access.user_id)
        await joined(founder, room, made.bot.access.user_id)
        await founder.meets(room, other.user_id, made.bot.access.user_id)
        await other.meets(room, founder.user_id, made.bot.access.user_id)
        answer = await founder.asks(room, f"!cercle créer Essai {place}")
        if answer.key != "circle.created":
            raise RuntimeError(answer.body)
        made.rooms.append(room)


async def joined(member: Member, room: str, user: str) -> None:
    """Wait until somebody is in the room: what is said before is never a command to the bot."""
    await member.hears(
        lambda e: (
            (e.room, e.sender, e.type) == (room, user, "m.room.member")
            and e.content.get("membership") == "join"
        )
    )
