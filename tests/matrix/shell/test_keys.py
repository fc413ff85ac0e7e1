"""Keys that come late, or never, or that somebody must not have."""

import json
import secrets
from typing import Any

import pytest
import vodozemac

from bot import events
from bot.matrix.net.http import path
from tests.matrix.member import ENCRYPTION, Member
from tests.matrix.shell.house import House, notice, requests_of, saying

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def spoken(bot: House, alice: Member) -> str:
    """An encrypted room where a member has already spoken to the bot."""
    room = await bot.meets(alice)
    await alice.say(room, "!avant")
    await bot.said(room, "!avant")
    return room


async def say_without_key(alice: Member, room: str, text: str) -> tuple[str, dict[str, str]]:
    """Says something in a new session that nobody gets the key of; gives event and key."""
    olm = alice.client.olm
    olm.create_outbound_group_session(room)
    session = olm.outbound_group_sessions[room]
    key = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": room,
        "session_id": session.id,
        "session_key": session.session_key,
    }
    session.mark_as_shared()
    return await alice.say(room, text), key


async def share(alice: Member, bot: House, key: dict[str, str]) -> None:
    """The key arrives after all."""
    olm = alice.client.olm
    device = alice.client.device_store[bot.user_id][bot.device_id]
    sealed = olm._olm_encrypt(olm.session_store.get(device.curve25519), device, "m.room_key", key)
    async with requests_of(alice) as home:
        where = path("sendToDevice", "m.room.encrypted", secrets.token_hex(8))
        await home.put(where, {"messages": {bot.user_id: {bot.device_id: sealed}}})


def undecryptable(event: object) -> bool:
    return isinstance(event, events.Undecryptable)


async def test_an_unreadable_message_is_told_as_such(bot, alice):
    room = await spoken(bot, alice)
    said, key = await say_without_key(alice, room, "!secret")
    told = await bot.told(undecryptable, room)
    assert (told.id, told.session) == (f"{said}~undecryptable", key["session_id"])


async def test_it_is_heard_once_its_key_comes(bot, alice):
    room = await spoken(bot, alice)
    said, key = await say_without_key(alice, room, "!secret")
    await bot.told(undecryptable, room)
    await share(alice, bot, key)
    assert (await bot.said(room, "!secret")).id == said


async def test_it_is_heard_once_its_key_comes_after_a_restart(bot, alice):
    room = await spoken(bot, alice)
    said, key = await say_without_key(alice, room, "!secret")
    await bot.told(undecryptable, room)
    await bot.stop()
    await share(alice, bot, key)
    await bot.start()
    assert (await bot.said(room, "!secret")).id == said


async def test_a_key_within_the_grace_is_told_to_nobody(house, alice):
    patient = await house(grace_ms=3_600_000)
    room = await spoken(patient, alice)
    _, key = await say_without_key(alice, room, "!secret")
    await alice.say(room, "!encore")
    await share(alice, patient, key)
    await patient.said(room, "!secret")
    assert not [e for e in await patient.admitted(room) if undecryptable(e)]


async def test_what_was_said_after_it_is_heard_after_it(bot, alice):
    room = await spoken(bot, alice)
    _, key = await say_without_key(alice, room, "!1")
    await bot.told(undecryptable, room)
    await bot.stop()
    await share(alice, bot, key)
    alice.client.invalidate_outbound_session(room)
    await alice.say(room, "!2")
    await bot.start()
    await bot.said(room, "!2")
    assert await bot.bodies(room) == ["!avant", "!1", "!2"]


async def test_messages_of_a_lost_session_keep_their_order(bot, alice):
    room = await spoken(bot, alice)
    _, key = await say_without_key(alice, room, "!1")
    for n in (2, 3):
        await alice.say(room, f"!{n}")
    await bot.told(undecryptable, room)
    await share(alice, bot, key)
    await bot.said(room, "!3")
    assert await bot.bodies(room) == ["!avant", "!1", "!2", "!3"]


