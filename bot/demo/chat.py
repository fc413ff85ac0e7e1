"""The chat at the end of the demonstration: the newcomer types as one of the members."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from rich.text import Text

from bot.demo.desk import Desk
from bot.demo.errors import DemoError
from bot.demo.feed import RoomEvent
from bot.demo.show import Show, style_of
from bot.demo.stage import CIRCLE, DemoStage
from bot.letters.compose import REACTION

FIRST: Final = "bob"
_PREFIX: Final = "!"
_REACTS: Final = re.compile(r"([+-])\s+(\S+)\s+#?(\w+)")
_REPLIES: Final = re.compile(r"re\s+#?(\w+)>\s*(.+)")
_LEAVES: Final = frozenset({"/quitter", "/quit", "/q"})

Word = Callable[[], Awaitable[None]]


class Chat:
    """Lines typed become what a person does; a word with a slash is for the chat itself.

    `patient`: each command waits for its answer before the next line is read.
    """

    def __init__(self, stage: DemoStage, show: Show, desk: Desk, *, patient: bool) -> None:
        self._stage = stage
        self._feed = stage.feed
        self._show = show
        self._desk = desk
        self._patient = patient
        self._person = stage.people[FIRST]
        self._room = stage.circle
        self._direct: dict[str, str] = {}
        self._words: Mapping[str, Word] = {
            **dict.fromkeys(("aide", "help"), self._help),
            **dict.fromkeys(("comptes", "accounts"), self._accounts),
            **dict.fromkeys((CIRCLE.lower(), "cercle", "circle"), self._go_to_circle),
            "coordination": self._go_to_coordination,
            "direct": self._go_direct,
        }

    async def run(self) -> None:
        """Until `/quitter` or the end of input; raises `DemoError` should the bot end."""
        while (line := await self._next()) is not None:
            words = line.strip()
            if words.lower() in _LEAVES:
                return
            if words:
                await self._obey(words)

    async def _next(self) -> str | None:
        self._desk.prompt(self._prompt())
        reading = asyncio.create_task(self._desk.lines.get(), name="next line")
        either: set[asyncio.Future[Any]] = {reading, self._feed.broken}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if self._feed.broken.done():
                self._feed.broken.result()
            return reading.result()
        finally:
            reading.cancel()

    def _prompt(self) -> Text:
        name = self._person.name
        where = self._show.room_label(self._room)
        return Text.assemble((name, style_of(name)), (where and f" {where}", "dim"), " › ")

    async def _obey(self, words: str) -> None:
        try:
            await self._do(words)
        except DemoError as error:
            if self._patient or self._feed.broken.done():
                raise
            self._show.say("demo.failed", text=str(error))

    async def _do(self, words: str) -> None:
        if words.startswith("/"):
            await self._slash(words.removeprefix("/").lower())
        elif reacts := _REACTS.fullmatch(words):
            await self._react(*reacts.groups())
        elif replies := _REPLIES.fullmatch(words):
            await self._reply(*replies.groups())
        else:
            await self._say(words, None)

    async def _say(self, text: str, to: str | None) -> None:
        sent = await self._person.say(self._room, text, to=to)
        if text.startswith(_PREFIX) or self._room in self._direct.values():
            await self._answered(sent, None, text)

    async def _reply(self, ref: str, text: str) -> None:
        if announced := self._announced(ref):
            await self._say(text, announced.id)

    async def _react(self, sign: str, emoji: str, ref: str) -> None:
        if not (announced := self._announced(ref)):
            return
        if sign == "+":
            sent = await self._person.react(self._room, announced.id, emoji)
            await self._answered(sent, announced.id, f"{emoji} {ref}")
        elif standing := self._standing(announced, emoji):
            await self._person.redact(self._room, standing.id)

    async def _answered(self, sent: str, about: str | None, text: str) -> None:
        if self._patient:
            await self._feed.answer(sent, about, f"the answer to “{text}”")

    def _announced(self, ref: str) -> RoomEvent | None:
        found = self._feed.announced(self._room, ref.upper())
        if found is None:
            self._show.say("demo.not-announced", id=ref.upper())
        return found

    def _standing(self, announced: RoomEvent, emoji: str) -> RoomEvent | None:
        """One's reaction that was not yet taken back."""
        return self._feed.first(
            lambda e: (
                e.type == REACTION
                and (e.sender, e.about, e.emoji) == (self._person.user_id, announced.id, emoji)
                and not self._feed.first(lambda taken: taken.redacts == e.id)
            )
        )

    # What is for the chat itself

    async def _slash(self, word: str) -> None:
        if person := self._stage.people.get(word):
            self._person = person
            if not person.is_in(self._room):
                self._room = self._stage.circle
        elif action := self._words.get(word):
            await action()
        else:
            self._show.say("demo.unknown", word=f"/{word}")

    async def _help(self) -> None:
        self._show.say("demo.help")

    async def _accounts(self) -> None:
        self._show.accounts()

    async def _go_to_circle(self) -> None:
        self._room = self._stage.circle

    async def _go_to_coordination(self) -> None:
        if self._person.is_in(self._stage.coordination):
            self._room = self._stage.coordination
        else:
            self._show.say("demo.not-there", name=self._person.name)

    async def _go_direct(self) -> None:
        person = self._person
        if person.name not in self._direct:
            room = await person.create(None, self._stage.souci, direct=True)
            await person.meets(room, self._stage.souci)
            self._direct[person.name] = room
        self._room = self._direct[person.name]
