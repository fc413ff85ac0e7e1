"""While the bot is away people go on: what they said then is heard once, in order, all of it."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot import events
from bot.matrix.net.http import path

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

LIMIT = 5  # events of a room that a sync brings: far fewer than are said in these absences


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(house):
    return await house(timeline_limit=LIMIT)


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_an_absence_longer_than_a_timeline(bot, alice, encrypted):
    room = await bot.meets(alice, encrypted=encrypted)
    await alice.say(room, "!0")
    await bot.said(room, "!0")
    await bot.stop()
    lines = [f"!{n}" for n in range(1, 30)]
    for line in lines:
        await alice.say(room, line)
    await bot.start()
    await bot.said(room, lines[-1])
    assert await bot.bodies(room) == ["!0", *lines]


async def test_several_rooms_at_once(bot, alice):
    rooms = [await bot.meets(alice, encrypted=False) for _ in range(3)]
    await bot.stop()
    lines = [f"!{n}" for n in range(12)]
    for line in lines:
        for room in rooms:
            await alice.say(room, line)
    await bot.start()
    assert [await bot.bodies(room) for room in rooms] == [lines] * 3


async def test_nothing_said_before_the_bot_joined_is_heard(bot, alice):
    room = await alice.create("Littoral", encrypted=False)
    for n in range(3):
        await alice.say(room, f"!ancien {n}")
    await alice.client.room_invite(room, bot.user_id)
    await bot.joins(room)
    await alice.say(room, "!nouveau")
    await bot.said(room, "!nouveau")
    assert await bot.bodies(room) == ["!nouveau"]


async def test_nothing_said_between_the_invitation_and_the_entry_is_heard(bot, alice):
    room = await alice.create("Littoral", encrypted=False)
    await bot.stop()
    await alice.client.room_invite(room, bot.user_id)
    await alice.say(room, "!ancien")
    async with bot.requests() as home:
        await home.post(path("join", room), {})
    await alice.say(room, "!nouveau")
    await bot.start()
    await bot.said(room, "!nouveau")
    assert await bot.bodies(room) == ["!nouveau"]


async def test_nothing_said_while_the_bot_was_out_is_heard(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    await alice.client.room_kick(room, bot.user_id)
    out = await bot.changed(room, bot.user_id, joined=False)
    await alice.say(room, "!dehors")
    await alice.client.room_invite(room, bot.user_id)
    await bot.told(lambda e: _joined(e, bot.user_id) and e.at > out.at, room)
    await alice.say(room, "!dedans")
    await bot.said(room, "!dedans")
    assert await bot.bodies(room) == ["!dedans"]


async def test_without_a_token_nothing_said_is_a_command(house, alice):
    lost = await house()
    room = await lost.meets(alice, encrypted=False)
    await alice.say(room, "!perdu")
    await lost.said(room, "!perdu")
    await lost.stop()
    await lost.lose_database()
    await lost.start()
    await alice.say(room, "!entendu")
    await lost.said(room, "!entendu")
    assert await lost.bodies(room) == ["!entendu"]


async def test_a_restart_admits_nothing_twice(bot, alice):
    room = await bot.meets(alice)
    await alice.say(room, "!un")
    await bot.said(room, "!un")
    await bot.stop()
    before = await bot.admitted(room)
    await bot.start()
    await alice.say(room, "!deux")
    last = await bot.said(room, "!deux")
    assert await bot.admitted(room) == [*before, last]


async def test_reading_again_from_an_old_token_changes_nothing(bot, alice):
    room = await bot.meets(alice)
    old = await bot.inbox.token(bot.user_id)
    for n in range(10):
        await alice.say(room, f"!{n}")
    await bot.said(room, "!9")
    await bot.stop()
    before = await bot.admitted(room)
    await bot.inbox.admit(bot.user_id, [], old)
    await bot.start()
    assert await bot.admitted(room) == before


async def test_instants_are_held_between_the_entry_and_now(bot, alice):
    before = datetime.now(UTC)
    room = await bot.meets(alice, encrypted=False)
    await alice.say(room, "!maintenant")
    heard = await bot.said(room, "!maintenant")
    assert before.timestamp() * 1000 - 1 <= heard.at <= datetime.now(UTC).timestamp() * 1000


async def test_what_was_deleted_during_an_absence_is_heard_as_deleted_only(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    await bot.stop()
    gone = await alice.say(room, "!regretté")
    await alice.redact(room, gone)
    for n in range(10):
        await alice.say(room, f"!{n}")
    await bot.start()
    await bot.told(lambda e: isinstance(e, events.Redaction) and e.target == gone, room)
    assert "!regretté" not in await bot.bodies(room)


async def test_who_joined_and_left_during_an_absence_is_told(bot, alice, member):
    bob = await member("bob")
    room = await bot.meets(alice, bob.user_id, encrypted=False)
    await bot.stop()
    await bob.join(room)
    await bob.client.room_leave(room)
    for n in range(10):
        await alice.say(room, f"!{n}")
    await bot.start()
    await bot.said(room, "!9")
    told = [e for e in await bot.admitted(room) if isinstance(e, events.MemberChanged)]
    assert [e.joined for e in told if e.user == bob.user_id] == [True, False]


def _joined(event: object, user: str) -> bool:
    return isinstance(event, events.MemberChanged) and event.user == user and event.joined
