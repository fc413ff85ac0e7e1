"""An event says itself when it was said, and its server may lie: rights, rules, closings and the
ledger go by an instant between the last sync and the receipt.
"""

from datetime import datetime, timedelta

import pytest

from bot.matrix.crypto.decrypting import Decrypter
from bot.matrix.crypto.machine import open_machine
from bot.matrix.crypto.store import open_store
from bot.matrix.rooms.room import Room
from bot.matrix.sync.reading import Reader
from bot.matrix.sync.unread import Unread
from tests.chat.scene import Scene, scene

OWN = "@souci:localhost"
BEGUN = (
    "@ 2026-11-20 09:00",
    "alice> !cercle créer Littoral",
    "bob> bonjour",
    "alice> !rôle @bob soucieux jusqu'au 25 novembre",
    "alice> !doter 500 €",
    "alice> !vote Peindre ? jusqu'au 26 novembre 18h",
    "@ 2026-11-28 09:00",
)
LATELY = timedelta(seconds=30)
AN_ABSENCE = timedelta(days=4)


class Forger:
    """Sends what another server stamped at will; the bot was in sync some time ago."""

    def __init__(self, made: Scene, reader: Reader) -> None:
        self.made = made
        self._reader = reader
        self._room = Room("!circle:localhost", encrypted=False)
        self._count = 0

    async def says(
        self, who: str, line: str, stamp: datetime, synced: timedelta = LATELY
    ) -> tuple[str, dict[str, object]]:
        self._count += 1
        raw = {
            "type": "m.room.message",
            "event_id": f"$forged{self._count}",
            "sender": f"@{who}:localhost",
            "origin_server_ts": int(stamp.timestamp() * 1000),
            "content": {"msgtype": "m.text", "body": line},
        }
        since = int((self.made.console.now - synced).timestamp() * 1000)
        [one] = self._reader.read(self._room, [raw], since)
        await self.made.console._inbox.admit(OWN, [one], None)
        await self.made.console._dispatcher.handle(one)
        [heard] = await self.made.console.drain()
        return heard.key, heard.values


@pytest.fixture
async def forger(tmp_path):
    store = open_store(tmp_path, OWN, "OURS")
    machine = open_machine(store)
    async with scene(*BEGUN) as made:
        unread = Unread(tmp_path, machine, grace_ms=0)
        yield Forger(made, Reader(OWN, Decrypter(machine), unread, lambda: made.console.now))
    store.close()


def day(number: int) -> datetime:
    """Noon of a day of November."""
    return datetime.fromisoformat(f"2026-11-{number}T12:00+01:00")


@pytest.mark.parametrize("line", ["!doter 900 €", "!rôle @bob soucieux", "!réglage quorum 1/2"])
async def test_a_former_stewards_old_stamp_is_refused(forger, line):
    key, _ = await forger.says("bob", line, day(24))
    assert key == "refused.not-allowed"


async def test_no_entry_is_dated_back(forger):
    _, values = await forger.says("bob", "!contribution 1h affiches", day(21))
    assert values["day"] == "2026-11-28"
    [ledger] = await forger.made.play("alice> !journal 1")
    assert ledger.values["items"][0]["at"].startswith("2026-11-28")


async def test_no_ballot_is_cast_before_a_closing_that_has_passed(forger):
    key, _ = await forger.says("bob", "!bulletin V1 pour", day(26))
    assert key == "vote.already-closed"


async def test_no_entry_is_dated_forward(forger):
    _, values = await forger.says("bob", "!contribution 1h affiches", day(30))
    assert values["day"] == "2026-11-28"


async def test_after_an_absence_what_was_said_meanwhile_is_of_then(forger):
    key, _ = await forger.says("bob", "!doter 900 €", day(25), synced=AN_ABSENCE)
    assert key == "budget.granted"


async def test_after_an_absence_nothing_is_of_before_it(forger):
    _, values = await forger.says("bob", "!contribution 1h affiches", day(21), synced=AN_ABSENCE)
    assert values["day"] == "2026-11-24"
