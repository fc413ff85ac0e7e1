"""The judge is judged first: two independent clients understand each other, strictly."""

import pytest
import pytest_asyncio

pytestmark = [
    pytest.mark.matrix,
    pytest.mark.interop,
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def carole(peer):
    return await peer("carole")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(alice, carole):
    """An encrypted room of both."""
    room = await alice.create("Littoral", carole.user_id)
    await carole.join(room)
    await alice.meets(room, carole.user_id)
    return room


async def test_a_signed_device_is_read_without_a_shield(alice, carole, room):
    sent = await alice.say(room, "Bonjour")
    heard = await carole.hears(lambda e: e.id == sent)
    assert (heard.body, heard.encrypted, heard.shield["colour"]) == ("Bonjour", True, 0)


async def test_a_strict_client_speaks_to_a_signed_device(alice, carole, room):
    sent = await carole.say(room, "Salut")
    heard = await alice.hears(lambda e: e.id == sent)
    assert (heard.body, heard.encrypted) == ("Salut", True)


async def test_a_poll_is_answered_across_clients(alice, carole, room):
    poll = await carole.start_poll(room, "Mardi ?", "oui", "non")
    answers = (await alice.hears(lambda e: e.id == poll)).content["org.matrix.msc3381.poll.start"]
    chosen = answers["answers"][0]["id"]
    sent = await alice.answer_poll(room, poll, chosen)
    heard = await carole.hears(lambda e: e.id == sent)
    assert heard.content["org.matrix.msc3381.poll.response"]["answers"] == [chosen]


async def test_an_unsigned_device_is_refused_by_a_strict_client(member, carole):
    stranger = await member("dany", signed=False)
    room = await stranger.create("Flandre", carole.user_id)
    await carole.join(room)
    await stranger.meets(room, carole.user_id)
    sent = await stranger.say(room, "Bonjour")
    refused = await carole.timeline.wait_for(lambda e: e.id == sent, failed=True)
    assert refused.failure == "UNSIGNED_SENDER_DEVICE"
