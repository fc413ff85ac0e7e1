"""A word said to the bot arrives, and what it writes is read: in encrypted rooms and plain ones."""

import pytest

from bot.matrix.net.http import path
from bot.matrix.send import sender
from tests.matrix.shell.house import notice, requests_of, saying

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def test_an_encrypted_conversation(bot, alice):
    room = await bot.meets(alice)
    await alice.say(room, "!action Portes ouvertes")
    heard = await bot.said(room, "!action Portes ouvertes")
    await bot.write(notice(room, "Bien noté", cause=heard.id))
    answer = await alice.hears(saying(room, "Bien noté"))
    assert answer.encrypted
    assert (heard.room, heard.sender) == (room, alice.user_id)


async def test_a_plain_conversation(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    await alice.say(room, "!aide")
    await bot.said(room, "!aide")
    await bot.write(notice(room, "Voici", cause="aide"))
    answer = await alice.hears(saying(room, "Voici"))
    assert not answer.encrypted


async def test_a_letter_that_may_not_leave_yet_leaves_by_itself_in_its_time(
    bot, alice, monkeypatch
):
    monkeypatch.setattr(sender, "_LOOK_EVERY", 3600.0)
    room = await bot.meets(alice, encrypted=False)
    await bot.write(notice(room, "Bonjour", cause="plus tard"), pause_ms=500)
    await bot.write(notice(room, "Voici", cause="avant"), pause_ms=0)
    await alice.hears(saying(room, "Bonjour"))


async def test_everybody_sees_the_bot_s_device_signed_by_its_account(bot, alice):
    async with requests_of(alice) as home:
        shown = await home.post(path("keys", "query"), {"device_keys": {bot.user_id: []}})
    [signing_key] = shown["self_signing_keys"][bot.user_id]["keys"]
    device = shown["device_keys"][bot.user_id][bot.device_id]
    assert signing_key in device["signatures"][bot.user_id]
