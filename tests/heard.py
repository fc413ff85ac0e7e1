"""What a person in a room hears, and how a test waits for it: on the thing itself, never on time.

Both clients of these tests (nio's in matrix/, matrix-js-sdk's in interop/) tell what they see as
`Heard` values in a `Timeline`, so that one scene can be played by either.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

Found = TypeVar("Found")
WITHIN = 30.0  # seconds before a wait is a failure: only reached when something is broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An event as its reader's client shows it. `failure` says why it stays unreadable.

    `shield`, `poll` and `file` are what an independent client makes of it (interop only).
    """

    room: str
    id: str
    sender: str
    at: int
    type: str
    content: dict[str, Any]
    encrypted: bool
    redacts: str | None = None
    failure: str | None = None
    shield: dict[str, Any] | None = None
    poll: dict[str, Any] | None = None
    file: dict[str, Any] | None = None

    @property
    def body(self) -> str:
        return self.content.get("body", "")

    @property
    def key(self) -> str | None:
        """The reply key that the bot put into what it sent."""
        return self.content.get("org.souci.reply", {}).get("key")

    @property
    def values(self) -> dict[str, Any]:
        return self.content.get("org.souci.reply", {}).get("values", {})

    @property
    def relation(self) -> dict[str, Any]:
        return self.content.get("m.relates_to", {})

    @property
    def replies_to(self) -> str | None:
        return self.relation.get("m.in_reply_to", {}).get("event_id")


class Timeline:
    """Everything heard so far, in order; several may wait on it at once."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self._changed = asyncio.Event()
        self._broken: BaseException | None = None

    def add(self, event: Heard) -> None:
        self.heard.append(event)
        self.changed()

    def changed(self) -> None:
        """Lets whoever waits look again."""
        self._changed.set()

    def fail(self, error: BaseException) -> None:
        """Nothing more will come: whoever waits is told why."""
        self._broken = error
        self.changed()

    async def until(self, look: Callable[[], Found | None]) -> Found:
        """The first true value of `look`, which is asked again after each change."""
        try:
            async with asyncio.timeout(WITHIN):
                while not (found := look()):
                    if self._broken:
                        raise self._broken
                    self._changed.clear()
                    await self._changed.wait()
                return found
        except TimeoutError:
            pytest.fail(f"not heard within {WITHIN:g} s. Heard:\n{self._told()}")

    async def wait_for(self, wanted: Callable[[Heard], object], *, failed: bool = False) -> Heard:
        """The first event that is as `wanted`: a readable one, or one that `failed` to be."""
        return await self.until(
            lambda: next((e for e in self.heard if bool(e.failure) == failed and wanted(e)), None)
        )

    def _told(self) -> str:
        return "\n".join(
            f"  {e.sender} {e.type} {e.failure or e.key or e.body}" for e in self.heard
        )


class Person(ABC):
    """A member at their client, whichever it is."""

    user_id: str

    def __init__(self) -> None:
        self.timeline = Timeline()

    @abstractmethod
    async def create(
        self, name: str | None, *invited: str, encrypted: bool = True, direct: bool = False
    ) -> str:
        """Makes a room, with power 100 there; gives its id."""

    @abstractmethod
    async def join(self, room: str) -> None: ...

    @abstractmethod
    async def meets(self, room: str, *users: str) -> None:
        """Waits until these people are in the room."""

    @abstractmethod
    async def say(
        self, room: str, text: str, *, html: str = "", mentions: tuple[str, ...] = ()
    ) -> str:
        """Sends a message; gives its event id, as everything here that sends does."""

    @abstractmethod
    async def reply(self, room: str, to: str, text: str) -> str: ...

    @abstractmethod
    async def edit(self, room: str, event_id: str, text: str) -> str: ...

    @abstractmethod
    async def react(self, room: str, event_id: str, key: str) -> str: ...

    @abstractmethod
    async def redact(self, room: str, event_id: str) -> str: ...

    @abstractmethod
    async def answer_poll(self, room: str, poll: str, *answers: str) -> str: ...

    async def hears(self, wanted: Callable[[Heard], object]) -> Heard:
        return await self.timeline.wait_for(wanted)

    async def answer_to(self, event_id: str) -> Heard:
        """The first message that the bot sent in reply to an event."""
        return await self.hears(lambda e: e.replies_to == event_id and e.key)

    async def told(self, key: str, about: str) -> Heard:
        """The first message with this reply key about a thing (its id)."""
        return await self.hears(lambda e: e.key == key and e.values.get("id") == about)

    async def asks(self, room: str, text: str) -> Heard:
        """Says something and waits for what the bot answers."""
        return await self.answer_to(await self.say(room, text))
