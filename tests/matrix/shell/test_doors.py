"""Coming and going: whom the bot follows, what it leaves, and where a room moves."""

import pytest

from bot import events
from bot.matrix.net.http import path
from tests.matrix.shell.house import notice, requests_of, saying

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def room_of_version(version: str, bot, alice) -> str:
    """A plain room of that version, which the bot has joined."""
    async with requests_of(alice) as home:
        body = {"name": "Littoral", "invite": [bot.user_id], "room_version": version}
        room = (await home.post(path("createRoom"), body))["room_id"]
    await bot.joins(room)
    return room


async def test_an_invitation_by_a_stranger_is_refused_and_told_why(house, alice):
    wary = await house(invites_allow=("*:tiers-lieux.org",), refusal="not yet")
    room = await alice.create("Littoral", wary.user_id)
    left = await alice.hears(
        lambda e: (
            (e.room, e.type, e.sender) == (room, "m.room.member", wary.user_id)
            and e.content["membership"] == "leave"
        )
    )
    assert left.content["reason"] == "not yet"


async def test_an_invitation_received_during_an_absence_is_answered(bot, alice):
    await bot.stop()
    room = await alice.create("Littoral", bot.user_id)
    await bot.start()
    await bot.joins(room)


async def test_a_room_that_everybody_left_is_left(bot, alice):
    room = await bot.meets(alice)
    await alice.client.room_leave(room)
    await bot.changed(room, bot.user_id, joined=False)


@pytest.mark.parametrize("way", ["room_kick", "room_ban"])
async def test_being_put_out_is_a_fact(bot, alice, way):
    room = await bot.meets(alice)
    await getattr(alice.client, way)(room, bot.user_id)
    gone = await bot.changed(room, bot.user_id, joined=False)
    assert gone.sender == alice.user_id


async def test_being_put_out_during_an_absence_is_a_fact(bot, alice):
    room = await bot.meets(alice)
    await bot.stop()
    await alice.client.room_kick(room, bot.user_id)
    await bot.start()
    await bot.changed(room, bot.user_id, joined=False)


@pytest.mark.parametrize("version", ["11", "12"])
async def test_an_upgraded_room_is_followed(bot, alice, version):
    old = await room_of_version("10", bot, alice)
    async with requests_of(alice) as home:
        upgrade = await home.post(path("rooms", old, "upgrade"), {"new_version": version})
    new = upgrade["replacement_room"]
    await alice.client.room_invite(new, bot.user_id)
    moved = await bot.told(lambda e: isinstance(e, events.RoomMoved), old)
    assert (moved.replacement, moved.sender) == (new, alice.user_id)


async def test_an_upgrade_to_a_room_that_knows_nothing_of_it_is_not_followed(bot, alice):
    old = await bot.meets(alice, encrypted=False)
    other = await bot.meets(alice, encrypted=False)
    await alice.client.room_put_state(old, "m.room.tombstone", {"replacement_room": other})
    await alice.say(other, "!après")
    await bot.said(other, "!après")
    assert not [e for e in await bot.admitted(old) if isinstance(e, events.RoomMoved)]


async def open_room(stranger) -> str:
    """A room of a stranger's that everybody may join."""
    async with requests_of(stranger) as home:
        body = {"name": "Ailleurs", "preset": "public_chat"}
        return (await home.post(path("createRoom"), body))["room_id"]


async def leaves(person, room: str, user: str) -> None:
    """Waits until that user has been in the room and left it."""
    await person.hears(
        lambda e: (
            (e.room, e.type, e.sender) == (room, "m.room.member", user)
            and e.content["membership"] == "leave"
        )
    )


async def test_a_room_that_names_a_stranger_s_leads_nowhere(house, alice, member):
    stranger = await member("stranger")
    wary = await house(invites_allow=(alice.user_id,))
    old = await wary.meets(alice, encrypted=False)
    other = await open_room(stranger)
    await stranger.timeline.until(lambda: other in stranger.client.rooms)
    await alice.client.room_put_state(old, "m.room.tombstone", {"replacement_room": other})
    await leaves(stranger, other, wary.user_id)
    assert await wary.admitted(other) == []
    await wary.stop()
    await wary.start()
    await alice.say(old, "!encore")
    await wary.said(old, "!encore")
    joined = [
        e
        for e in stranger.timeline.heard
        if (e.room, e.sender, e.content.get("membership")) == (other, wary.user_id, "join")
    ]
    assert len(joined) == 1


async def test_an_invitation_to_what_a_room_names_leads_nowhere_either(house, alice, member):
    stranger = await member("stranger")
    wary = await house(invites_allow=(alice.user_id,))
    old = await wary.meets(alice, encrypted=False)
    other = await stranger.create("Ailleurs", encrypted=False)
    await alice.client.room_put_state(old, "m.room.tombstone", {"replacement_room": other})
    await alice.say(old, "!fini")
    await wary.said(old, "!fini")
    await stranger.client.room_invite(other, wary.user_id)
    await leaves(stranger, other, wary.user_id)
    assert await wary.admitted(other) == []


