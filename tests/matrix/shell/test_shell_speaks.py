"""A word said to the bot arrives, and what it writes is read: in encrypted rooms and plain ones."""

import pytest

from tests.matrix.shell.house import notice

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def test_an_encrypted_conversation(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id)
    await bot.joins(room)
    await alice.meets(room, bot.user_id)
    await alice.say(room, "!action Portes ouvertes")
    heard = await bot.said("!action Portes ouvertes")
    await bot.write(notice(room, "Bien noté", cause=heard.id))
    answer = await alice.hears(lambda e: e.body == "Bien noté")
    assert answer.encrypted
    assert (heard.room, heard.sender) == (room, alice.user_id)


async def test_a_plain_conversation(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id, encrypted=False)
    await bot.joins(room)
    await alice.say(room, "!aide")
    await bot.said("!aide")
    await bot.write(notice(room, "Voici", cause="aide"))
    answer = await alice.hears(lambda e: e.body == "Voici")
    assert not answer.encrypted
