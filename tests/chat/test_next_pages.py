"""Lists stop at ten: what comes next is asked for by a word or a sign, by who asked for them."""

from tests.chat.scene import Scene, scene

LIFE = (
    "alice> !cercle créer Littoral",
    *(f"alice> !action Tâche numéro {number}" for number in range(1, 23)),
)


def shown(heard: object) -> list[str]:
    return [one["id"] for one in heard.values["items"]]


async def page(made: Scene, line: str) -> list[str]:
    [told] = await made.play(line)
    return shown(told)


async def test_the_next_page_begins_where_the_list_stopped():
    async with scene(*LIFE, "alice> !actions") as made:
        assert await page(made, "alice> !suite") == [f"A{number}" for number in range(11, 21)]
        assert await page(made, "alice> !suite") == ["A21", "A22"]


async def test_after_the_last_page_one_word_says_so():
    async with scene(*LIFE, "alice> !actions", "alice> !suite", "alice> !suite") as made:
        assert await made.keys("alice> !suite") == ["more.none"]


async def test_without_a_list_one_word_says_so():
    async with scene(*LIFE) as made:
        assert await made.keys("alice> !suite") == ["more.none"]


async def test_a_plus_on_the_list_shows_its_next_page():
    async with scene(*LIFE, "alice> !actions") as made:
        assert (await page(made, "alice + ➕ -1"))[0] == "A11"


async def test_a_word_in_reply_to_the_list_shows_its_next_page():
    async with scene(*LIFE, "alice> !actions") as made:
        assert (await page(made, "alice re -1> la suite"))[0] == "A11"


async def test_a_plus_on_an_older_list_continues_that_one():
    lines = ("alice> !actions", "alice> !contributions")
    async with scene(*LIFE, *lines) as made:
        assert (await page(made, "alice + ➕ -2"))[0] == "A11"


async def test_another_list_that_is_complete_leaves_nothing_to_continue():
    async with scene(*LIFE, "alice> !actions", "alice> !membres") as made:
        assert await made.keys("alice> !suite") == ["more.none"]


async def test_the_list_of_somebody_else_is_not_continued():
    async with scene(*LIFE, "alice> !actions") as made:
        assert await made.keys("bob> !suite", "bob + ➕ -1") == ["more.none"]


async def test_a_list_in_another_room_is_not_continued():
    async with scene(*LIFE, "alice> !actions") as made:
        assert await made.keys("alice (dm)> suite") == ["more.none"]


async def test_the_options_of_the_list_are_kept():
    lines = (f"alice> !prendre A{number}" for number in range(1, 12))
    async with scene(*LIFE, *lines, "alice> !actions de @alice") as made:
        assert await page(made, "alice> !suite") == ["A11"]


async def test_another_line_in_between_changes_nothing():
    async with scene(*LIFE, "alice> !actions", "alice> !budget") as made:
        assert (await page(made, "alice> !suite"))[0] == "A11"


async def test_a_question_asked_before_a_list_is_still_the_one_that_is_answered():
    lines = ("alice (dm)> contribution affiches", "alice (dm)> actions")
    async with scene(*LIFE, *lines) as made:
        assert "contribution.declared" in await made.keys("alice (dm)> 2h")


async def test_declarations_go_back_to_the_oldest():
    declared = ["bob> !contribution 1h ranger"] * 12
    async with scene(*LIFE, *declared, "bob> !contributions") as made:
        [told] = await made.play("bob> !suite")
    assert (shown(told), told.values["more"]) == (["C1", "C2"], 0)


async def test_what_is_to_ring_and_who_meets_has_a_next_page_too():
    reminders = (f"bob> !rappel demain {hour}h ranger" for hour in range(8, 20))
    meetings = (f"bob> !réunion Atelier {day} le {day} décembre 18h" for day in range(1, 13))
    async with scene(*LIFE, *reminders, *meetings) as made:
        await made.play("bob> !rappels")
        assert await page(made, "bob> !suite") == ["R11", "R12"]
        await made.play("bob> !réunions")
        assert await page(made, "bob> !suite") == ["M11", "M12"]


async def test_days_count_from_the_first_line():
    declared = ["bob> !contribution 1h ranger"] * 12
    async with scene(*LIFE, *declared, "bob> !contributions depuis hier") as made:
        [told] = await made.play("@ 2026-11-24T08:00", "bob> !suite")
    assert (shown(told), told.values["since"]) == (["C1", "C2"], "2026-11-22")
