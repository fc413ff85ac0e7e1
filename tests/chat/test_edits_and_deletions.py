"""An edit corrects what it may, once; a deletion takes back what it may."""

from tests.chat.scene import scene

CIRCLE = "alice> !cercle créer Littoral"
DECLARED = "bob> !contribution 1h affiches 20 €"


async def test_an_edit_of_a_refused_command_runs_it_once():
    async with scene(CIRCLE, "bob> !contribution affiches 1h") as made:
        assert await made.keys("bob edit -1> !contribution 1h affiches") == [
            "contribution.declared"
        ]
        [again] = await made.play("bob edit -1> !contribution 2h affiches")
        assert (again.values["id"], again.values["minutes"]) == ("C1", 120)


async def test_an_edit_of_a_contribution_keeps_its_id():
    async with scene(CIRCLE, DECLARED) as made:
        [heard] = await made.play("bob edit -1> !contribution 2h affiches 30 €")
        assert heard.values["id"] == "C1"
        assert heard.values["asked"] == {"cents": 3000, "currency": "EUR"}


async def test_the_figures_follow_an_edit():
    async with scene(CIRCLE, DECLARED) as made:
        await made.play("bob edit -1> !contribution 2h affiches 30 €")
        [budget] = await made.play("alice> !budget")
        assert budget.values["asked"]["cents"] == 3000


async def test_an_edit_of_an_action_keeps_its_id():
    async with scene(CIRCLE, "bob> !action Fête") as made:
        [heard] = await made.play("bob edit -1> !action Grande fête")
        assert (heard.key, heard.values["id"], heard.values["title"]) == (
            "action.changed",
            "A1",
            "Grande fête",
        )


async def test_an_edit_of_anything_else_is_answered():
    async with scene(CIRCLE, "bob> !rappel demain 9h le café") as made:
        assert await made.keys("bob edit -1> !rappel demain 10h le café") == ["refused.edit"]


async def test_an_edit_that_changes_the_command_changes_nothing():
    async with scene(CIRCLE, DECLARED) as made:
        assert await made.keys("bob edit -1> !frais 20 € affiches") == ["refused.edit-changed"]


async def test_chatter_may_be_edited_in_peace():
    async with scene(CIRCLE, "bob> bonjour") as made:
        assert await made.keys("bob edit -1> bonsoir") == []


async def test_a_deleted_contribution_is_cancelled():
    async with scene(CIRCLE, DECLARED) as made:
        assert await made.keys("bob delete -1") == ["entry.cancelled"]
        [budget] = await made.play("alice> !budget")
        assert budget.values["asked"]["cents"] == 0


async def test_a_deletion_is_heard_once():
    async with scene(CIRCLE, DECLARED) as made:
        await made.play("bob delete -1")
        assert await made.keys("bob delete -1") == []


async def test_a_deleted_ballot_brings_back_the_one_before():
    async with scene(CIRCLE, "alice> !vote Peindre ?") as made:
        await made.play("alice> !bulletin V1 pour", "alice> !bulletin V1 contre", "alice delete -1")
        [result] = await made.play("alice> !résultat V1")
        assert result.values["counts"] == {"yes": 1, "no": 0, "abstain": 0}


async def test_a_deleted_question_is_nothing_to_undo():
    async with scene(CIRCLE, "bob> !budget") as made:
        assert await made.keys("bob delete -1") == []
