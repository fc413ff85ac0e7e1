"""A circle at which very many lines are thrown, through the real dispatcher, a savepoint each.

One transaction is held open over many lines and undone after them; the dispatcher's own
transactions are savepoints in it. Triggers tell which tables each of them really changed.
"""

import random
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import events
from bot.console.console import room_id, user_id
from bot.letters.compose import Composer
from bot.pipeline.addressed import hear
from bot.pipeline.dispatch import Dispatcher
from bot.pipeline.requests import OperatorSettings
from circle.circles import Rules
from circle.people import Person
from circle.personal import PersonalData
from commands import COMMANDS
from commands.reading.line import find
from speech.sentences import Speech
from storage.engine import writing
from storage.mail import Admission
from storage.session import Statements
from storage.uow import SqlUnitOfWork, Store
from tests.chat.scene import scene
from tests.security.town import KEPT

BEGUN = (
    "alice> !cercle créer Littoral",
    "bob> bonjour",
    "carole joins",
    "alice> !doter 5 000 € de la MEL",
    "alice> !chantier Accueil",
    "bob> !action Portes ouvertes avant le 12 décembre budget 400 €",
    "bob> !contribution 2h affiches #A1 80 €",
    "bob> !frais 12 € pain",
    "alice> !vote Repeindre ?",
    "bob> !consentement Ouvrir le samedi",
    "alice> !réunion Café jeudi 14h-16h",
    "bob> !rappel vendredi 9h envoyer",
    "bob (dm)> !aide",
    "[elsewhere] dany> !aide",
    "[coordination] carole> bonjour",
)
PLACES = (
    *(("alice", "circle"), ("bob", "circle"), ("bob", "circle"), ("bob", "dm-bob")),
    *(("dany", "elsewhere"), ("carole", "coordination")),
)
ANNOUNCED = ("A1", "C1", "C2", "V1", "V2", "M1", "R1")


OF_WHO_SPEAKS = frozenset({"people", "profiles", "memberships"})
"""Whoever was forgotten and speaks is known from then on, also where they are refused."""


@dataclass(slots=True)
class Touched:
    """The tables that what was kept has changed."""

    names: list[str] = field(default_factory=list)

    def watch(self, database: sqlite3.Connection) -> None:
        database.create_function("touched", 1, self.names.append)
        for name in KEPT:
            if name == "prompts":  # what is asked about one's own line is no change
                continue
            for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                if verb == "INSERT" and name in OF_WHO_SPEAKS:
                    continue
                when = f"WHEN {row}.kind NOT LIKE 'prompt-%' " if name == "jobs" else ""
                database.execute(
                    f"CREATE TEMP TRIGGER watch_{name}_{verb} AFTER {verb} ON main.{name} "
                    f"{when}BEGIN SELECT touched('{name}'); END"
                )


class Savepoints(Store):
    """The store, whose transactions are savepoints of one that is already open."""

    def __init__(
        self,
        engine: AsyncEngine,
        rules: Rules,
        connection: AsyncConnection,
        touched: Touched,
    ) -> None:
        super().__init__(engine, rules)
        self.database: sqlite3.Connection = (
            connection.sync_connection.connection.driver_connection.database
        )
        self._connection = connection
        self._touched = touched

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqlUnitOfWork]:
        before = len(self._touched.names)
        self.database.execute("SAVEPOINT one")
        try:
            yield self._over(Statements(self._connection))
        except BaseException:
            self.database.execute("ROLLBACK TO one")
            del self._touched.names[before:]
            raise
        finally:
            self.database.execute("RELEASE one")

    async def gather(self, person: Person) -> PersonalData:
        """Who asks for their data is met for good: that is no change of what is refused."""
        before = len(self._touched.names)
        gathered = await super().gather(person)
        del self._touched.names[before:]
        return gathered

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        yield self._over(Statements(self._connection))


class Directory:
    """Who is in the room, whichever."""

    async def joined_members(self, _room: str) -> Mapping[str, str | None]:
        return dict.fromkeys(map(user_id, ("alice", "bob", "carole")))

    async def told_apart(self, _event_id: str, _lanes: tuple[str, str]) -> None:
        """Nothing leaves."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a line: reply keys, tables changed, and how it ended; CPU seconds."""

    keys: tuple[str, ...]
    touched: tuple[str, ...]
    refused: bool
    expected: bool
    seconds: float

    @property
    def fault(self) -> str | None:
        """What is wrong with it, if anything."""
        if "refused.failed" in self.keys:
            return "a fault of the program"
        if self.expected and not self.keys:
            return "no answer"
        if self.refused and self.touched:
            return f"a refusal that changed {set(self.touched)}"
        return None


