"""The coordination's room may be named by its alias."""

import asyncio

import pytest

from bot.matrix.rooms.aliases import room_named

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def test_an_alias_is_the_room_it_leads_to(homeserver, member):
    alice = await member("alice")
    room = await alice.create("Coordination")
    alias = f"#coordination:{homeserver.server_name}"
    await alice.client.room_put_alias(alias, room)
    assert await room_named(homeserver.url, alias, asyncio.Event()) == room


async def test_an_id_is_itself():
    assert await room_named("http://127.0.0.1:1", "!abc:a.example", asyncio.Event()) == (
        "!abc:a.example"
    )


async def test_an_alias_that_leads_nowhere_names_no_room(homeserver):
    alias = f"#nowhere:{homeserver.server_name}"
    assert await room_named(homeserver.url, alias, asyncio.Event()) is None


async def test_a_stop_ends_the_waiting_for_a_homeserver_that_is_away():
    stop = asyncio.Event()
    stop.set()
    assert await room_named("http://127.0.0.1:1", "#all:a.example", stop) is None
