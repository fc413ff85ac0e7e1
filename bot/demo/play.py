"""Plays the story: each beat by its person's client, each answer of the bot as it should be."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final

from bot.demo.beats import Beat, InvitesBeat, ReactsBeat, SaysBeat, StoryDays, StoryScene, VotesBeat
from bot.demo.errors import DemoError
from bot.demo.feed import RoomEvent
from bot.demo.people import DemoPerson
from bot.demo.stage import DemoStage, together
from bot.letters.compose import POLL_START

_LOOK: Final = 0.4
_READ: Final = 0.006  # seconds a character
_LONGEST: Final = 1.5


class Pace:
    """Time to read on a terminal, until a line is entered there (`lines`); none elsewhere."""

    def __init__(self, lines: asyncio.Queue[str | None] | None) -> None:
        self._lines = lines

    async def breathe(self, answer: RoomEvent) -> None:
        if self._lines is None:
            return
        seconds = min(_LOOK + _READ * len(answer.body), _LONGEST)
        with suppress(TimeoutError):
            line = await asyncio.wait_for(self._lines.get(), seconds)
            if line is None:
                self._lines.put_nowait(None)  # the end is for who reads next
            self._lines = None


class Play:
    """One performance. `titled` is told of each scene, `breathe` lets people read an answer."""

    def __init__(
        self,
        stage: DemoStage,
        days: StoryDays,
        titled: Callable[[str], None],
        breathe: Callable[[RoomEvent], Awaitable[None]],
    ) -> None:
        self._stage = stage
        self._feed = stage.feed
        self._days = days
        self._titled = titled
        self._breathe = breathe
        self._last: dict[str, str] = {}

    async def perform(self, scenes: Sequence[StoryScene]) -> None:
        """The whole story; raises `DemoError` at the first answer that is not as expected."""
        for scene in scenes:
            self._titled(scene.title)
            for beat in scene.beats:
                answer = await self._answer(beat, self._stage.people[beat.who])
                _check(beat, answer)
                await self._brought(beat.file)
                await self._breathe(answer)

    async def _answer(self, beat: Beat, person: DemoPerson) -> RoomEvent:
        match beat:
            case InvitesBeat():
                return await self._invites(person)
            case SaysBeat():
                return await self._says(beat, person)
            case ReactsBeat():
                return await self._reacts(beat, person)
            case VotesBeat():
                return await self._votes(beat, person)
        raise TypeError(f"nobody knows how to play {beat}")

    async def _brought(self, file: str | None) -> None:
        if file:
            await self._feed.wait(
                lambda: self._feed.first(lambda e: e.file == file), f"{file} is sent"
            )

    async def _says(self, beat: SaysBeat, person: DemoPerson) -> RoomEvent:
        stage = self._stage
        text = self._days.text(beat)
        room = stage.coordination if beat.coordination else stage.circle
        to = (await self._announced(beat.to)).id if beat.to else None
        edits = self._last[beat.who] if beat.edits else None
        sent = await person.say(room, text, to=to, edits=edits)
        self._last[beat.who] = sent
        return await self._feed.answer(sent, None, f"the answer to “{text}”")

    async def _reacts(self, beat: ReactsBeat, person: DemoPerson) -> RoomEvent:
        announced = await self._announced(beat.to)
        sent = await person.react(self._stage.circle, announced.id, beat.emoji)
        expecting = f"the answer to {beat.emoji} on {beat.to}"
        return await self._feed.answer(sent, announced.id, expecting)

    async def _votes(self, beat: VotesBeat, person: DemoPerson) -> RoomEvent:
        announced = await self._announced(beat.vote)
        poll = await self._feed.wait(
            lambda: self._feed.poll(announced), f"the poll of {beat.vote} is sent"
        )
        chosen = poll.content[POLL_START]["answers"][beat.answer]["id"]
        sent = await person.answer_poll(self._stage.circle, poll.id, chosen)
        return await self._feed.answer(sent, poll.id, f"the mark on the poll of {beat.vote}")

    async def _invites(self, person: DemoPerson) -> RoomEvent:
        stage = self._stage
        await person.invite(stage.circle, stage.souci)
        await together(stage.people, stage.circle, stage.souci)
        return await self._feed.wait(
            lambda: self._feed.first(lambda e: e.room == stage.circle and e.key),
            "the bot introduces itself",
        )

    async def _announced(self, ref: str) -> RoomEvent:
        return await self._feed.wait(
            lambda: self._feed.announced(self._stage.circle, ref), f"{ref} is announced"
        )


def _check(beat: Beat, answer: RoomEvent) -> None:
    """Raises `DemoError` unless the answer is the one expected."""
    if answer.key != beat.expects:
        said = " ".join(answer.body.split())
        raise DemoError(f"expected {beat.expects}, the bot answered {answer.key}: {said}")
    for name, expected in beat.values.items():
        if answer.values.get(name) != expected:
            found = answer.values.get(name)
            raise DemoError(f"{answer.key}: expected {expected} as {name}, found {found}")