async def test_the_key_is_asked_of_who_wrote(bot, alice):
    room = await spoken(bot, alice)
    async with requests_of(alice) as home:
        login = {"identifier": {"type": "m.id.user", "user": alice.user_id}, "password": "secret"}
        answer = await home.post(path("login"), {"type": "m.login.password"} | login)
        home.token = answer["access_token"]
        since = (await home.get(path("sync")))["next_batch"]
        _, key = await say_without_key(alice, room, "!secret")
        await bot.told(undecryptable, room)
        asked = await next_to_device(home, since)
    assert asked["type"] == "m.room_key_request"
    assert asked["content"]["body"]["session_id"] == key["session_id"]


async def next_to_device(home, since: str) -> dict[str, Any]:
    """The next message to a device, whenever it comes."""
    while True:
        answer = await home.get(path("sync"), {"since": since, "timeout": "30000"})
        since = answer["next_batch"]
        for message in answer.get("to_device", {}).get("events", []):
            return message


async def test_who_joins_later_reads_what_is_said_from_then_on(bot, alice, member):
    room = await spoken(bot, alice)
    await bot.write(notice(room, "un", "a-then-on"))
    await alice.hears(saying(room, "un"))
    bob = await member("bob")
    await alice.client.room_invite(room, bob.user_id)
    await bob.join(room)
    await bot.changed(room, bob.user_id, joined=True)
    await bot.write(notice(room, "deux", "b-then-on"))
    assert (await bob.hears(saying(room, "deux"))).encrypted


async def test_who_left_cannot_read_what_is_said_afterwards(bot, alice, member):
    room = await spoken(bot, alice)
    bob = await member("bob")
    await alice.client.room_invite(room, bob.user_id)
    await bob.join(room)
    await bot.changed(room, bob.user_id, joined=True)
    await bot.write(notice(room, "un", "a-said-afterwards"))
    first = (await bob.hears(saying(room, "un"))).id
    await bob.client.room_leave(room)
    await bot.changed(room, bob.user_id, joined=False)
    await bot.write(notice(room, "deux", "b-said-afterwards"))
    await alice.hears(saying(room, "deux"))
    async with requests_of(alice) as home:
        sessions = [
            (await home.get(path("rooms", room, "event", event)))["content"]["session_id"]
            for event in (first, await bot.sent("b-said-afterwards"))
        ]
    assert sessions[0] != sessions[1]


async def test_a_room_encrypted_later_is_never_written_to_in_clear_again(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    await alice.client.room_put_state(room, ENCRYPTION["type"], ENCRYPTION["content"])
    await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.encrypted, room)
    await bot.write(notice(room, "scellé", "a-clear-again"))
    assert (await alice.hears(saying(room, "scellé"))).encrypted


async def test_somebody_on_a_dead_server_holds_no_room_up(bot, alice):
    room = await spoken(bot, alice)
    unreachable = "@dany:unreachable.invalid"
    members = bot.client._parts.rooms.get(room)
    await bot.write(notice(room, "un", "a-room-up"))
    await alice.hears(saying(room, "un"))
    members.members[unreachable] = "join"
    members.roster_version += 1
    await bot.write(notice(room, "deux", "b-room-up"))
    await alice.hears(saying(room, "deux"))


async def test_a_device_without_one_time_keys_holds_no_room_up(bot, alice, register):
    room = await spoken(bot, alice)
    bare = await register("bob")
    async with requests_of(alice) as home:
        home.token = bare.token
        await home.post(path("keys", "upload"), {"device_keys": _bare_device(bare)})
        await alice.client.room_invite(room, bare.user_id)
        await home.post(path("join", room), {})
    await bot.changed(room, bare.user_id, joined=True)
    await bot.write(notice(room, "passe", "a-no-key"))
    await alice.hears(saying(room, "passe"))


def _bare_device(access) -> dict[str, Any]:
    """A device with good keys that left no one-time key behind."""
    account = vodozemac.Account()
    device = {
        "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
        "device_id": access.device_id,
        "user_id": access.user_id,
        "keys": {
            f"curve25519:{access.device_id}": account.curve25519_key.to_base64(),
            f"ed25519:{access.device_id}": account.ed25519_key.to_base64(),
        },
    }
    text = json.dumps(device, sort_keys=True, separators=(",", ":"))
    signature = account.sign(text.encode()).to_base64()
    signatures = {access.user_id: {f"ed25519:{access.device_id}": signature}}
    return device | {"signatures": signatures}
