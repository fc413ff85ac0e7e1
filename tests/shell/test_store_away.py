"""The store goes away and comes back: said once, whoever waits for it."""

import asyncio
import io

from structlog.testing import capture_logs

from bot import store_retry as patience
from bot.operations.logs import Unfailing
from bot.store_retry import patiently
from storage.errors import StoreUnavailableError


class Store:
    """A store that is away for the first attempts."""

    def __init__(self, away: int) -> None:
        self.away = away

    async def ask(self) -> str:
        self.away -= 1
        if self.away >= 0:
            raise StoreUnavailableError("locked")
        return "here"


async def test_many_who_wait_say_it_once(monkeypatch):
    monkeypatch.setattr(patience, "PAUSES", (0,))
    store = Store(away=7)
    with capture_logs() as told:
        given = await asyncio.gather(*(patiently(store.ask) for _ in range(5)))
    assert given == ["here"] * 5
    assert [line["event"] for line in told] == ["store.away", "store.back"]


class Full(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, f"no space for {len(text)}")


def test_a_log_on_a_full_disk_ends_nothing():
    stream = Unfailing(Full())
    assert stream.write("line") is None
