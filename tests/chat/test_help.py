"""Help by topic, then by word: what this person may do here, ready to copy."""

from commands import COMMANDS
from commands.kernel.topics import Topic
from tests.chat.scene import scene

CIRCLE = "alice> !cercle créer Littoral"


def test_no_topic_is_without_a_command():
    assert {command.topic for command in COMMANDS} == set(Topic)


async def test_topics_come_first_each_with_what_opens_it():
    async with scene(CIRCLE) as made:
        [told] = await made.play("alice> !aide")
        for one in told.values["topics"]:
            [opened] = await made.play(f"alice> !aide {one['name']}")
            assert (opened.key, opened.values["topic"]) == ("help.topic", one["topic"])


async def test_a_topic_gives_a_line_to_copy_for_each_word():
    async with scene(CIRCLE) as made:
        [told] = await made.play("alice> !aide argent")
        examples = {item["example"].split()[0] for item in told.values["items"]}
        assert {"budget", "doter", "journal"} <= examples


async def test_a_topic_holds_only_what_this_person_may_do():
    async with scene(CIRCLE, "bob joins") as made:
        [told] = await made.play("bob> !aide argent")
        assert "doter" not in {item["name"] for item in told.values["items"]}


async def test_a_topic_in_which_one_may_do_nothing_is_not_shown():
    async with scene(CIRCLE) as made:
        [told] = await made.play("alice> !aide")
        assert "coordinating" not in {one["topic"] for one in told.values["topics"]}


async def test_a_word_wins_over_a_topic():
    async with scene(CIRCLE) as made:
        assert await made.keys("alice> !aide budget") == ["help.command"]


async def test_topics_have_english_names_too():
    async with scene(CIRCLE) as made:
        assert await made.keys("alice> !help money") == ["help.topic"]
