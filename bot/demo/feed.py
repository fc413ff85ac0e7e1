"""What is heard in the demonstration's rooms, whoever heard it first: each event once, in order."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from bot.demo.errors import DemoError
from bot.letters.compose import MESSAGE, POLL_START, REACTION, REPLY_FIELD

ANSWERS_WITHIN: Final = 30.0

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomEvent:
    """An event that one of our people could read."""

    room: str
    id: str
    sender: str
    type: str
    content: dict[str, Any]
    redacts: str | None = None

    @property
    def name(self) -> str:
        """Who sent it, as people say it: `bob` for `@bob:localhost`."""
        return self.sender.removeprefix("@").partition(":")[0]

    @property
    def key(self) -> str | None:
        """The reply key that the bot puts into what it sends."""
        key: str | None = self._reply.get("key")
        return key

    @property
    def values(self) -> dict[str, Any]:
        values: dict[str, Any] = self._reply.get("values", {})
        return values

    @property
    def body(self) -> str:
        return str(self.content.get("body", ""))

    @property
    def file(self) -> str | None:
        """The name of the file that it brings."""
        name: str | None = self.content.get("filename")
        return name

    @property
    def replies_to(self) -> str | None:
        to: str | None = self._relation.get("m.in_reply_to", {}).get("event_id")
        return to

    @property
    def about(self) -> str | None:
        """The event that it reacts to, corrects or answers as a poll."""
        about: str | None = self._relation.get("event_id")
        return about

    @property
    def relates_by(self) -> str | None:
        """How it relates to that event: `m.annotation`, `m.replace`, `m.reference`."""
        kind: str | None = self._relation.get("rel_type")
        return kind

    @property
    def emoji(self) -> str:
        return str(self._relation.get("key", ""))

    @property
    def _reply(self) -> dict[str, Any]:
        reply: dict[str, Any] = self.content.get(REPLY_FIELD, {})
        return reply

    @property
    def _relation(self) -> dict[str, Any]:
        relation: dict[str, Any] = self.content.get("m.relates_to", {})
        return relation


class Feed:
    """Everything heard so far; `listener` is told of each event, in the order of the first ear."""

    def __init__(self, listener: "Listener") -> None:
        self._listener = listener
        self._heard: dict[str, RoomEvent] = {}
        self._changed = asyncio.Event()
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def add(self, heard: RoomEvent) -> None:
        """Takes an event in, unless somebody else already heard it."""
        if heard.id not in self._heard:
            self._heard[heard.id] = heard
            self._listener(self, heard)
            self.changed()

    def changed(self) -> None:
        """Lets whoever waits look again."""
        self._changed.set()

    def fail(self, error: Exception) -> None:
        """Nothing more will come: whoever waits is told why."""
        if not self.broken.done():
            self.broken.set_exception(error)
            self.broken.exception()  # looked at, should nobody wait
        self.changed()

    def get(self, event_id: str | None) -> RoomEvent | None:
        return self._heard.get(event_id or "")

    def first(self, wanted: Callable[[RoomEvent], object]) -> RoomEvent | None:
        return next((heard for heard in self._heard.values() if wanted(heard)), None)

    def announced(self, room: str, ref: str) -> RoomEvent | None:
        """The message in which the bot announced `A1`."""
        return self.first(
            lambda e: e.room == room and e.type == MESSAGE and e.values.get("id") == ref
        )

    def poll(self, announced: RoomEvent) -> RoomEvent | None:
        """The native poll that goes with the announcement of a vote."""
        return self.first(lambda e: e.type == POLL_START and e.replies_to == announced.id)

    async def answer(self, sent: str, about: str | None, expecting: str) -> RoomEvent:
        """What the bot answers to the event `sent`: a message, or its mark on `about`."""
        marked = {sent, about}
        return await self.wait(
            lambda: self.first(
                lambda e: (
                    bool(e.key)
                    and (e.replies_to == sent or (e.type == REACTION and e.about in marked))
                )
            ),
            expecting,
        )

    async def wait(self, look: Callable[[], Found | None], expecting: str) -> Found:
        """The first true value of `look`, asked again after each change; raises `DemoError`."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                while not (found := look()):
                    if self.broken.done():
                        self.broken.result()
                    self._changed.clear()
                    await self._changed.wait()
                return found
        except TimeoutError:
            raise DemoError(f"{expecting}: nothing within {ANSWERS_WITHIN:g} s") from None


Listener = Callable[[Feed, RoomEvent], None]
