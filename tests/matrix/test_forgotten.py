"""Somebody's data through a real homeserver, in encrypted rooms: taken away, then forgotten."""

import asyncio

import pytest
import pytest_asyncio

from tests.souci import found_circle, mark_on

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def dany(member):
    return await member("dany")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(alice, dany, souci):
    room = await found_circle(alice, "Sambre", souci, dany)
    await dany.asks(room, "!contribution 2h affiches mauves 80 €")
    return room


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def direct(dany, souci, room):  # noqa: ARG001 - the circle comes first
    direct = await dany.create(None, souci.user_id, direct=True)
    await dany.meets(direct, souci.user_id)
    return direct


async def test_the_archive_comes_in_the_direct_room_only(dany, souci, room, direct):
    asked = await dany.say(room, "!mes-données")
    await mark_on(dany, souci, asked)
    told = await dany.hears(lambda e: e.key == "privacy.data" and "file" not in e.values)
    file = await dany.hears(lambda e: e.values.get("file") == "mes-donnees.zip")
    assert (told.room, file.room) == (direct, direct)
    assert (told.encrypted, "file" in file.content) == (True, True)


async def test_who_is_forgotten_is_in_no_file_of_the_bot(dany, souci, room, direct):  # noqa: ARG001
    await dany.asks(direct, "!effacer-moi confirmer")
    await finished(souci)
    sought = [dany.user_id, dany.user_id[1:].partition(":")[0], "affiches mauves"]
    found = {
        (file.name, words)
        for file in souci.log.parent.rglob("*")
        if file.is_file()
        for words in sought
        if words.encode() in file.read_bytes()
    }
    assert found == set()


async def test_who_stayed_and_writes_by_direct_message_first_is_of_the_circle_again(
    dany, room, direct
):
    await dany.asks(direct, "!aide")
    answer = await dany.asks(room, "!contribution 1h colle")
    assert answer.key == "contribution.declared"


async def finished(souci):
    """Wait until the bot says that nothing is left to do."""
    async with asyncio.timeout(60):
        while "erasure.finished" not in souci.log.read_text():  # noqa: ASYNC110 — another process
            await asyncio.sleep(0.1)
