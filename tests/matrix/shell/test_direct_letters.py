"""Words to one person: in the conversation there is, or in one that is made once."""

import pytest

from bot import events
from bot.matrix.net.http import path
from tests.matrix.shell.house import notice

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


def to(user: str, body: str, cause: str, ordinal: int = 0):
    return notice("", body, cause, ordinal, room_id=None, to_user=user)


async def invited(alice) -> str:
    """Joins the room that the bot invites to."""
    room = await alice.timeline.until(lambda: next(iter(alice.client.invited_rooms), None))
    await alice.join(room)
    return room


async def test_a_first_word_makes_an_encrypted_conversation(bot, member):
    alice = await member("alice")
    await bot.write(to(alice.user_id, "bonjour", "a-encrypted-conversation"))
    await invited(alice)
    assert (await alice.hears(lambda e: e.body == "bonjour")).encrypted


async def test_it_is_a_direct_room_for_both(bot, member):
    alice = await member("alice")
    await bot.write(to(alice.user_id, "bonjour", "a-for-both"))
    room = await invited(alice)
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged), room)
    async with bot.requests() as home:
        listed = await home.get(path("user", bot.user_id, "account_data", "m.direct"))
    assert fact.direct
    assert listed[alice.user_id] == [room]


async def test_several_words_go_to_the_same_room(bot, member):
    alice = await member("alice")
    await bot.write(
        to(alice.user_id, "un", "a-same-room"), to(alice.user_id, "deux", "b-same-room")
    )
    room = await invited(alice)
    await alice.hears(lambda e: e.body == "deux")
    assert (await alice.hears(lambda e: e.body == "un")).room == room


async def test_the_conversation_that_somebody_began_is_used(bot, member):
    alice = await member("alice")
    room = await alice.create("", bot.user_id, direct=True)
    await bot.joins(room)
    await bot.write(to(alice.user_id, "bonjour", "a-is-used"))
    assert (await alice.hears(lambda e: e.body == "bonjour")).room == room


async def test_a_crash_right_after_making_the_room_makes_no_second_one(house, member):
    bot = await house()
    alice = await member("alice")
    await bot.write(to(alice.user_id, "un", "a-second-one"))
    room = await invited(alice)
    await bot.sent("a-second-one")
    await bot.stop()
    await bot.forget_direct_rooms()
    await bot.start()
    await bot.write(to(alice.user_id, "deux", "b-second-one"))
    assert (await alice.hears(lambda e: e.body == "deux")).room == room


async def test_who_left_the_conversation_is_invited_again(bot, member):
    alice = await member("alice")
    await bot.write(to(alice.user_id, "un", "a-new-one"))
    first = await invited(alice)
    await alice.hears(lambda e: e.body == "un")
    await alice.client.room_leave(first)
    await bot.changed(first, alice.user_id, joined=False)
    await bot.write(to(alice.user_id, "deux", "b-new-one"))
    await alice.timeline.until(lambda: first in alice.client.invited_rooms)
    await alice.join(first)
    assert (await alice.hears(lambda e: e.body == "deux")).room == first


async def test_a_word_to_nobody_ends_and_holds_nobody_up(bot, member):
    alice = await member("alice")
    await bot.write(
        to("@nobody:unknown.invalid", "perdu", "a-nobody-up"),
        to(alice.user_id, "lu", "b-nobody-up"),
    )
    await invited(alice)
    await alice.hears(lambda e: e.body == "lu")
    await bot.sent("b-nobody-up")
    assert await bot.outbox.unfinished(9) == frozenset()


async def test_a_message_alone_with_the_bot_is_heard(bot, member):
    alice = await member("alice")
    await bot.write(to(alice.user_id, "bonjour", "a-is-heard"))
    room = await invited(alice)
    await alice.hears(lambda e: e.body == "bonjour")
    await alice.say(room, "mes données")
    assert (await bot.said(room, "mes données")).room == room
