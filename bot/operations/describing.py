"""What the bot understands, told to clients that can show it (MSC4391).

One state event a command in each circle's room where the bot may set state, in the circle's
language. It goes slowly, and slower still where the homeserver limits our rate: answers to people
matter more.
"""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from bot.matrix.net import files
from bot.matrix.net.errors import LimitedError, RefusedError, RequestError, StateDirError
from bot.pipeline.handled import Answered
from bot.pipeline.requests import OperatorSettings
from circle.circles import Circle
from commands import COMMANDS
from commands.kernel.command import Command, Place, Right
from commands.reading.usage import rest
from speech.sentences import Speech
from storage.errors import StoreUnavailableError
from storage.uow import Store

log = structlog.get_logger(__name__)

SetState = Callable[[str, str, str, Mapping[str, object]], Awaitable[object]]
"""Room, type, state key, content; raises `RequestError`s."""

DESCRIPTION: Final = "org.matrix.msc4391.command_description"
ARGUMENTS: Final = "arguments"
EVERY: Final = 3600.0
PACE: Final = 0.5
SLOW: Final = 20.0
_CHANGES: Final = frozenset({"circle.create", "language", "setting"})


def description(command: Command[Any], language: str, speech: Speech) -> dict[str, object]:
    """The content of one command's state event: its names, what it does, what may follow it."""

    def text(body: str) -> dict[str, object]:
        return {"m.text": [{"body": body}]}

    name = command.name_in(language)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    about = speech.say(f"about.{command.key}", {}, language, zone=UTC, now=at).text.strip()
    told: dict[str, object] = {
        "command": name,
        "aliases": [other for other in command.names if other != name],
        "description": text(about),
    }
    if following := rest(command, language):
        told["parameters"] = [
            {
                "key": ARGUMENTS,
                "schema": {"schema_type": "primitive", "type": "string"},
                "optional": following.startswith("["),
                "description": text(following),
            }
        ]
        told["fi.mau.tail_parameter"] = ARGUMENTS
    return told


def state_key(command: str, user_id: str) -> str:
    """Of a command's name and of who understands it."""
    return b64encode(sha256(f"{command}{user_id}".encode()).digest()).decode()


class Describer:
    """Keeps the descriptions of all rooms up to date; what is told is noted in the state dir."""

    def __init__(
        self,
        store: Store,
        speech: Speech,
        settings: OperatorSettings,
        set_state: SetState,
        folder: Path,
    ) -> None:
        self._store = store
        self._speech = speech
        self._settings = settings
        self._set_state = set_state
        self._file = folder / "described.json"
        self._changed = asyncio.Event()
        self._pace = PACE

    def answered(self, answered: Answered) -> None:
        """A circle that was just made, or changed its language, is not left waiting."""
        if answered.command in _CHANGES:
            self._changed.set()

    def room_changed(self) -> None:
        """A room's powers may have changed."""
        self._changed.set()

    async def run(self) -> None:
        """Describe what is not yet described, whenever something changed, until cancelled.

        Raises OSError where the disk fails.
        """
        while True:
            self._changed.clear()
            try:
                await self._round()
            except (RequestError, StoreUnavailableError, StateDirError) as error:
                log.info("describing.put_off", reason=str(error))
            try:
                await asyncio.wait_for(self._changed.wait(), EVERY)
            except TimeoutError:
                continue

    async def _round(self) -> None:
        told = files.read(self._file) or {}
        for circle in await self._ours():
            wanted = self._wanted(circle.rules.language)
            mark = sha256(msgspec.json.encode(wanted)).hexdigest()
            if told.get(circle.room_id) != mark and await self._describe(circle.room_id, wanted):
                told[circle.room_id] = mark
                files.write(self._file, told)

    async def _ours(self) -> list[Circle]:
        """The circles in whose rooms we may set state."""
        mine = []
        async with self._store.transaction() as uow:
            for circle in await uow.circles.all(datetime.now(UTC).date()):
                facts = await uow.rooms.get(circle.room_id)
                own = self._settings.user_id
                if facts is not None and facts.power_of(own) >= facts.state_power:
                    mine.append(circle)
        return mine

    def _wanted(self, language: str) -> list[dict[str, object]]:
        shown = (Place.CIRCLE, Place.CIRCLES, Place.ANYWHERE)
        return [
            description(command, language, self._speech)
            for command in COMMANDS
            if command.place in shown and command.right is not Right.COORDINATOR
        ]

    async def _describe(self, room: str, wanted: list[dict[str, object]]) -> bool:
        for content in wanted:
            key = state_key(str(content["command"]), self._settings.user_id)
            try:
                await self._put(room, key, content)
            except RefusedError as error:
                log.info("describing.refused", room=room, reason=str(error))
                return False
            await asyncio.sleep(self._pace)
        log.info("described", room=room, commands=len(wanted))
        return True

    async def _put(self, room: str, key: str, content: Mapping[str, object]) -> None:
        while True:
            try:
                await self._set_state(room, DESCRIPTION, key, content)
            except LimitedError as error:
                self._pace = SLOW
                await asyncio.sleep(error.retry_after + SLOW)
            else:
                return
