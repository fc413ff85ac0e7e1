"""The bot is away while much is said, or comes into a room where much was said before."""

import asyncio
import random
from dataclasses import dataclass, field

from tests.matrix.member import Member
from tests.torture.recount import Books, answered, history
from tests.torture.rounds import Fault
from tests.torture.world import World, found_rooms, insist, text

TIMELINE = "10"
PREFIX = "org.matrix.msc3381.poll"
POLL = f"{PREFIX}.start"


@dataclass(slots=True)
class Said:
    """What was said beside plain commands, by what must have come of it: messages of the members.

    `ballots`: each answer to a poll with the choice it makes.
    """

    deleted: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    ballots: dict[str, str] = field(default_factory=dict)

    async def wrong(self, books: Books) -> list[str]:
        """What came of it that should not have, or did not though it should."""
        made = await books.effects()
        corrections = await books.corrections()
        cast = await books.ballots()
        return [
            *(f"{event} was deleted and done" for event in self.deleted if made[event]),
            *(f"{one} is mended {made[one]} times" for one in self.repaired if made[one] != 1),
            *(
                f"{one} corrects {corrections[one]} times"
                for one in self.corrected
                if corrections[one] != 1
            ),
            *(
                f"{one} is no ballot for {choice}: {cast[one]}"
                for one, choice in self.ballots.items()
                if cast[one] != [choice]
            ),
        ]


def away(messages: int) -> Fault:
    """So many messages a room; the bot's syncs bring ten of them."""

    async def play(world: World, _chance: random.Random) -> list[str]:
        polls = [await opened_poll(world, room) for room in world.rooms]
        await world.bot.stop()
        said = Said()
        talks = [
            _talk(world, room, world.members[place % len(world.members)], polls[place], messages)
            for place, room in enumerate(world.rooms)
        ]
        for one in await asyncio.gather(*talks):
            said.deleted += one.deleted
            said.corrected += one.corrected
            said.repaired += one.repaired
            said.ballots |= one.ballots
        await world.bot.start(SOUCI_TIMELINE=TIMELINE)
        await world.settled()
        return await said.wrong(world.books)

    return Fault(f"absence, {messages} a room", play, 1, 1)


async def opened_poll(world: World, room: str) -> str:
    """The poll of a vote that is open from now on."""
    member = world.members[0]
    announced = await member.asks(room, "!vote Oui ?")
    poll = await member.hears(lambda e: e.type == POLL and e.replies_to == announced.id)
    return poll.id


async def _talk(world: World, room: str, member: Member, poll: str, messages: int) -> Said:
    """Commands, half of what is said, among everything else."""
    said = Said()
    for turn in range(messages // 10):
        command = [await world.command(room, member) for _ in range(5)][-1]
        await insist(member, room, annotation(command, "👍"), "m.reaction")
        better = _edit(command, f"!contribution 2h essai, mieux n° {turn}")
        await insist(member, room, better)
        said.corrected.append(command)
        typo = await insist(member, room, text(f"!contributon 1h faute {turn}"))
        mended = _edit(typo, f"!contribution 1h sans faute n° {turn}")
        await insist(member, room, mended)
        said.repaired.append(typo)
        choice = ("yes", "no")[turn % 2]
        said.ballots[await vote(member, room, poll, choice)] = choice
    said.deleted.append(await insist(member, room, text("!contribution 9h effacée")))
    await member.client.room_redact(room, said.deleted[-1])
    return said


def annotation(event: str, key: str) -> dict[str, object]:
    """The content of a reaction to that event."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": key}}


def _edit(event: str, body: str) -> dict[str, object]:
    relation = {"rel_type": "m.replace", "event_id": event}
    return text(f"* {body}") | {"m.new_content": text(body), "m.relates_to": relation}


async def vote(member: Member, room: str, poll: str, choice: str) -> str:
    """An answer to a poll; its event."""
    relation = {"rel_type": "m.reference", "event_id": poll}
    content = {f"{PREFIX}.response": {"answers": [choice]}, "m.relates_to": relation}
    return await insist(member, room, content, f"{PREFIX}.response")


async def first_join(world: World, _chance: random.Random) -> list[str]:
    """Old commands wait in a room that the bot joins: none of them runs."""
    founder = world.members[0]
    old: list[str] = []

    async def before(room: str) -> None:
        old.extend([await insist(founder, room, text("!contribution 1h avant")) for _ in range(15)])

    await found_rooms(world, ["plain", "encrypted"], before)
    await world.load(2)
    await world.settled()
    made = await world.books.effects()
    told = set()
    for room in world.rooms[-2:]:
        events = await history(world.home.url, world.watcher.token, room)
        told |= set(answered(events, world.bot.access.user_id))
    return [f"{event} was said before and ran" for event in old if made[event] or event in told]


FIRST_JOIN = Fault("first join, old commands", first_join, 1, 3)
