"""A console in memory for tests: lines in, what the bot says out."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import events
from bot.console.console import Console, Heard, parse_now, settings_for
from bot.console.script import read
from bot.letters.compose import Composer
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.uow import Store
from tests.prepared import prepared, voice

MONDAY = "2026-11-23T09:00"


class Scene:
    """A console whose lines are played, and whose people may do what lines cannot say."""

    def __init__(self, engine: AsyncEngine, console: Console) -> None:
        self.engine = engine
        self.console = console

    async def play(self, *lines: str) -> list[Heard]:
        """Play these lines; everything the bot said because of them."""
        heard: list[Heard] = []
        for step in read(line for text in lines for line in text.splitlines()):
            heard += await self.console.play(step)
        return heard

    async def keys(self, *lines: str) -> list[str]:
        return [heard.key for heard in await self.play(*lines)]

    async def send(self, who: str, room: str = "circle", **message: object) -> list[Heard]:
        """A message with what a line cannot say (notice, mentions, html, attachment…)."""
        place = await self.console._enter(who, room)
        event = events.Message(**self.console._common(who, place), **message)
        return await self.console._admit(event)

    async def subject(self, who: str, subject: str) -> str:
        """The event that announced a thing in the circle's room."""
        room = await self.console._enter(who, "circle")
        return room.announced[subject]


@asynccontextmanager
async def scene(
    *lines: str,
    coordinators: Iterable[str] = (),
    url: str = "sqlite://",
    already_sent: Mapping[str, str] | None = None,
) -> AsyncIterator[Scene]:
    """A scene on a Monday morning, in which these lines were already played."""
    engine = await prepared(url)
    settings = settings_for(list(coordinators), [], timezone="Europe/Paris", language="fr")
    store = Store(engine, settings.rules, already_sent=already_sent)
    composer = Composer(voice(), settings.prefix)
    console = Console(store, Inbox(engine), Outbox(engine), composer, settings)
    console.now = parse_now(MONDAY, "Europe/Paris")
    made = Scene(engine, console)
    await made.play(*lines)
    yield made
    await engine.dispose()
