"""Two circles, a coordination, and every kind of person, each with a conversation of their own."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Table

from bot import events
from bot.console.console import room_id, user_id
from circle.jobs import JobKind
from storage.engine import reading
from storage.mail import Posted
from storage.tables import mail
from storage.tables.base import metadata
from tests.chat.scene import Scene, scene

OURS, THEIRS = "Littoral", "Oise"
WORDS = {OURS: ("mimosa", "glycine"), THEIRS: ("tournesol",)}
AMOUNTS = {OURS: ("4242", "4\u202f242"), THEIRS: ("3131", "3\u202f131")}
_MAIL = {one.name for one in vars(mail).values() if isinstance(one, Table)}
_OF_QUESTIONS = (JobKind.PROMPT_RECALL, JobKind.PROMPT_LAPSE)
KEPT = [table.name for table in metadata.sorted_tables if table.name not in _MAIL]


Dump = dict[str, list[tuple[object, ...]]]


class Kind(StrEnum):
    """What somebody is to the circle; also the name of the one who is it here."""

    PARTICIPANT = "participant"
    CONTRIBUTOR = "contributor"
    STEWARD = "steward"
    COORDINATOR = "coordinator"
    STRANGER = "stranger"
    NEIGHBOUR = "neighbour"  # the steward of another circle
    FORMER = "former"  # was a steward, and left the room


class Where(StrEnum):
    """The kinds of rooms; the value is the console's name of the one that is it here."""

    CIRCLE = "circle"
    OTHER = "oise"
    UNBOUND = "elsewhere"
    COORDINATION = "coordination"
    DIRECT = "dm"


BEGUN = (
    "steward> !cercle créer Littoral",
    "former> bonjour",
    "contributor> bonjour",
    "participant> bonjour",
    "steward> !rôle @former soucieux",
    "steward> !rôle @contributor contributeur",
    "steward> !doter 9 000 € de la MEL",
    "contributor> !action Planter le mimosa",
    "contributor> !contribution 2h tailler la glycine 4242 €",
    "contributor> !consentement Un banc sous le mimosa",
    "contributor> !objection V1 la glycine manque de place",
    "contributor> !réunion Autour du mimosa jeudi 14h-16h",
    "contributor> !rappel vendredi 9h arroser le mimosa",
    "contributor> !vote Un second mimosa ?",
    "steward> !séance ouvrir",
    "former leaves",
    "[oise] neighbour> !cercle créer Oise",
    "[oise] neighbour> !action Semer le tournesol",
    "[oise] neighbour> !contribution 1h tournesol 3131 €",
    "[elsewhere] stranger> bonjour",
    "[coordination] coordinator> bonjour",
    *(f"{kind} (dm)> !aide" for kind in Kind),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the bot let out because of one event: keys, all of it as text, to which rooms."""

    keys: tuple[str, ...]
    text: str
    rooms: frozenset[str | None] = frozenset()

    def tells(self, circle: str) -> bool:
        """Whether something of that circle's is in it."""
        return self.tells_amounts(circle) or any(word in self.text for word in WORDS[circle])

    def tells_amounts(self, circle: str) -> bool:
        """Whether what somebody asked there is in it."""
        return any(amount in self.text for amount in AMOUNTS[circle])


class Town:
    """Where anybody may say anything anywhere, let in by the homeserver or not."""

    def __init__(self, made: Scene, database: sqlite3.Connection) -> None:
        self.scene = made
        self._console = made.console
        self._database = database

    def common(self, who: str, where: str) -> dict[str, object]:
        """What every event of somebody's has, without their entry into the room."""
        room = f"dm-{who}" if where == Where.DIRECT else where
        given = self._console._common(who, self._console._rooms[room_id(room)])
        return given | {"sender": user_id(who)}

    async def say(self, who: str, where: str, line: str, **more: object) -> Said:
        return await self.happens(events.Message(**self.common(who, where), body=line, **more))

    async def happens(self, event: events.AnyEvent) -> Said:
        await self._console._handle(event)
        posted: list[Posted] = []
        now_ms = int(self._console.now.timestamp() * 1000)
        while ready := await self._console._outbox.ready(now_ms):
            for one in ready:
                await self._console._outbox.sent(one.row, f"$town-{one.row}")
            posted += ready
        letters = [one.letter for one in posted]
        keys = (one.content.get("org.souci.reply", {}).get("key", "") for one in letters)
        files = (one.file.body.decode("utf-8", "replace") for one in letters if one.file)
        told = [str(one.content) for one in letters]
        rooms = frozenset(one.room_id for one in letters)
        return Said(tuple(filter(None, keys)), "\n".join([*told, *files]), rooms)

    def announced(self, subject: str, where: Where = Where.CIRCLE) -> str:
        """The event that announced a thing in a room."""
        return self._console._rooms[room_id(where)].announced[subject]

    def spoken(self, who: str) -> list[str]:
        """Somebody's messages in the circle's room, in order."""
        return self._console._rooms[room_id(Where.CIRCLE)].sent[who]

    def dump(self) -> Dump:
        """Everything in the store but mail: what came in, what went out, who is in which room.

        Nor what somebody was asked about their own line, and when that is recalled.
        """
        kept = {
            name: self._database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            for name in KEPT
            if name != "prompts"
        }
        return kept | {"jobs": [row for row in kept["jobs"] if row[2] not in _OF_QUESTIONS]}


def changed(before: Dump, after: Dump) -> dict[str, list[tuple[object, ...]]]:
    """The rows that came, by table, and `gone` for tables that lost some."""
    came = {name: list(set(after[name]) - set(before[name])) for name in after}
    gone = {name: [("gone",)] for name in after if set(before[name]) - set(after[name])}
    return {name: rows for name, rows in came.items() if rows} | gone


def on_the_first(line: str) -> str:
    """An example about the first thing of its kind, which is somebody's here."""
    return re.sub(r"\b([ACVMR])\d+\b", r"\g<1>1", line)


@asynccontextmanager
async def town() -> AsyncIterator[Town]:
    """The town on a Monday morning; all of its people have been heard before."""
    async with scene(*BEGUN, coordinators=["coordinator"]) as made:
        async with reading(made.engine) as connection:
            driver = connection.sync_connection.connection.driver_connection
        yield Town(made, driver.database)
