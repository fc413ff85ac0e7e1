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


async def test_words_that_are_no_line_any_more_are_told_to_have_changed_nothing():
    async with scene(CIRCLE, DECLARED) as made:
        assert await made.keys("bob edit -1> oubliez cela") == ["refused.edit-changed"]


async def test_the_answer_to_a_question_edited_into_words_is_left_in_peace():
    async with scene(CIRCLE, "bob> !budget") as made:
        assert await made.keys("bob edit -1> merci") == []


async def test_an_edit_two_days_later_leaves_the_day_of_the_entry():
    async with scene(CIRCLE, DECLARED) as made:
        [heard] = await made.play("@ 2026-11-25 09:00", "bob edit -1> !contribution 2h affiches")
        assert (heard.values["day"], heard.values["minutes"]) == ("2026-11-23", 120)


async def test_relative_days_of_an_edit_count_from_the_first_message():
    async with scene(CIRCLE, "bob> !contribution 1h affiches hier") as made:
        later = "@ 2026-11-26 09:00"
        [heard] = await made.play(later, "bob edit -1> !contribution 2h affiches hier")
        assert heard.values["day"] == "2026-11-22"


async def test_a_day_that_an_edit_says_no_more_stays():
    async with scene(CIRCLE, "bob> !contribution 1h affiches le 12 novembre") as made:
        [heard] = await made.play("bob edit -1> !contribution 2h affiches")
        assert heard.values["day"] == "2026-11-12"


async def test_a_refused_line_mended_later_is_of_the_day_it_was_said():
    async with scene(CIRCLE, "bob> !contributon 1h affiches") as made:
        [heard] = await made.play("@ 2026-11-25 09:00", "bob edit -1> !contribution 1h affiches")
        assert heard.values["day"] == "2026-11-23"


async def test_an_overdue_action_edited_stays_overdue_with_its_day():
    async with scene(CIRCLE, "bob> !action Fête avant vendredi") as made:
        await made.play("@ 2026-12-01 09:00")
        [changed] = await made.play("bob edit -1> !action Grande fête avant vendredi")
        assert changed.values["due"] == "2026-11-27"
        [late] = await made.play("bob> !actions en retard")
        assert [one["title"] for one in late.values["items"]] == ["Grande fête"]


async def test_an_edit_may_give_an_action_another_day():
    async with scene(CIRCLE, "bob> !action Fête avant vendredi") as made:
        await made.play("@ 2026-12-01 09:00")
        [changed] = await made.play("bob edit -1> !action Fête avant le 18 décembre")
        assert changed.values["due"] == "2026-12-18"


async def test_a_meeting_mended_after_its_day_is_not_moved_to_the_next_one():
    async with scene(CIRCLE, "bob> !reunion-zzz Point mardi 18h") as made:
        assert await made.keys("@ 2026-11-25 09:00", "bob edit -1> !réunion Point mardi 18h") == [
            "date.past"
        ]


async def test_an_edit_keeps_what_its_message_answered():
    async with scene(CIRCLE, "alice> !action Fête") as made:
        await made.play("bob re A1> !contribution 1h affiches")
        [heard] = await made.play("bob edit -1> !contribution 2h affiches")
        assert (heard.values["id"], heard.values["action"]) == ("C1", "A1")


async def test_a_refused_answer_mended_still_answers():
    async with scene(CIRCLE, "alice> !action Fête") as made:
        await made.play("bob re A1> !fai")
        [heard] = await made.play("bob edit -1> !fait")
        assert (heard.key, heard.values["id"]) == ("action.said-done", "A1")


async def test_the_rights_of_a_mended_line_are_those_of_its_edit():
    async with scene(CIRCLE, "alice> !rôle bob soucieux jusqu'au 24 novembre") as made:
        await made.play("bob> !dotter 100 €", "@ 2026-11-26 09:00")
        assert await made.keys("bob edit -1> !doter 100 €") == ["refused.not-allowed"]


async def test_a_rule_mended_after_its_day_is_not_in_force_before_it_was_set():
    async with scene(CIRCLE, "alice> !réglag quorum 1/2 dès mardi", "@ 2026-11-26 09:00") as made:
        assert await made.keys("alice edit -1> !réglage quorum 1/2 dès mardi") == ["date.past"]