async def test_an_invitation_by_a_stranger_to_an_upgraded_room_is_followed(house, alice, member):
    helper = await member("helper")
    wary = await house(invites_allow=(alice.user_id,))
    old = await room_of_version("10", wary, alice)
    async with requests_of(alice) as home:
        upgrade = await home.post(path("rooms", old, "upgrade"), {"new_version": "11"})
    new = upgrade["replacement_room"]
    await alice.client.room_invite(new, helper.user_id)
    await helper.join(new)
    await helper.client.room_invite(new, wary.user_id)
    moved = await wary.told(lambda e: isinstance(e, events.RoomMoved), old)
    assert moved.replacement == new


async def test_an_invitation_to_talk_alone_makes_the_room_direct(bot, alice):
    room = await alice.create("À deux", bot.user_id, direct=True)
    await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.direct, room)


async def test_two_people_in_a_room_without_a_name_are_a_conversation(bot, alice):
    room = await alice.create("", bot.user_id, encrypted=False)
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged), room)
    assert fact.direct


async def test_a_third_person_makes_it_a_room(bot, alice, member):
    room = await alice.create("", bot.user_id, encrypted=False)
    await bot.joins(room)
    await alice.client.room_invite(room, (await member("bob")).user_id)
    await bot.told(lambda e: isinstance(e, events.RoomChanged) and not e.direct, room)


async def restarted(bot, room: str) -> events.RoomChanged:
    """The last fact of the room once the bot was stopped, forgot what it admitted, and is back."""
    await bot.stop()
    await bot.start()
    facts = [e for e in await bot.admitted(room) if isinstance(e, events.RoomChanged)]
    return facts[-1]


async def test_two_people_are_a_conversation_after_a_restart_too(bot, alice):
    room = await alice.create("", bot.user_id, encrypted=False)
    await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.direct, room)
    assert (await restarted(bot, room)).direct


async def test_a_conversation_joined_by_a_third_person_is_none_after_a_restart_either(
    bot, alice, member
):
    room = await alice.create("À deux", bot.user_id, direct=True, encrypted=False)
    await bot.told(lambda e: isinstance(e, events.RoomChanged) and e.direct, room)
    await alice.client.room_invite(room, (await member("bob")).user_id)
    await bot.told(lambda e: isinstance(e, events.RoomChanged) and not e.direct, room)
    assert not (await restarted(bot, room)).direct


async def test_a_room_is_told_with_its_name_members_and_powers(bot, alice):
    room = await room_of_version("11", bot, alice)
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged), room)
    who = await bot.changed(room, alice.user_id, joined=True)
    assert (fact.name, fact.direct, fact.encrypted) == ("Littoral", False, False)
    assert fact.powers == {alice.user_id: 100}
    assert who.name == "alice"


async def test_the_creator_of_a_version_12_room_stands_above_all(bot, alice):
    room = await room_of_version("12", bot, alice)
    fact = await bot.told(lambda e: isinstance(e, events.RoomChanged), room)
    assert fact.powers[alice.user_id] == 2**53


async def test_a_name_changed_and_changed_back_is_told_each_time(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    for name in ("Flandre", "Littoral"):
        await alice.client.room_put_state(room, "m.room.name", {"name": name})
        await alice.say(room, f"!{name}")
        await bot.said(room, f"!{name}")
    facts = [e for e in await bot.admitted(room) if isinstance(e, events.RoomChanged)]
    assert [e.name for e in facts][-3:] == ["Littoral", "Flandre", "Littoral"]


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_a_deletion_is_heard_in_every_room_version(bot, alice, version):
    room = await room_of_version(version, bot, alice)
    said = await alice.say(room, "!faux")
    await bot.said(room, "!faux")
    await alice.redact(room, said)
    await bot.told(lambda e: isinstance(e, events.Redaction) and e.target == said, room)


async def test_a_room_in_which_we_may_say_nothing_holds_no_other_up(bot, alice):
    room = await room_of_version("11", bot, alice)
    other = await room_of_version("11", bot, alice)
    levels = {"events_default": 50, "users": {alice.user_id: 100}}
    await alice.client.room_put_state(room, "m.room.power_levels", levels)
    await bot.told(
        lambda e: isinstance(e, events.RoomChanged) and e.powers == levels["users"], room
    )
    await bot.write(notice(room, "tu", "a-silenced"), notice(other, "dit", "b-silenced"))
    await alice.hears(saying(other, "dit"))
    await alice.client.room_put_state(room, "m.room.power_levels", levels | {"events_default": 0})
    await bot.write(notice(room, "redit", "c-silenced"))
    await alice.hears(saying(room, "redit"))
    assert not [e for e in alice.timeline.heard if (e.room, e.body) == (room, "tu")]


async def test_present_members_are_told_on_request(bot, alice):
    room = await bot.meets(alice)
    names = await bot.client.joined_members(room)
    assert names == {alice.user_id: "alice", bot.user_id: "souci"}
