"""The bot is away while much is said, or comes into a room where much was said before."""

import asyncio
import random

from tests.matrix.member import Member
from tests.torture.recount import answered, history
from tests.torture.rounds import Fault
from tests.torture.world import World, found_rooms, insist, text

TIMELINE = "10"


def away(messages: int) -> Fault:
    """So many messages a room; the bot's syncs bring ten of them."""

    async def play(world: World, _chance: random.Random) -> list[str]:
        await world.bot.stop()
        talks = [
            _talk(world, room, world.members[place % len(world.members)], messages)
            for place, room in enumerate(world.rooms)
        ]
        deleted = [event for some in await asyncio.gather(*talks) for event in some]
        await world.bot.start(SOUCI_TIMELINE=TIMELINE)
        await world.settled()
        made = await world.books.effects()
        return [f"{event} was deleted and done" for event in deleted if made[event]]

    return Fault(f"absence, {messages} a room", play, 1, 1)


async def _talk(world: World, room: str, member: Member, messages: int) -> list[str]:
    """Commands, half of what is said, among everything else; gives the deleted ones."""
    deleted = []
    for turn in range(messages // 10):
        command = [await world.command(room, member) for _ in range(5)][-1]
        said = await insist(member, room, text(f"bonjour {turn}"))
        await insist(member, room, _annotation(command, "👍"), "m.reaction")
        await insist(member, room, _edit(said, "bonsoir"))
        await insist(member, room, _ballot(said), "org.matrix.msc3381.poll.response")
        deleted.append(await insist(member, room, text("!contribution 9h effacée")))
        await member.client.room_redact(room, deleted[-1])
    return deleted


def _annotation(event: str, key: str) -> dict[str, object]:
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": key}}


def _edit(event: str, body: str) -> dict[str, object]:
    relation = {"rel_type": "m.replace", "event_id": event}
    return text(f"* {body}") | {"m.new_content": text(body), "m.relates_to": relation}


def _ballot(event: str) -> dict[str, object]:
    relation = {"rel_type": "m.reference", "event_id": event}
    return {"org.matrix.msc3381.poll.response": {"answers": ["yes"]}, "m.relates_to": relation}


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
