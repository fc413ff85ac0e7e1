"""What strangers and broken clients send: passed over one by one, and nothing else is lost."""

import asyncio
import secrets
from contextlib import suppress
from datetime import timedelta

import pytest
import vodozemac
from nio.events import DummyEvent
from unpaddedbase64 import encode_base64

from bot import events
from bot.matrix.net.errors import RequestError
from bot.matrix.net.http import path
from tests.matrix.shell.house import WITHIN, notice, requests_of, saying

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

DEEP: dict[str, object] = {"a": 1}
for _ in range(800):
    DEEP = {"a": DEEP}

OLM = "m.olm.v1.curve25519-aes-sha2"
KEY = "x" * 43
MALFORMED = {
    "empty": {},
    "no algorithm": {"ciphertext": {}},
    "algorithm of another type": {"algorithm": 7, "ciphertext": []},
    "unknown algorithm": {"algorithm": "rot13", "ciphertext": "uryyb"},
    "no sender key": {"algorithm": OLM, "ciphertext": {"@OWN@": {"type": 0, "body": "x"}}},
    "bad base64": {
        "algorithm": OLM,
        "sender_key": KEY,
        "ciphertext": {"@OWN@": {"type": 0, "body": "é!"}},
    },
    "empty body": {
        "algorithm": OLM,
        "sender_key": KEY,
        "ciphertext": {"@OWN@": {"type": 0, "body": ""}},
    },
    "unknown type": {
        "algorithm": OLM,
        "sender_key": KEY,
        "ciphertext": {"@OWN@": {"type": 9, "body": "AAAA"}},
    },
    "text for a type": {
        "algorithm": OLM,
        "sender_key": KEY,
        "ciphertext": {"@OWN@": {"type": "0", "body": 3}},
    },
    "nested": DEEP,
}


def junk_for(bot) -> list[dict]:
    """Each malformed message, addressed to the bot's own key."""
    own = bot.identity_key
    return [
        {
            k: {own: v["@OWN@"]} if k == "ciphertext" and "@OWN@" in v else v
            for k, v in content.items()
        }
        for content in MALFORMED.values()
    ]


async def to_device(home, bot, kind: str, content: dict) -> None:
    where = path("sendToDevice", kind, secrets.token_hex(8))
    await home.put(where, {"messages": {bot.user_id: {"*": content}}})


async def test_malformed_messages_to_our_device_lose_nothing(bot, alice, member):
    room = await bot.meets(alice)
    mallory = await member("mallory")
    async with requests_of(mallory) as home:
        for content in junk_for(bot):
            await to_device(home, bot, "m.room.encrypted", content)
            await to_device(home, bot, "m.room_key_request", content)
    await alice.say(room, "!entendu")
    await bot.said(room, "!entendu")


async def test_malformed_messages_met_at_the_start_lose_nothing(bot, alice, member):
    room = await bot.meets(alice)
    mallory = await member("mallory")
    junk = junk_for(bot)
    await bot.stop()
    async with requests_of(mallory) as home:
        for content in junk:
            await to_device(home, bot, "m.room.encrypted", content)
    await alice.say(room, "!entendu")
    await bot.start()
    await bot.said(room, "!entendu")


async def test_a_message_for_an_unknown_one_time_key_begins_a_new_session(bot, alice):
    room = await bot.meets(alice)
    await alice.say(room, "!avant")
    await bot.said(room, "!avant")
    await bot.write(notice(room, "réponse", "knows-her-device"))
    await alice.hears(saying(room, "réponse"))
    mended = []
    alice.client.add_to_device_callback(mended.append, DummyEvent)
    bot.client._parts.encryption.machine._unwedging_interval = timedelta(0)
    async with requests_of(alice) as home:
        await to_device(home, bot, "m.room.encrypted", for_an_unknown_key(alice, bot))
    await alice.timeline.until(lambda: mended)
    await alice.say(room, "!après")
    await bot.said(room, "!après")


def for_an_unknown_key(alice, bot) -> dict:
    """A first message of a session, made with a one-time key that the bot never had."""
    account, unknown = alice.client.olm.account, vodozemac.Account().curve25519_key.to_base64()
    sealed = account.create_outbound_session(bot.identity_key, unknown).encrypt(b"{}")
    kind, ciphertext = sealed.to_parts()
    return {
        "algorithm": OLM,
        "sender_key": account.identity_keys["curve25519"],
        "ciphertext": {bot.identity_key: {"type": kind, "body": encode_base64(ciphertext)}},
    }


