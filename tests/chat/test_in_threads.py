"""What is said inside a thread is about the message that the thread began with."""

import pytest

from tests.chat.scene import scene


@pytest.fixture
async def begun():
    async with scene("alice> !cercle créer Littoral", "alice> !action Portes ouvertes") as made:
        yield made


async def test_a_word_in_the_thread_of_an_action_is_about_it(begun):
    root = await begun.subject("alice", "A1")
    [heard] = await begun.send("alice", body="!fait", thread=root)
    assert (heard.key, heard.values["id"]) == ("action.done", "A1")


async def test_a_reply_to_somebody_within_the_thread_is_about_it_too(begun):
    root = await begun.subject("alice", "A1")
    [heard] = await begun.send("alice", body="!fait", thread=root, reply_to="$what-bob-said")
    assert (heard.key, heard.values["id"]) == ("action.done", "A1")


async def test_what_is_replied_to_goes_before_the_thread(begun):
    await begun.play("alice> !action Annuaire")
    first, second = [await begun.subject("alice", one) for one in ("A1", "A2")]
    [heard] = await begun.send("alice", body="!fait", thread=first, reply_to=second)
    assert heard.values["id"] == "A2"


async def test_a_thread_about_nothing_of_ours_is_about_nothing(begun):
    [heard] = await begun.send("alice", body="!fait", thread="$what-bob-said")
    assert heard.key == "id.missing"
