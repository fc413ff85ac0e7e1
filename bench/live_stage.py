"""Everybody in their rooms: for each bot its own account, its own members, its own rooms."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from bench.live_bots import Bot
from bench.live_crypto import SealingMember
from bench.live_member import Member
from bench.live_process import Running
from bot.demo.homeserver import Access, Homeserver

ROOMS_A_MEMBER: Final = 10
_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A room, and the member who writes there."""

    room: str
    member: Member


class Stage:
    """One bot and its people in rooms of one kind, all encrypted or none."""

    def __init__(self, bot: Bot, home: Homeserver, folder: Path, *, sealed: bool) -> None:
        self.bot = bot
        self.places: list[Place] = []
        self._home = home
        self._sealed = sealed
        self._name = f"{bot.name}-{'sealed' if sealed else 'plain'}"
        self._folder = folder / self._name
        self._stack = AsyncExitStack()
        self._numbers = count(1)
        self._account: Access | None = None
        self._founder = ""
        self._process: Running | None = None

    async def open(self, rooms: int) -> None:
        """Start the bot, make the rooms and have it join them (circles, where it has circles)."""
        self._folder.mkdir(parents=True)
        self._account = await self._home.register(self._name, "secret")
        members = [await self._member(n) for n in range(-(-rooms // ROOMS_A_MEMBER))]
        self._founder = members[0].user_id
        await self.start()
        turns = asyncio.Semaphore(_AT_ONCE)

        async def made(number: int) -> Place:
            async with turns:
                member = members[number // ROOMS_A_MEMBER]
                return Place(await member.create(f"{number}", encrypted=self._sealed), member)

        self.places = list(await asyncio.gather(*map(made, range(rooms))))
        for member in members:
            await member.listen()
        if self.bot.founds:
            for number, place in enumerate(self.places):
                await place.member.asks(place.room, f"!cercle créer Essai-{number} territorial")

    async def start(self) -> None:
        """The bot's process, from what it left in its folder."""
        if self._account is None:
            raise LookupError("nobody is there yet")
        self._process = self.bot.start(self._home.url, self._account, self._folder, self._founder)
        await self._process.__aenter__()

    async def stop(self) -> None:
        """End the bot's process; its people stay."""
        process, self._process = self._process, None
        if process is not None:
            await process.__aexit__()

    async def close(self) -> None:
        """Everybody leaves."""
        await self._stack.aclose()
        await self.stop()

    @property
    def pid(self) -> int:
        """Of the bot."""
        if self._process is None:
            raise LookupError("the bot does not run")
        return self._process.pid

    async def ask(self, place: Place) -> tuple[float, float]:
        """One more line in that room, and its answer: see `Member.asks`."""
        return await place.member.asks(place.room, self.bot.line.format(n=next(self._numbers)))

    async def _member(self, number: int) -> Member:
        access = await self._home.register(f"{self._name}-{number}", "secret")
        bot = f"@{self._name}:{self._home.server_name}"
        store = self._folder / f"member-{number}"
        member = (
            SealingMember(self._home.url, access, bot, store)
            if self._sealed
            else Member(self._home.url, access, bot)
        )
        return await self._stack.enter_async_context(member)
