"""A circle whose receipts are fetched by the real fetcher, from a media server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.events import Attachment
from bot.matrix.send.media import download
from bot.operations.faults import Faults
from bot.operations.receipt_ends import ReceiptEnds
from bot.operations.receipt_fetcher import Fetcher
from bot.operations.receipt_shelf import Shelf
from circle.receipts import Quotas
from storage.receipts import ReceiptQueue
from tests.chat.scene import Scene, scene
from tests.shell.media_server import MediaServer, serving

FOUNDED = (
    "alice> !cercle créer Littoral",
    "bob> !frais 45,90 € peinture",
    "carole> !frais 3 € pain",
)
WITHIN = 60.0


class Fetching:
    """`kept`: the files in the folder. The clock is the scene's: `later` moves it."""

    def __init__(
        self, made: Scene, media: MediaServer, fetcher: Fetcher, folder: Path, faults: Faults
    ) -> None:
        self.made = made
        self.media = media
        self.folder = folder
        self.faults = faults
        self.told: list[object] = []
        self._fetcher = fetcher
        self._called = asyncio.Event()
        self._task = asyncio.create_task(fetcher.run(self._called), name="receipts")

    async def sends(self, who: str, url: str, subject: str = "C1", **about: object) -> None:
        """Somebody answers with a file."""
        answered = await self.made.subject("bob", subject)
        given = {"name": "t.jpg", "mimetype": "image/jpeg", "size": 9, "url": f"mxc://{url}"}
        file = Attachment(**(given | about))
        self.told += await self.made.send(who, body="t.jpg", reply_to=answered, attachment=file)
        self._called.set()

    async def until(self, look: Callable[[], object]) -> None:
        """Wait for what the fetcher does."""
        async with asyncio.timeout(WITHIN):
            while not look():
                self.told += await self.made.console.drain()
                await asyncio.sleep(0.01)

    async def hears(self, key: str, count: int = 1) -> list[object]:
        """What the bot says under this key, once it has said it so often."""
        await self.until(lambda: sum(one.key == key for one in self.told) >= count)
        return [one for one in self.told if one.key == key]

    async def later(self, pause: timedelta) -> None:
        """The clock goes on."""
        self.made.console.now += pause
        self._called.set()

    @property
    def kept(self) -> list[Path]:
        return [file for file in self.folder.iterdir() if file.suffix != ".new"]

    async def stop(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


async def _heard() -> None:
    """The homeserver answers."""


@asynccontextmanager
async def fetching(
    folder: Path, *lines: str, quotas: Quotas | None = None, url: str = "sqlite://"
) -> AsyncIterator[Fetching]:
    """The circle, with the fetcher at work in `folder`."""
    async with serving() as (media, home), scene(*FOUNDED, *lines, url=url) as made:
        console = made.console
        store, composer = console._dispatcher._store, console._dispatcher._composer
        faults = Faults()
        ends = ReceiptEnds(store, composer, lambda: console.now, lambda _written: None)
        fetcher = Fetcher(
            ReceiptQueue(made.engine),
            ends,
            partial(download, home),
            Shelf(folder),
            quotas or Quotas(min_free=0),
            lambda: console.now,
            _heard,
            faults,
        )
        at_work = Fetching(made, media, fetcher, folder, faults)
        try:
            yield at_work
        finally:
            await at_work.stop()
