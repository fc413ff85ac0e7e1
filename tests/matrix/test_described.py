"""Commands made visible to clients that can show them (MSC4391), where the bot may set state."""

import pytest
import pytest_asyncio

from bot.operations.describing import ARGUMENTS, DESCRIPTION, state_key
from tests.souci import found_circle

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


async def empower(alice, room, user):
    """Gives somebody the power to set state."""
    levels = (await alice.client.room_get_state_event(room, "m.room.power_levels")).content
    levels["users"][user] = 50
    await alice.client.room_put_state(room, "m.room.power_levels", levels)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(alice, souci):
    room = await found_circle(alice, "Douaisis", souci)
    await empower(alice, room, souci.user_id)
    return room


async def described(alice, room, souci, command):
    """The description of a command, once the room has it."""
    heard = await alice.hears(
        lambda e: (
            (e.room, e.type, e.sender) == (room, DESCRIPTION, souci.user_id)
            and e.content["command"] == command
        )
    )
    return heard.content


async def test_a_command_is_described_with_what_may_follow_it(alice, room, souci):
    told = await described(alice, room, souci, "action")
    assert told["parameters"][0]["key"] == told["fi.mau.tail_parameter"] == ARGUMENTS
    assert told["description"]["m.text"][0]["body"] == "ajoute une action au programme"


async def test_it_stands_under_the_key_of_its_name_and_of_the_bot(alice, room, souci):
    await described(alice, room, souci, "budget")
    key = state_key("budget", souci.user_id)
    found = await alice.client.room_get_state_event(room, DESCRIPTION, key)
    assert found.content["command"] == "budget"


async def test_a_described_command_is_heard(alice, room, souci):
    content = {
        "msgtype": "m.text",
        "body": "souci action",
        "m.mentions": {"user_ids": [souci.user_id]},
        "org.matrix.msc4391.command": {
            "command": "action",
            "arguments": {ARGUMENTS: "Grande fête budget 200 €"},
        },
    }
    said = await alice.send(room, "m.room.message", content)
    answer = await alice.answer_to(said)
    assert (answer.key, answer.values["title"]) == ("action.added", "Grande fête")
