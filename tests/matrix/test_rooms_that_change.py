"""A circle through what happens to rooms: sent out, moved, left, come back to; keys come late."""

import pytest
import pytest_asyncio

from bot.matrix.net.http import path
from tests.matrix.shell.house import requests_of
from tests.matrix.shell.test_keys import say_without_key
from tests.souci import found_circle

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bob(member):
    return await member("bob")


async def plain_circle(alice, souci, name: str, version: str, *others: str) -> str:
    """A circle in a plain room of that version, of which alice is the creator."""
    async with requests_of(alice) as home:
        body = {"name": name, "invite": [souci.user_id, *others], "room_version": version}
        room = (await home.post(path("createRoom"), body))["room_id"]
    await alice.timeline.until(lambda: room in alice.client.rooms)
    await arrives(alice, souci, room)
    assert (await alice.asks(room, f"!cercle créer {name}")).key == "circle.created"
    return room


async def arrives(alice, souci, room: str) -> None:
    """Waits until the bot has joined the room."""
    await alice.hears(
        lambda e: (e.room, e.sender, e.content.get("membership")) == (room, souci.user_id, "join")
    )


async def titles(person, room: str) -> list[str]:
    """The actions of the circle, by id and title."""
    listed = await person.asks(room, "!actions")
    return [f"{item['id']} {item['title']}" for item in listed.values["items"]]


async def test_an_upgrade_from_version_10_to_12_keeps_ids_and_history(alice, souci):
    old = await plain_circle(alice, souci, "Migrateur", "10")
    await alice.asks(old, "!action Avant")
    await alice.asks(old, "!contribution 1h rangement 10 €")
    async with requests_of(alice) as home:
        answer = await home.post(path("rooms", old, "upgrade"), {"new_version": "12"})
    new = answer["replacement_room"]
    await alice.client.room_invite(new, souci.user_id)
    await arrives(alice, souci, new)
    added = await alice.asks(new, "!action Après")
    assert added.values["id"] == "A2"
    assert await titles(alice, new) == ["A1 Avant", "A2 Après"]
    assert (await alice.asks(new, "!contributions")).values["count"] == 1


async def test_a_room_that_ends_in_a_stranger_s_keeps_its_circle(alice, bob, souci):
    """It is left at once, and nothing that is said there is heard."""
    old = await plain_circle(alice, souci, "Égaré", "10")
    async with requests_of(bob) as home:
        body = {"name": "Ailleurs", "preset": "public_chat"}
        other = (await home.post(path("createRoom"), body))["room_id"]
    await bob.timeline.until(lambda: other in bob.client.rooms)
    await alice.client.room_put_state(old, "m.room.tombstone", {"replacement_room": other})
    await arrives(bob, souci, other)
    await bob.say(other, "!cercle créer Voleur")
    await bob.hears(
        lambda e: (e.room, e.sender, e.content.get("membership")) == (other, souci.user_id, "leave")
    )
    assert (await alice.asks(old, "!cercle")).values["name"] == "Égaré"
    assert not [e for e in bob.timeline.heard if e.room == other and e.key]


async def test_the_creator_of_a_version_12_room_may_make_it_a_circle(alice, souci):
    room = await plain_circle(alice, souci, "Douzième", "12")
    assert (await alice.asks(room, "!doter 100 €")).key == "budget.granted"


async def test_sent_out_and_called_back_the_bot_finds_its_circle_again(alice, souci):
    room = await found_circle(alice, "Revenant", souci)
    await alice.asks(room, "!action Avant")
    for put_out in (alice.client.room_kick, alice.client.room_ban):
        await put_out(room, souci.user_id)
        await alice.timeline.until(lambda: souci.user_id not in alice.client.rooms[room].users)
        await alice.say(room, "!action Dehors")
        await alice.client.room_unban(room, souci.user_id)
        await alice.client.room_invite(room, souci.user_id)
        await alice.meets(room, souci.user_id)
        await alice.hears(lambda e: e.room == room and e.key == "welcome.back")
    assert await titles(alice, room) == ["A1 Avant"]


async def test_who_leaves_and_returns_has_the_role_they_had(alice, bob, souci):
    room = await found_circle(alice, "Marée", souci, bob)
    await alice.asks(room, f"!rôle {bob.user_id} soucieux")
    await bob.client.room_leave(room)
    await alice.timeline.until(lambda: bob.user_id not in alice.client.rooms[room].users)
    await alice.client.room_invite(room, bob.user_id)
    await bob.join(room)
    await bob.meets(room, souci.user_id)
    assert (await bob.asks(room, "!doter 10 €")).key == "budget.granted"


async def test_a_room_holds_one_circle(alice, souci):
    room = await found_circle(alice, "Unique", souci)
    assert (await alice.asks(room, "!cercle créer Double")).key == "circle.already-here"


async def test_a_changed_name_and_alias_change_nothing_of_the_circle(alice, souci):
    room = await plain_circle(alice, souci, "Nommé", "11")
    await alice.client.room_put_state(room, "m.room.name", {"name": "Renommé"})
    await alice.client.room_put_state(room, "m.room.canonical_alias", {})
    assert (await alice.asks(room, "!cercle")).values["name"] == "Nommé"


async def test_encryption_switched_on_later_seals_the_answers(alice, souci):
    room = await plain_circle(alice, souci, "Scellé", "11")
    assert not (await alice.asks(room, "!actions")).encrypted
    content = {"algorithm": "m.megolm.v1.aes-sha2"}
    await alice.client.room_put_state(room, "m.room.encryption", content)
    await alice.timeline.until(lambda: alice.client.rooms[room].encrypted)
    assert (await alice.asks(room, "!actions")).encrypted


async def test_a_line_beyond_all_size_is_answered_and_does_nothing(alice, souci):
    room = await found_circle(alice, "Bavard", souci)
    answer = await alice.asks(room, "!action " + "long " * 7_000)
    assert answer.key.endswith("too-long")
    assert await titles(alice, room) == []


async def test_lines_whose_key_comes_late_are_told_once_then_run_once(alice, souci):
    room = await found_circle(alice, "Clé", souci)
    said, key = await say_without_key(alice, room, "!action Tardive")
    again = await alice.say(room, "!action Tardive aussi")
    notice = await alice.hears(lambda e: e.room == room and e.key == "undecryptable")
    assert notice.replies_to in (said, again)
    await share_with(alice, souci, key)
    done = [await alice.hears(lambda e, line=line: answers(e, line)) for line in (said, again)]
    assert [one.values["id"] for one in done] == ["A1", "A2"]
    assert await titles(alice, room) == ["A1 Tardive", "A2 Tardive aussi"]
    told = [e for e in alice.timeline.heard if e.room == room and e.key == "undecryptable"]
    assert len(told) == 1


def answers(event, line: str) -> bool:
    return event.replies_to == line and event.key == "action.added"


async def share_with(alice, souci, key: dict[str, str]) -> None:
    """The key arrives after all, at every device of the bot."""
    olm = alice.client.olm
    async with requests_of(alice) as home:
        for device in alice.client.device_store.active_user_devices(souci.user_id):
            session = olm.session_store.get(device.curve25519)
            sealed = olm._olm_encrypt(session, device, "m.room_key", key)
            where = path("sendToDevice", "m.room.encrypted", f"late-{device.id}")
            await home.put(where, {"messages": {souci.user_id: {device.id: sealed}}})
