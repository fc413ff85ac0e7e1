"""Coming and going: whom the bot follows, what it leaves, and where a room moves."""

import pytest

from bot import events
from bot.matrix.http import path
from tests.matrix.shell.house import requests_of

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


def own(bot, *, joined: bool):
    return lambda e: (
        isinstance(e, events.MemberChanged) and (e.user, e.joined) == (bot.user_id, joined)
    )


async def test_an_invitation_by_a_stranger_is_refused(house, member):
    bot, alice = await house(invites_allow=("*:tiers-lieux.org",)), await member("alice")
    room = await alice.create("Littoral", bot.user_id)
    left = await alice.hears(
        lambda e: e.type == "m.room.member" and e.content["membership"] == "leave"
    )
    assert (left.room, left.sender) == (room, bot.user_id)


async def test_an_invitation_received_just_before_a_crash_is_answered_after_it(house, member):
    bot, alice = await house(), await member("alice")
    await bot.stop()
    room = await alice.create("Littoral", bot.user_id)
    await bot.start()
    await bot.joins(room)


async def test_a_room_that_everybody_left_is_left(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id)
    await bot.joins(room)
    await alice.client.room_leave(room)
    gone = await bot.told(own(bot, joined=False))
    assert gone.room == room


@pytest.mark.parametrize("way", ["room_kick", "room_ban"])
async def test_being_put_out_is_a_fact(house, member, way):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id)
    await bot.joins(room)
    await getattr(alice.client, way)(room, bot.user_id)
    gone = await bot.told(own(bot, joined=False))
    assert (gone.room, gone.sender) == (room, alice.user_id)


async def test_being_put_out_during_an_absence_is_a_fact(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id)
    await bot.joins(room)
    await bot.stop()
    await alice.client.room_kick(room, bot.user_id)
    await bot.start()
    await bot.told(own(bot, joined=False))


@pytest.mark.parametrize("version", ["11", "12"])
async def test_an_upgraded_room_is_followed(house, member, version):
    bot, alice = await house(), await member("alice")
    async with requests_of(alice) as home:
        body = {"name": "Littoral", "invite": [bot.user_id], "room_version": "10"}
        old = (await home.post(path("createRoom"), body))["room_id"]
        await bot.joins(old)
        upgrade = await home.post(path("rooms", old, "upgrade"), {"new_version": version})
    new = upgrade["replacement_room"]
    await alice.client.room_invite(new, bot.user_id)
    moved = await bot.told(lambda e: isinstance(e, events.RoomMoved))
    assert (moved.room, moved.replacement, moved.sender) == (old, new, alice.user_id)


async def test_an_upgrade_to_a_room_that_knows_nothing_of_it_is_not_followed(house, member):
    bot, alice = await house(), await member("alice")
    old = await alice.create("Littoral", bot.user_id, encrypted=False)
    other = await alice.create("Ailleurs", bot.user_id, encrypted=False)
    await bot.joins(old)
    await bot.joins(other)
    await alice.client.room_put_state(old, "m.room.tombstone", {"replacement_room": other})
    await alice.say(other, "!après")
    await bot.said("!après")
    assert not [e for e in await bot.admitted() if isinstance(e, events.RoomMoved)]


async def test_an_invitation_to_talk_alone_makes_the_room_direct(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("À deux", bot.user_id, direct=True)
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.direct)
    assert fact.room == room


async def test_two_people_in_a_room_without_a_name_are_a_conversation(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("", bot.user_id, encrypted=False)
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.room == room)
    assert fact.direct


async def test_a_third_person_makes_it_a_room(house, member):
    bot, alice, bob = await house(), await member("alice"), await member("bob")
    room = await alice.create("", bot.user_id, encrypted=False)
    await bot.joins(room)
    await alice.client.room_invite(room, bob.user_id)
    await bot.told(lambda e: isinstance(e, events.RoomChanged) and not e.direct)


async def test_a_room_is_told_with_its_name_members_and_powers(house, member):
    bot, alice = await house(), await member("alice")
    async with requests_of(alice) as home:
        body = {"name": "Littoral", "invite": [bot.user_id], "room_version": "11"}
        room = (await home.post(path("createRoom"), body))["room_id"]
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.room == room)
    who = await bot.told(lambda e: isinstance(e, events.MemberChanged) and e.user == alice.user_id)
    assert (fact.name, fact.direct, fact.encrypted) == ("Littoral", False, False)
    assert fact.powers == {alice.user_id: 100}
    assert (who.joined, who.name) == (True, "alice")


async def test_the_creator_of_a_version_12_room_stands_above_all(house, member):
    bot, alice = await house(), await member("alice")
    async with requests_of(alice) as home:
        body = {"name": "Littoral", "invite": [bot.user_id], "room_version": "12"}
        room = (await home.post(path("createRoom"), body))["room_id"]
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.room == room)
    assert fact.powers[alice.user_id] == 2**53


async def test_a_name_changed_and_changed_back_is_told_each_time(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id, encrypted=False)
    await bot.joins(room)
    for name in ("Flandre", "Littoral"):
        await alice.client.room_put_state(room, "m.room.name", {"name": name})
        await alice.say(room, f"!{name}")
        await bot.said(f"!{name}")
    facts = [e for e in await bot.admitted() if isinstance(e, events.RoomChanged)]
    assert [e.name for e in facts][-3:] == ["Littoral", "Flandre", "Littoral"]


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_a_deletion_is_heard_in_every_room_version(house, member, version):
    bot, alice = await house(), await member("alice")
    async with requests_of(alice) as home:
        body = {"name": "Littoral", "invite": [bot.user_id], "room_version": version}
        room = (await home.post(path("createRoom"), body))["room_id"]
    await bot.joins(room)
    said = await alice.say(room, "!faux")
    await bot.said("!faux")
    await alice.redact(room, said)
    await bot.told(lambda e: isinstance(e, events.Redaction) and e.target == said)


async def test_present_members_are_told_on_request(house, member):
    bot, alice = await house(), await member("alice")
    room = await alice.create("Littoral", bot.user_id)
    await bot.joins(room)
    names = await bot.shell.joined_members(room)
    assert names == {alice.user_id: "alice", bot.user_id: "souci"}
