"""The independent check: what the database and the rooms' histories say of each command sent.

It reads the tables by the drivers themselves and the histories by HTTP: nothing of the bot's code.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import asyncpg

_PAGE = "500"


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
    faults: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        counts = (self.lost, self.doubled, self.replies_lost, self.replies_doubled)
        return not (any(counts) or self.out_of_order or self.faults)

    def add(self, other: "Count") -> None:
        self.commands += other.commands
        self.lost += other.lost
        self.doubled += other.doubled
        self.replies_lost += other.replies_lost
        self.replies_doubled += other.replies_doubled
        self.out_of_order += other.out_of_order
        self.seconds = max(self.seconds, other.seconds)
        self.faults += other.faults


@dataclass(frozen=True, slots=True)
class Books:
    """The bot's database, read by its driver: a file's path, or a PostgreSQL address."""

    where: Path | str

    async def waiting(self) -> int:
        """How many events are unhandled and letters unsent."""
        inbox = "SELECT count(*) FROM inbox WHERE NOT finished"
        outbox = "SELECT count(*) FROM outbox WHERE NOT finished"
        return sum([rows[0][0] for rows in (await self.rows(inbox), await self.rows(outbox))])

    async def effects(self) -> Counter[str]:
        """How many declarations each event made."""
        query = "SELECT source FROM entries WHERE kind = 'declared'"
        return Counter(row[0] for row in await self.rows(query))

    async def corrections(self) -> Counter[str]:
        """How many corrections each event made."""
        query = "SELECT source FROM entries WHERE kind = 'corrected'"
        return Counter(row[0] for row in await self.rows(query))

    async def ballots(self) -> defaultdict[str, list[str]]:
        """The choices that each event cast, of a vote by yes or no."""
        cast: defaultdict[str, list[str]] = defaultdict(list)
        for source, choice in await self.rows("SELECT source, choice FROM ballots"):
            cast[source].append(json.loads(choice))
        return cast

    async def rows(self, query: str) -> Sequence[Any]:
        """Raises OSError, `sqlite3.Error` or `asyncpg.PostgresError` where it cannot be read."""
        if isinstance(self.where, str):
            connection = await asyncpg.connect(self.where, timeout=10)
            try:
                return await connection.fetch(query)
            finally:
                await connection.close()
        return _read(self.where, query)


AWAY = (OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What reading raises while the database is away."""


def _read(file: Path, query: str) -> Sequence[Any]:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=1)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


async def history(url: str, token: str, room: str) -> list[dict[str, Any]]:
    """All events of a room, oldest first."""
    found: list[dict[str, Any]] = []
    address = f"{url}/_matrix/client/v3/rooms/{quote(room)}/messages"
    params = {"dir": "f", "limit": _PAGE}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        while True:
            async with session.get(address, params=params) as response:
                page = await response.json()
            found += page["chunk"]
            if "end" not in page or not page["chunk"]:
                return found
            params["from"] = page["end"]


def answered(events: Iterable[dict[str, Any]], bot: str) -> list[str]:
    """What the bot's messages answer, in the order of the room (relations travel in clear)."""
    ours = (e["content"] for e in events if e["sender"] == bot and e["type"] != "m.reaction")
    relations = (content.get("m.relates_to", {}).get("m.in_reply_to", {}) for content in ours)
    return [relation["event_id"] for relation in relations if "event_id" in relation]


def judge(sent: Sequence[str], made: Counter[str], told: Sequence[str]) -> Count:
    """Compare what was sent to one room, in order, with its effects and its answers."""
    count, times = Count(commands=len(sent)), Counter(told)
    place = {event: number for number, event in enumerate(sent)}
    for event in sent:
        count.lost += made[event] == 0
        count.doubled += max(0, made[event] - 1)
        count.replies_lost += times[event] == 0
        count.replies_doubled += max(0, times[event] - 1)
    order = [place[event] for event in told if event in place]
    count.out_of_order = sum(later < earlier for earlier, later in pairwise(order))
    return count
