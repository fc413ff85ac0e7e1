"""A console played inside a test: the real dispatcher, store and scheduler, no homeserver."""

from datetime import datetime

from bot.console.console import Console, Heard, settings_for
from bot.console.script import read
from bot.letters.compose import Composer
from bot.pipeline.requests import OperatorSettings
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.uow import Store
from tests.prepared import prepared, voice


async def play(
    script: str,
    database: str = "sqlite://",
    language: str = "fr",
    settings: OperatorSettings | None = None,
    start: datetime | None = None,
) -> list[Heard]:
    """What the bot says of a script, in order; the database is closed at the end.

    `start`: what the clock says before the first line; the scripts of an absence begin there.
    """
    engine = await prepared(database)
    made = settings or settings_for([], [], timezone="Europe/Paris", language=language)
    try:
        composer = Composer(voice(), made.prefix)
        store = Store(engine, made.rules)
        console = Console(store, Inbox(engine), Outbox(engine), composer, made)
        console.now = start or console.now
        return [one for step in read(script.splitlines()) for one in await console.play(step)]
    finally:
        await engine.dispose()


async def replies(script: str, key: str, **options: object) -> list[Heard]:
    """Those of the messages that have this key."""
    return [heard for heard in await play(script, **options) if heard.key == key]
