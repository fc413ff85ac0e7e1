"""A circle that votes, for tests: what people answer to native polls, what the bot attaches."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import events
from bot.console.console import Heard
from bot.letters.compose import POLL_END, POLL_START
from circle.jobs import JobKind
from circle.malformed import MalformedError
from circle.tally import as_values, tally
from circle.votefile import parse_vote
from storage.mail import Posted
from storage.tables.kinds import stored_table
from storage.tables.meetings import jobs
from storage.tables.votes import ballot_reasons, ballots, votes
from tests.chat.scene import Scene

PARIS = ZoneInfo("Europe/Paris")
OF_QUESTIONS = (JobKind.PROMPT_RECALL, JobKind.PROMPT_LAPSE)
CIRCLE = ("alice> !cercle créer Littoral", "bob joins", "carole joins", "dany joins")


class BallotBox:
    """A scene, with every letter that left it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.posted: list[Posted] = []
        hear = scene.console._heard

        def listening(one: Posted) -> Any:
            self.posted.append(one)
            return hear(one)

        scene.console._heard = listening

    async def play(self, *lines: str) -> list[Heard]:
        return await self.scene.play(*lines)

    async def keys(self, *lines: str) -> list[str]:
        return await self.scene.keys(*lines)

    async def last(self, *lines: str) -> Heard:
        """The last thing said because of these lines."""
        return (await self.play(*lines))[-1]

    async def closed(self, vote: str) -> dict[str, Any]:
        """What is told of that vote at its time, which comes now."""
        return (await self.at_its_time(vote)).values

    async def at_its_time(self, vote: str) -> Heard:
        """The same, with its words and where it is said."""
        number = votes.c.number == int(vote[1:])
        async with self.scene.engine.connect() as connection:
            closes = await connection.scalar(select(votes.c.closes).where(number))
        heard = await self.play(f"@ {closes.astimezone(PARIS):%Y-%m-%dT%H:%M:%S}")
        closings = [one for one in heard if one.key == "vote.closed" and one.values["id"] == vote]
        return closings[-1]

    def polls(self, vote: str) -> list[dict[str, Any]]:
        """The native polls posted for a vote, oldest first."""
        return [one.letter.content[POLL_START] for one in self._sent(vote, POLL_START)]

    def ended(self, vote: str) -> list[str]:
        """The polls of a vote that were ended."""
        return [one.letter.target or "" for one in self._sent(vote, POLL_END)]

    def poll_event(self, vote: str, which: int = -1) -> str:
        """The event of a vote's poll; the latest unless said."""
        return self._event(self._sent(vote, POLL_START)[which])

    async def choose(self, who: str, vote: str, *answers: str, which: int = -1) -> list[Heard]:
        """Somebody answers a vote's poll."""
        return await self.respond(who, vote, answers, which=which)

    async def respond(
        self, who: str, vote: str, answers: tuple[str, ...] | None, *, which: int = -1
    ) -> list[Heard]:
        """The same, with what a client may send: None is an answer that cannot be read."""
        event = events.PollResponse(
            **await self._common(who), poll=self.poll_event(vote, which), answers=answers
        )
        self.response = event.id
        return await self.scene.console._admit(event)

    async def react_in_private(self, who: str, vote: str, key: str) -> list[Heard]:
        """A reaction on what announced a vote to somebody in a direct message."""
        room = await self.scene.console._enter(who, "circle", direct=True)
        common = self.scene.console._common(who, room)
        reaction = events.Reaction(**common, target=room.announced[vote], key=key)
        return await self.scene.console._admit(reaction)

    async def retract(self, who: str) -> list[Heard]:
        """Somebody takes back the last answer to a poll."""
        event = events.Redaction(**await self._common(who), target=self.response)
        return await self.scene.console._admit(event)

    def file(self, vote: str) -> str:
        """The last vote file attached about a vote."""
        name = f"{vote}.json"
        files = [one.letter.file for one in self.posted if one.letter.file]
        return next(file.body.decode() for file in reversed(files) if file.name == name)

    def files(self) -> list[str]:
        """The names of all files attached, pictures too."""
        return [one.letter.file.name for one in self.posted if one.letter.file]

    async def written(self) -> list[list[tuple[Any, ...]]]:
        """Everything the store holds of votes."""
        planned = select(jobs).where(jobs.c.kind.not_in(OF_QUESTIONS))
        kept = [select(stored_table(one)) for one in (votes, ballots, ballot_reasons)]
        async with self.scene.engine.connect() as connection:
            return [
                [tuple(row) for row in await connection.execute(one)] for one in (*kept, planned)
            ]

    async def _common(self, who: str) -> dict[str, Any]:
        room = await self.scene.console._enter(who, "circle")
        return self.scene.console._common(who, room)

    def _sent(self, vote: str, kind: str) -> list[Posted]:
        return [
            one
            for one in self.posted
            if one.letter.event_type == kind and (one.letter.subject or "").endswith(f":{vote}")
        ]

    def _event(self, one: Posted) -> str:
        return f"$souci-{self.scene.console._run}-{one.row}"


def recounted(text: str) -> dict[str, Any]:
    """What recounting a vote file gives, money as the bot tells it."""
    try:
        election = parse_vote(text)
    except MalformedError as error:
        raise AssertionError(f"the file is malformed: {error}") from error
    told = as_values(tally(election), lambda cents: {"cents": cents, "currency": "EUR"})
    return json.loads(json.dumps(told))
