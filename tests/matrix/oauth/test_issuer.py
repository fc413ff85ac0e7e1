"""The fixture itself: a real Synapse believes the small issuer."""

import aiohttp
import pytest

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def test_the_homeserver_tells_who_signs_in(homeserver, issuer):
    where = f"{homeserver.url}/_matrix/client/v1/auth_metadata"
    async with aiohttp.ClientSession() as client, client.get(where) as answer:
        assert (await answer.json())["issuer"] == issuer.url


async def test_somebody_signed_in_by_the_issuer_is_somebody(member):
    alice = await member("alice")
    room = await alice.create("Littoral")
    assert await alice.say(room, "bonjour")
