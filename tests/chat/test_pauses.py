"""A pause: nothing is asked of somebody until they are back, but what is about their own money."""

from tests.chat.scene import scene

BORN = ("alice> !cercle créer Littoral", "bob> !actions", "carole> !actions")
BOB, ALICE = "@bob:localhost", "@alice:localhost"


async def test_a_pause_says_until_when_and_how_to_come_back():
    async with scene(*BORN) as made:
        [told] = await made.play("bob> !pause jusqu'au 15 décembre")
    assert (told.key, told.values["until"]) == ("pause.set", "2026-12-15")
    assert "!pause fin" in told.text


async def test_a_pause_without_a_day_lasts_until_its_end_is_said():
    async with scene(*BORN) as made:
        [told] = await made.play("bob> !pause")
        assert told.values["until"] is None
        assert await made.keys("bob> !reprise") == ["pause.over"]


async def test_a_pause_does_not_end_in_the_past():
    async with scene(*BORN) as made:
        assert await made.keys("bob> !pause jusqu'au 1er janvier 2020") == ["date.past"]


async def test_who_is_on_pause_is_not_asked_for_news_of_their_actions():
    lines = ("bob> !action Affiches pour moi avant jeudi", "bob> !pause")
    async with scene(*BORN, *lines) as made:
        assert "reminder.dates" not in [one.key for one in await made.play("@ 2026-11-28T09:00")]


async def test_who_is_on_pause_is_not_missed_in_a_vote():
    async with scene(*BORN, "bob> !pause", "alice> !vote Oui ?") as made:
        heard = await made.play("@ 2026-11-30T08:00")
    [told] = [one for one in heard if one.key == "vote.reminder"]
    assert BOB not in told.values["missing"]


async def test_who_is_on_pause_is_not_asked_whether_they_come():
    lines = ("bob> !contribution 1h tri", "bob> !pause", "alice> !régulation jeudi 18h")
    async with scene(*BORN, *lines) as made:
        heard = await made.play("@ 2026-11-26T12:00")
    asked = [one.values["silent"] for one in heard if one.key == "meeting.reminder"]
    assert asked
    assert all(BOB not in silent for silent in asked)


async def test_a_question_left_open_is_not_recalled_but_told_to_be_dropped():
    lines = ("bob> !contribution tri des livres", "bob (dm)> pause")
    async with scene(*BORN, *lines) as made:
        heard = await made.play("@ 2026-11-24T21:00")
    assert [one.key for one in heard if one.to == BOB] == ["prompt.over"]


async def test_ones_own_reminder_waits_for_the_end_of_the_pause():
    lines = ("bob (dm)> rappel demain 10h appeler", "bob (dm)> pause jusqu'au 25 novembre")
    async with scene(*BORN, *lines) as made:
        during = await made.play("@ 2026-11-25T20:00")
        after = await made.play("@ 2026-11-26T12:00")
    assert "reminder.ring" not in [one.key for one in during]
    assert [str(one.at)[:16] for one in after if one.key == "reminder.ring"] == ["2026-11-26 10:00"]


async def test_ones_own_reminder_waits_however_long_the_pause():
    lines = ("bob (dm)> rappel demain 10h appeler", "bob (dm)> pause")
    async with scene(*BORN, *lines) as made:
        await made.play("@ 2026-11-28T20:00", "bob (dm)> pause fin")
        assert "reminder.ring" in [one.key for one in await made.play("@ 2026-11-29T12:00")]


async def test_what_waits_is_told_the_morning_after_the_pause():
    lines = ("bob> !action Affiches pour moi", "bob> !pause jusqu'au 25 novembre")
    async with scene(*BORN, *lines) as made:
        during = await made.play("@ 2026-11-25T20:00")
        after = await made.play("@ 2026-11-27T12:00")
    assert [one.key for one in during if one.to == BOB] == []
    told = [(one.key, str(one.at)[:10]) for one in after if one.to == BOB]
    assert told == [("me.status", "2026-11-26")]


async def test_mondays_are_quiet_too():
    lines = ("bob (dm)> moi chaque lundi", "bob (dm)> pause")
    async with scene(*BORN, *lines) as made:
        assert BOB not in [one.to for one in await made.play("@ 2026-12-01T12:00")]


async def test_another_steward_gets_the_letter_of_the_week():
    lines = (
        "alice> !rôle @bob soucieux",
        "carole> !frais 12 € colle",
        "alice> !pause jusqu'au 2 décembre",
    )
    async with scene(*BORN, *lines) as made:
        heard = await made.play("@ 2026-12-01T12:00")
    assert [one.to for one in heard if one.key == "summary.steward"] == [BOB]


async def test_the_letter_of_the_only_steward_waits_for_the_end_of_their_pause():
    lines = ("carole> !frais 12 € colle", "alice> !pause jusqu'au 2 décembre")
    async with scene(*BORN, *lines) as made:
        heard = await made.play("@ 2026-12-04T12:00")
    sent = [(one.to, str(one.at)[:10]) for one in heard if one.key == "summary.steward"]
    assert sent == [(ALICE, "2026-12-03")]


async def test_stewards_see_who_is_on_pause_where_they_would_ask_for_news():
    lines = ("bob> !action Affiches pour moi avant jeudi", "bob> !pause")
    async with scene(*BORN, *lines) as made:
        heard = await made.play("@ 2026-12-01T12:00")
    [told] = [one for one in heard if one.key == "summary.steward"]
    assert [one["member"] for one in told.values["resting"]] == [BOB]
    assert "bob est en pause" in told.text
