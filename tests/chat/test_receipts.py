"""A file sent as a reply to an expense is its receipt."""

from contextlib import asynccontextmanager

from bot import events
from bot.compose import Composer
from bot.console import Console, settings_for
from bot.receipts import Fetcher, keep
from bot.script import read
from bot.speech import Speech
from storage.engine import open_engine
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.receipts import ReceiptQueue
from storage.uow import Store
from storage.upgrade import upgrade

SCRIPT = """alice> !cercle créer Littoral
bob> !frais 45,90 € peinture
"""
PHOTO = {"name": "ticket.jpg", "mimetype": "image/jpeg", "url": "mxc://localhost/abc"}


class Scene:
    """A circle with an expense of bob's, C1."""

    def __init__(self, engine, console):
        self.queue = ReceiptQueue(engine)
        self.console = console

    async def sends(self, who, size=1000):
        """Somebody answers C1 with a file; the keys of what the bot says."""
        room = await self.console._enter(who, "circle")
        event = events.Message(
            **self.console._common(who, room),
            body="ticket.jpg",
            reply_to=room.announced["C1"],
            attachment=events.Attachment(**PHOTO, size=size),
        )
        return [heard.key for heard in await self.console._admit(event)]


@asynccontextmanager
async def scene():
    engine = open_engine("sqlite://")
    await upgrade(engine)
    settings = settings_for([], [], timezone="Europe/Paris", language="fr")
    store = Store(engine, settings.rules)
    composer = Composer(Speech(), "!")
    console = Console(store, Inbox(engine), Outbox(engine), composer, settings)
    for step in read(SCRIPT.splitlines()):
        await console.play(step)
    yield Scene(engine, console)
    await engine.dispose()


async def test_a_file_in_answer_to_an_expense_is_noted():
    async with scene() as made:
        assert await made.sends("bob") == ["receipt.kept"]
        assert len(await made.queue.waiting(9)) == 1


async def test_somebody_elses_expense_takes_no_receipt_of_mine():
    async with scene() as made:
        assert await made.sends("carole") == ["refused.not-allowed"]


async def test_a_file_too_large_is_refused():
    async with scene() as made:
        assert await made.sends("bob", size=30_000_000) == ["receipt.too-large"]


async def test_a_noted_file_is_fetched_once_and_kept_by_its_hash(tmp_path):
    async def download(_attachment, _limit):
        return b"a photo"

    async with scene() as made:
        await made.sends("bob")
        fetcher = Fetcher(made.queue, download, tmp_path, 20_000_000)
        await fetcher._fetch_all()
        assert await made.queue.waiting(9) == []
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"a photo"]


def test_a_receipt_is_private(tmp_path):
    digest = keep(tmp_path / "receipts", b"a photo")
    assert (tmp_path / "receipts" / digest).stat().st_mode & 0o777 == 0o600


async def test_the_bots_own_files_are_no_receipts():
    async with scene() as made:
        assert await made.sends("souci") == ["welcome.back"]
