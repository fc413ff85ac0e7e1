"""While the bot is away people go on: what they said then is heard once, in order, all of it."""

from datetime import UTC, datetime

import pytest

from bot import events

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

LIMIT = 5  # events of a room that a sync brings: far fewer than are said in these absences


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_an_absence_longer_than_a_timeline(house, member, encrypted):
    bot, alice = await house(timeline_limit=LIMIT), await member("alice")
    room = await alice.create("Littoral", bot.user_id, encrypted=encrypted)
    await bot.joins(room)
    await alice.meets(room, bot.user_id)
    await alice.say(room, "!0")
    await bot.said("!0")
    await bot.stop()
    lines = [f"!{n}" for n in range(1, 40)]
    for line in lines:
        await alice.say(room, line)
    await bot.start()
    await bot.said("!39")
    assert await bot.bodies() == ["!0", *lines]


async def test_several_rooms_at_once(house, member):
    bot, alice = await house(timeline_limit=LIMIT), await member("alice")
    rooms = [await alice.create(f"Salon {n}", bot.user_id, encrypted=False) for n in range(3)]
    for room in rooms:
        await bot.joins(room)
    await bot.stop()
    for n in range(12):
        for room in rooms:
            await alice.say(room, f"!{n}")
    await bot.start()
    heard = [e for e in await bot.admitted() if isinstance(e, events.Message)]
    assert {r: [e.body for e in heard if e.room == r] for r in rooms} == {
        room: [f"!{n}" for n in range(12)] for room in rooms
    }


async def test_nothing_said_before_the_bot_joined_is_heard(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", encrypted=False)
    for n in range(3):
        await alice.say(room, f"!ancien {n}")
    await alice.client.room_invite(room, bot.user_id)
    await bot.joins(room)
    await alice.say(room, "!nouveau")
    await bot.said("!nouveau")
    assert await bot.bodies() == ["!nouveau"]


async def test_nothing_said_while_the_bot_was_out_is_heard(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id, encrypted=False)
    await bot.joins(room)
    await alice.client.room_kick(room, bot.user_id)
    out = await bot.told(lambda e: isinstance(e, events.MemberChanged) and not e.joined)
    await alice.say(room, "!dehors")
    await alice.client.room_invite(room, bot.user_id)
    await bot.told(lambda e: _joined(e, bot.user_id) and e.at > out.at)
    await alice.say(room, "!dedans")
    await bot.said("!dedans")
    assert await bot.bodies() == ["!dedans"]


async def test_without_a_token_nothing_said_is_a_command(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id, encrypted=False)
    await bot.joins(room)
    await alice.say(room, "!perdu")
    await bot.said("!perdu")
    await bot.stop()
    await bot.lose_database()
    await bot.start()
    await alice.say(room, "!entendu")
    await bot.said("!entendu")
    assert await bot.bodies() == ["!entendu"]


async def test_a_restart_admits_nothing_twice(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id)
    await bot.joins(room)
    await alice.meets(room, bot.user_id)
    await alice.say(room, "!un")
    await bot.said("!un")
    await bot.stop()
    before = await bot.admitted()
    await bot.start()
    await alice.say(room, "!deux")
    await bot.said("!deux")
    assert await bot.admitted() == [*before, await bot.said("!deux")]


async def test_instants_are_held_between_the_entry_and_now(house, member):
    bot, alice = await house(), await member("alice")
    before = datetime.now(UTC)
    room = await alice.create("Littoral", bot.user_id, encrypted=False)
    await bot.joins(room)
    await alice.say(room, "!maintenant")
    heard = await bot.said("!maintenant")
    assert before.timestamp() * 1000 - 1 <= heard.at <= datetime.now(UTC).timestamp() * 1000


async def test_what_was_deleted_during_an_absence_is_heard_as_deleted_only(house, member):
    bot, alice = await house(timeline_limit=LIMIT), await member("alice")
    room = await alice.create("Littoral", bot.user_id, encrypted=False)
    await bot.joins(room)
    await bot.stop()
    gone = await alice.say(room, "!regretté")
    await alice.redact(room, gone)
    for n in range(10):
        await alice.say(room, f"!{n}")
    await bot.start()
    await bot.told(lambda e: isinstance(e, events.Redaction) and e.target == gone)
    assert "!regretté" not in await bot.bodies()


async def test_who_joined_and_left_during_an_absence_is_told(house, member):
    bot, alice, bob = await house(timeline_limit=LIMIT), await member("alice"), await member("bob")
    room = await alice.create("Littoral", bot.user_id, bob.user_id, encrypted=False)
    await bot.joins(room)
    await bot.stop()
    await bob.join(room)
    await bob.client.room_leave(room)
    for n in range(10):
        await alice.say(room, f"!{n}")
    await bot.start()
    await bot.said("!9")
    told = [e for e in await bot.admitted() if isinstance(e, events.MemberChanged)]
    assert [e.joined for e in told if e.user == bob.user_id] == [True, False]


def _joined(event: object, user: str) -> bool:
    return isinstance(event, events.MemberChanged) and event.user == user and event.joined
