"""A plain question to the bot gets the answer of its command; what would act is proposed."""

import pytest

from tests.chat.scene import scene

LIFE = (
    "alice> !cercle créer Littoral",
    "bob> !action Portes ouvertes du fablab pour moi",
    "bob> !contribution 2h tri 80 €",
    "bob> !régulation vendredi 18h",
)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("combien il reste ?", "budget.status"),
        ("il reste combien dans l'enveloppe", "budget.status"),
        ("How much money is left?", "budget.status"),
        ("Qu’est-ce qui m’attend ?", "me.status"),
        ("what's waiting for me?", "me.status"),
        ("qui doit quoi à qui ?", "contribution.list"),
        ("who owes what?", "contribution.list"),
        ("où en est l'action portes ouvertes ?", "action.card"),
        ("where is A1?", "action.card"),
        ("on fait quoi mardi", "meeting.list"),
        ("c'est quand la prochaine réunion ?", "meeting.list"),
        ("when is the next meeting?", "meeting.list"),
        ("qui n'a pas voté ?", "vote.list"),
        ("supprime la contribution de Bob", "contribution.list"),
    ],
)
async def test_what_only_reads_is_answered_at_once(said, key):
    async with scene(*LIFE) as made:
        assert await made.keys(f"bob (dm)> {said}") == [key]


async def test_it_is_heard_in_a_room_by_who_calls_the_bot():
    async with scene(*LIFE) as made:
        assert await made.keys("bob> souci : combien il reste ?") == ["budget.status"]


async def test_it_is_not_heard_in_a_room_where_nobody_calls_the_bot():
    async with scene(*LIFE) as made:
        assert await made.keys("bob> combien il reste ?") == []


async def test_what_would_act_is_proposed_and_done_by_a_sign_only():
    async with scene(*LIFE) as made:
        [asked] = await made.play("bob (dm)> remets la réunion à jeudi 19h")
        assert (asked.key, asked.values["choices"]) == ("plain.meant", ["!déplacer M1 jeudi 19h"])
        assert "meeting.moved" in await made.keys("bob (dm) + ✅ -1")


async def test_an_action_that_nobody_knows_is_not_guessed():
    async with scene(*LIFE) as made:
        told = await made.keys("bob (dm)> où en est la convention ?")
    assert told == ["refused.unknown-command"]


async def test_a_plain_question_does_not_answer_what_was_asked_before():
    async with scene(*LIFE, "bob (dm)> contribution") as made:
        assert await made.keys("bob (dm)> combien il reste ?") == ["budget.status"]