ODD_EVENTS = {
    "relation of another type": (
        "m.room.message",
        {"msgtype": "m.text", "body": "!x", "m.relates_to": [1]},
    ),
    "mentions of another type": (
        "m.room.message",
        {"msgtype": "m.text", "body": "!mentions", "m.mentions": {"user_ids": [1, {}]}},
    ),
    "an edit without text": (
        "m.room.message",
        {
            "msgtype": "m.text",
            "body": "* x",
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$a"},
        },
    ),
    "a reaction to nothing": ("m.reaction", {"m.relates_to": {"rel_type": "m.annotation"}}),
    "no ciphertext": ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2"}),
    "a ciphertext of another type": (
        "m.room.encrypted",
        {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "s", "ciphertext": {"a": 1}},
    ),
    "nested beyond sense": ("m.room.message", {"msgtype": "m.text", "body": "!x", "a": DEEP}),
    "a body of another type": ("m.room.message", {"msgtype": "m.text", "body": {"x": 1}}),
    "almost too large": ("m.room.message", {"msgtype": "m.text", "body": "<mx-reply> " * 5_000}),
    "a type without end": ("x" * 250, {"body": "!x"}),
    "an answer to another room": (
        "m.room.message",
        {
            "msgtype": "m.text",
            "body": "!x",
            "m.relates_to": {"m.in_reply_to": {"event_id": ["$a", None]}},
        },
    ),
    "a reaction that is a relation": (
        "m.reaction",
        {"m.relates_to": {"rel_type": "m.annotation", "event_id": {"a": 1}, "key": "x" * 60_000}},
    ),
    "a session of another type": (
        "m.room.encrypted",
        {"algorithm": "m.megolm.v1.aes-sha2", "session_id": 3, "ciphertext": "x"},
    ),
}


async def test_odd_events_hide_no_other(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    async with requests_of(alice) as home:
        for kind, content in ODD_EVENTS.values():
            with suppress(RequestError):  # this homeserver stops some, others do not
                await home.put(path("rooms", room, "send", kind, secrets.token_hex(8)), content)
    await alice.say(room, "!entendu")
    await bot.said(room, "!entendu")


async def test_a_poll_answered_with_junk_is_an_answer_that_cannot_be_read(bot, alice):
    room = await bot.meets(alice)
    poll = await alice.say(room, "pour ou contre")
    relation = {"rel_type": "m.reference", "event_id": poll}
    kind = "org.matrix.msc3381.poll.response"
    await alice.send(room, kind, {"m.relates_to": relation, kind: {"answers": [{"x": 1}]}})
    junk = await bot.told(lambda e: isinstance(e, events.PollResponse), room)
    assert (junk.poll, junk.answers) == (poll, None)


async def test_one_time_keys_drained_to_none_are_made_anew(bot, member):
    await bot.stop()
    async with requests_of(await member("mallory")) as home:
        while not await claims_a_fallback(home, bot):
            pass
        await bot.start()
        async with asyncio.timeout(WITHIN):
            while await claims_a_fallback(home, bot):
                pass


async def claims_a_fallback(home, bot) -> bool:
    """Takes one of the bot's keys; whether only the one of last resort was left."""
    body = {"one_time_keys": {bot.user_id: {bot.device_id: "signed_curve25519"}}}
    answer = await home.post(path("keys", "claim"), body)
    [key] = answer["one_time_keys"][bot.user_id][bot.device_id].values()
    return key.get("fallback", False)


async def test_a_storm_of_reactions_is_heard_to_its_end(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    target = await alice.say(room, "!cible")
    async with requests_of(alice) as home:
        for n in range(30):
            relation = {"rel_type": "m.annotation", "event_id": target, "key": f"{n}"}
            where = path("rooms", room, "send", "m.reaction", f"storm{n}")
            await home.put(where, {"m.relates_to": relation})
    await bot.told(lambda e: isinstance(e, events.Reaction) and e.key == "29", room)
    heard = [e.key for e in await bot.admitted(room) if isinstance(e, events.Reaction)]
    assert heard == [f"{n}" for n in range(30)]


async def test_markup_in_a_display_name_is_a_name_like_any_other(bot, alice):
    room = await bot.meets(alice)
    name = "<script>alert(1)</script>"
    await alice.client.set_displayname(name)
    await bot.told(lambda e: isinstance(e, events.MemberChanged) and e.name == name, room)


async def test_a_message_sealed_for_another_room_is_not_heard(bot, alice):
    room = await bot.meets(alice)
    other = await bot.meets(alice)
    said = await alice.say(room, "!ici")
    await bot.said(room, "!ici")
    async with requests_of(alice) as home:
        content = (await home.get(path("rooms", room, "event", said)))["content"]
        await home.put(path("rooms", other, "send", "m.room.encrypted", "copy"), content)
        await home.put(path("rooms", room, "send", "m.room.encrypted", "copy"), content)
    await alice.say(room, "!fin")
    await bot.said(room, "!fin")
    assert await bot.bodies(room) == ["!ici", "!fin"]
