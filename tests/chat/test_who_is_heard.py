"""What is meant for the bot, and from whom it takes it."""

from tests.chat.scene import scene

CIRCLE = "alice> !cercle créer Littoral"
BOT = "@souci:localhost"


async def test_notices_are_never_commands():
    async with scene(CIRCLE) as made:
        assert await made.send("bob", body="!budget", notice=True) == []


async def test_robots_of_the_circle_are_not_heard():
    async with scene(CIRCLE, "alice> !réglage robots @pont:localhost") as made:
        assert await made.keys("pont> !budget") == []


async def test_a_mention_needs_no_prefix():
    async with scene(CIRCLE) as made:
        [heard] = await made.send("bob", body="souci : budget", mentions=(BOT,))
        assert heard.key == "budget.status"


async def test_chatter_is_left_alone():
    async with scene(CIRCLE) as made:
        assert await made.keys("bob> on fait quoi du budget ?", "bob> !!!", "bob> ! ?") == []


async def test_a_typo_is_never_executed_by_guess():
    async with scene(CIRCLE) as made:
        [heard] = await made.play("bob> !contributon 1h accueil")
        assert heard.values["line"] == "!contribution 1h accueil"
        [listed] = await made.play("bob> !contributions")
        assert listed.values["items"] == []


async def test_accents_case_and_hyphens_do_not_matter():
    async with scene(CIRCLE) as made:
        keys = await made.keys("bob> !a-voter", "bob> !à voter", "bob> !AVOTER", "bob> !À-Voter")
        assert set(keys) == {"vote.pending"}


async def test_a_skin_tone_does_not_matter():
    async with scene(CIRCLE, "alice> !action Fête") as made:
        assert await made.keys("bob + 🙋🏽 A1") == ["action.taken"]


async def test_only_who_holds_it_or_a_steward_does_an_action_by_a_reaction():
    async with scene(CIRCLE, "alice> !action Fête") as made:
        assert await made.keys("bob + ✅ A1") == []
        assert await made.keys("alice + ✅ A1") == ["action.done"]


async def test_a_room_that_is_no_circle_says_how_to_become_one():
    async with scene() as made:
        assert await made.keys("bob> !budget") == ["refused.no-circle"]


async def test_a_direct_message_acts_in_the_only_circle():
    async with scene(CIRCLE, "bob> !contribution 1h accueil") as made:
        heard, _ = await made.play("bob (dm)> contribution 2h affiches")
        assert (heard.room, heard.values["id"]) == (None, "C2")


async def test_a_direct_message_names_its_circle_where_there_are_several():
    async with scene(CIRCLE, "[oise] alice> !cercle créer Oise") as made:
        assert await made.keys("alice (dm)> !budget") == ["refused.no-circle"]
        [heard] = await made.play("alice (dm)> !budget dans Oise")
        assert heard.values["circle"] == "Oise"


async def test_who_left_the_room_is_of_the_circle_no_more():
    async with scene(CIRCLE, "bob> !contribution 1h accueil", "bob leaves") as made:
        assert await made.keys("bob (dm)> !budget") == ["refused.no-circle"]


async def test_only_a_power_may_make_a_room_a_circle():
    async with scene("alice> bonjour") as made:
        assert await made.keys("bob> !cercle créer Littoral") == ["refused.not-allowed"]


async def test_power_does_not_stand_in_at_once_for_the_last_steward():
    async with scene(CIRCLE, "alice> !rôle @alice participant") as made:
        assert await made.keys("alice> !doter 100 €") == ["refused.not-allowed"]


async def test_markup_in_a_title_stays_text():
    async with scene(CIRCLE) as made:
        [heard] = await made.play("alice> !action <b>Fête</b> [x](y) **z**")
        assert "<b>Fête</b> [x](y) **z**" in heard.text


async def test_a_very_long_text_is_refused_and_changes_nothing():
    async with scene(CIRCLE) as made:
        [heard] = await made.play("bob> !contribution 1h " + "a" * 60_000)
        assert heard.key.endswith("too-long")
        [listed] = await made.play("bob> !contributions")
        assert listed.values["count"] == 0