class Hammer:
    """Throws lines; `batch` undoes what they did."""

    def __init__(
        self,
        store: Savepoints,
        settings: OperatorSettings,
        touched: Touched,
        announced: Mapping[str, str],
    ) -> None:
        self._store = store
        self._settings = settings
        self._touched = touched
        self._announced = list(announced.values())
        self._dispatcher = Dispatcher(store, Composer(Speech(), "!"), Directory(), settings)
        self._count = 0
        self._said: list[str] = []

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[None]:
        """What is thrown within leaves nothing behind."""
        self._store.database.execute("SAVEPOINT batch")
        yield
        self._store.database.execute("ROLLBACK TO batch")
        self._store.database.execute("RELEASE batch")
        self._touched.names.clear()
        self._said.clear()

    def message(self, chance: random.Random, body: str) -> events.Message:
        """A line as somebody says it somewhere: perhaps in answer to something, or an edit."""
        self._count += 1
        who, room = chance.choice(PLACES)
        roll = chance.random()
        edits = chance.choice(self._said) if self._said and roll > 0.9 else None
        made = events.Message(
            id=f"$hammer-{self._count}",
            room=room_id(room),
            sender=user_id(who),
            at=1_795_420_800_000 + self._count,
            body=body,
            html=body if roll < 0.1 else None,
            mentions=(self._settings.user_id,) if roll > 0.95 else (),
            reply_to=chance.choice(self._announced) if roll < 0.2 else None,
            edits=edits,
        )
        self._said.append(made.id)
        return made

    async def throw(self, event: events.Message) -> Outcome:
        """Let the dispatcher handle it."""
        try:
            payload = events.encode(event)
        except UnicodeEncodeError:  # such a text never gets past the shell
            event = _encodable(event)
            payload = events.encode(event)
        self._touched.names.clear()
        self._admit(event, payload)
        last = self._last()
        began = time.process_time()
        await self._dispatcher.handle(
            Admission(event_id=event.id, room_id=event.room, at_ms=event.at, payload=payload)
        )
        seconds = time.process_time() - began
        keys = self._keys(last)
        refused = self._outcome(event.id) == "refused"
        touched = tuple(self._touched.names)
        return Outcome(keys, touched, refused, self._expects(event), seconds)

    def _admit(self, event: events.Message, payload: bytes) -> None:
        """As an inbox takes it, whose transactions would be too many here."""
        self._store.database.execute(
            "INSERT INTO inbox (event_id, room_id, at_ms, payload, finished) "
            "VALUES (?, ?, ?, ?, 0)",
            (event.id, event.room, event.at, payload),
        )

    def _expects(self, event: events.Message) -> bool:
        """Whether it must be answered, or shown a reaction."""
        direct = event.room.startswith("!dm-")
        heard = hear(event, self._settings, direct=direct)
        if heard is None or event.edits is not None:
            return False
        return find(heard.line, self._settings.prefix, COMMANDS) is not None

    def _last(self) -> int:
        return self._one("SELECT max(row) FROM outbox") or 0

    def _keys(self, after: int) -> tuple[str, ...]:
        rows = self._store.database.execute(
            "SELECT json_extract(content, '$.\"org.souci.reply\".key') FROM outbox"
            " WHERE row > ? ORDER BY row",
            (after,),
        )
        return tuple(str(key) for (key,) in rows)

    def _outcome(self, event_id: str) -> object:
        return self._one("SELECT outcome FROM origins WHERE event_id = ?", event_id)

    def _one(self, sql: str, *values: object) -> object:
        row = self._store.database.execute(sql, values).fetchone()
        return row[0] if row else None


def _encodable(event: events.Message) -> events.Message:
    body = event.body.encode(errors="replace").decode()
    html = event.html and event.html.encode(errors="replace").decode()
    fields = {name: getattr(event, name) for name in event.__struct_fields__}
    return events.Message(**fields | {"body": body, "html": html})


@asynccontextmanager
async def hammer(*more: str) -> AsyncIterator[Hammer]:
    """A hammer over a circle that has one of each thing, and in which these lines were said."""
    async with scene(*BEGUN, *more, coordinators=["carole"]) as made:
        rooms = made.console._rooms
        announced = rooms[room_id("circle")].announced
        settings = made.console._dispatcher._settings
        touched = Touched()
        async with writing(made.engine) as connection:
            store = Savepoints(made.engine, settings.rules, connection, touched)
            touched.watch(store.database)
            yield Hammer(store, settings, touched, announced)
            await connection.rollback()
