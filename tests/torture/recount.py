"""The independent check: what the database and the rooms' histories say of each command sent."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import aiohttp


@dataclass(slots=True)
class Count:
    """A round's figures: all but `commands` and `seconds` must be 0."""

    commands: int = 0
    lost: int = 0
    doubled: int = 0
    replies_lost: int = 0
    replies_doubled: int = 0
    out_of_order: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        faults = (self.lost, self.doubled, self.replies_lost)
        return not any((*faults, self.replies_doubled, self.out_of_order))

    def add(self, other: "Count") -> None:
        for name in ("commands", "lost", "doubled", "replies_lost", "replies_doubled"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.out_of_order += other.out_of_order
        self.seconds = max(self.seconds, other.seconds)
        self.notes += other.notes


def waiting(database: Path) -> int:
    """How many events are unhandled and letters unsent."""
    inbox = "SELECT count(*) AS n FROM inbox WHERE NOT finished"
    outbox = "SELECT count(*) AS n FROM outbox WHERE NOT finished"
    return sum(int(_rows(database, query)[0]["n"]) for query in (inbox, outbox))


def _rows(database: Path, query: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)
    try:
        connection.row_factory = sqlite3.Row
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def effects(database: Path) -> Counter[str]:
    """How many entries each event made."""
    rows = _rows(database, "SELECT source FROM entries WHERE kind = 'declared'")
    return Counter(row["source"] for row in rows)


def causes(database: Path) -> Mapping[str, str]:
    """Transaction id → the event that the message answers."""
    query = "SELECT txn_id, cause FROM outbox WHERE ordinal = 0"
    return {row["txn_id"]: row["cause"] for row in _rows(database, query)}


async def answers(
    url: str, token: str, room: str, bot: str, cause_of: Mapping[str, str]
) -> list[str]:
    """The events that the bot's messages in a room answer, in the order of the room."""
    found: list[str] = []
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        start: str | None = None
        while True:
            params = {"dir": "f", "limit": "500"} | ({"from": start} if start else {})
            address = f"{url}/_matrix/client/v3/rooms/{room}/messages"
            async with session.get(address, params=params) as response:
                page = await response.json()
            for event in page["chunk"]:
                row = event.get("content", {}).get("org.souci.row")
                if event["sender"] == bot and row in cause_of:
                    found.append(cause_of[row])
            start = page.get("end")
            if not page["chunk"] or start is None:
                return found


def judge(sent: Sequence[str], made: Counter[str], answered: Sequence[str]) -> Count:
    """Compare what was sent to one room, in order, with its effects and its answers."""
    count = Count(commands=len(sent))
    told = Counter(answered)
    place = {event: number for number, event in enumerate(sent)}
    for event in sent:
        count.lost += made[event] == 0
        count.doubled += max(0, made[event] - 1)
        count.replies_lost += told[event] == 0
        count.replies_doubled += max(0, told[event] - 1)
    order = [place[event] for event in answered if event in place]
    count.out_of_order = sum(later < earlier for earlier, later in pairwise(order))
    return count
