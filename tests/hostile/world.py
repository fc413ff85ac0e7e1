"""The rooms in which a life is lived: steps become events, events what they changed and said."""

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from time import process_time
from typing import Any, Final

import structlog

from bot import events
from bot.console.console import BOT, Console, _Room, room_id, user_id
from bot.letters.compose import POLL_START, REPLY_FIELD
from bot.pipeline.handled import Answered
from bot.pipeline.requests import OperatorSettings
from storage.engine import reading
from storage.mail import Admission, Letter, Posted
from tests.chat.scene import Scene, scene
from tests.hostile.people import BEGUN, COORDINATOR
from tests.hostile.standing import Standing, standing
from tests.hostile.steps import Step, Verb
from tests.hostile.touched import Change, Touched

_FAULTS: Final = {"event.failed", "event.unreadable", "event.unanswerable", "job.failed"}


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of a step. `event` is None where only the clock moved."""

    step: Step
    event: events.AnyEvent | None = None
    before: Standing = field(default_factory=Standing)
    changes: tuple[Change, ...] = ()
    letters: tuple[Letter, ...] = ()
    answered: tuple[Answered, ...] = ()
    faults: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def refused(self) -> bool:
        return any(one.result != "done" for one in self.answered)

    def keys(self) -> list[str]:
        """What was answered, by key."""
        told = (letter.content.get(REPLY_FIELD) for letter in self.letters)
        return [one["key"] for one in told if isinstance(one, dict)]


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that became an event of a room."""

    event_id: str
    room: str
    poll: bool
    subject: bool


class World:
    """Three circles and their people, one event at a time."""

    def __init__(self, made: Scene, database: sqlite3.Connection, logs: list[Any]) -> None:
        self.scene = made
        self.database = database
        self.touched = Touched(database)
        self.moved: dict[str, str] = {}
        self.names: dict[tuple[str, str], str | None] = {}
        self.count = 0
        self.said: list[events.AnyEvent] = []
        self.sent: list[Sent] = []
        self.answered: list[Answered] = []
        self.heard_ms = self.now_ms
        self.powers = {room: _strong(database, room) for room in self.rooms}
        self._logs = logs
        self._seen = len(logs)
        self.console._dispatcher._directory = self

    @property
    def console(self) -> Console:
        return self.scene.console

    @property
    def settings(self) -> OperatorSettings:
        return self.console._dispatcher._settings

    @property
    def rooms(self) -> dict[str, _Room]:
        return self.console._rooms

    @property
    def now_ms(self) -> int:
        return int(self.console.now.timestamp() * 1000)

    def room(self, who: str, where: str) -> str:
        """The room of that name, as it is since it was upgraded."""
        found = room_id(f"dm-{who}" if where == "dm" else where)
        while found in self.moved:
            found = self.moved[found]
        return found

    def last_ids(self, who: str, room: str) -> dict[str, int]:
        """The last number given to each kind of thing, where who speaks means one circle."""
        rows = self.database.execute(
            "SELECT kind, max(last) FROM numbers WHERE circle IN (SELECT id FROM circles WHERE"
            " room_id = ?1 OR (?1 LIKE '!dm-%' AND room_id IN"
            " (SELECT room_id FROM room_members WHERE user_id = ?2))) GROUP BY kind",
            (room, user_id(who)),
        )
        return dict(rows.fetchall())

    def present(self, room: str) -> set[str]:
        return self.rooms[room].joined

    async def joined_members(self, room: str) -> Mapping[str, str | None]:
        """Who is in a room, under the name that they show there."""
        known = self.rooms.get(room)
        people = known.joined if known else ()
        return {user: self.names.get((room, user)) for user in people}

    async def told_apart(self, _event_id: str, _lanes: tuple[str, str]) -> None:
        """What was sent is known at once here."""

    async def handle(self, step: Step, event: events.AnyEvent) -> Happened:
        """Let it in and do it; once it is in the inbox, also what was done already."""
        here = frozenset(name for name, room in self.rooms.items() if event.sender in room.joined)
        before = standing(self.database, event, here)
        began = process_time()
        await self.let_in(event)
        return await self.gathered(step, event, before, process_time() - began)

    async def let_in(self, event: events.AnyEvent) -> None:
        admission = Admission(
            event_id=event.id, room_id=event.room, at_ms=event.at, payload=events.encode(event)
        )
        await self.console._inbox.admit(BOT, [admission], None)
        handled = await self.console._dispatcher.handle(admission)
        self.answered.extend(handled.answered)

    async def gathered(
        self,
        step: Step,
        event: events.AnyEvent | None = None,
        before: Standing | None = None,
        seconds: float = 0,
    ) -> Happened:
        """What has changed and was said since the last time."""
        changes = tuple(self.touched.take())
        letters = tuple(one.letter for one in await self._posted())
        answered, self.answered[:] = tuple(self.answered), []
        fresh, self._seen = self._logs[self._seen :], len(self._logs)
        faults = tuple(str(one) for one in fresh if one["event"] in _FAULTS)
        at = before or Standing()
        return Happened(step, event, at, changes, letters, answered, faults, seconds)

    async def _posted(self) -> list[Posted]:
        """Everything out of the outbox; it then stands in its rooms."""
        posted: list[Posted] = []
        while ready := await self.console._outbox.ready(self.now_ms):
            for one in ready:
                await self.console._outbox.sent(one.row, f"$letter-{one.row}")
                self._stands(one)
            posted += ready
        return posted

    def _stands(self, posted: Posted) -> None:
        letter = posted.letter
        room = letter.room_id or room_id(f"dm-{(letter.to_user or '')[1:].partition(':')[0]}")
        poll = letter.event_type == POLL_START
        self.sent.append(Sent(f"$letter-{posted.row}", room, poll, letter.subject is not None))
        del self.sent[:-400]

    def common(self, step: Step, room: str | None = None) -> dict[str, Any]:
        """What every event has; its forged instant held between what was known and now."""
        self.count += 1
        stamp = self.now_ms + step.number * 1000 if step.verb in _STAMPED else self.now_ms
        return {
            "id": f"$hostile-{self.count}",
            "room": room or self.room(step.who, step.where),
            "sender": user_id(step.who),
            "at": max(self.heard_ms, min(stamp, self.now_ms)),
        }

    def pass_time(self, seconds: int) -> None:
        """All that came until now is known; a little time goes by."""
        self.heard_ms = self.now_ms
        self.console.now += timedelta(seconds=seconds)


_STAMPED: Final = {Verb.SAYS, Verb.EDITS}


def _strong(database: sqlite3.Connection, room: str) -> set[str]:
    """Who has power in a room, but for us."""
    [powers] = database.execute("SELECT powers FROM rooms WHERE room_id = ?", (room,)).fetchone()
    return set(json.loads(powers)) - {BOT}


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    """The world on a Monday morning, everybody heard before."""
    with structlog.testing.capture_logs() as logs:
        async with scene(*BEGUN, coordinators=[COORDINATOR]) as made:
            async with reading(made.engine) as connection:
                driver = connection.sync_connection.connection.driver_connection
            yield World(made, driver.database, logs)
