"""The life of a vote: announced, reminded of, extended, closed by itself, reviewed, released."""

import pytest

from bot.console.console import room_id, user_id
from tests.chat.ballot_box import BallotBox
from tests.chat.scene import scene

OPEN = "alice> !vote Repeindre la salle ?"
FUNDED = (
    "alice> !doter 500 €",
    "alice> !vote Acheter une presse budget 150 €",
    *(f"{who} + 👍 V1" for who in ("bob", "carole", "dany")),
    "alice> !clore V1",
)


def of_votes(keys):
    """Without what the circle hears of its week."""
    return [key for key in keys if key.startswith("vote.")]


async def test_it_closes_by_itself_at_its_instant(box):
    await box.play(f"{OPEN} jusqu'à jeudi 18h", "bob + 👍 V1")
    told = (await box.last("@ 2026-11-26T19:00")).values
    assert (told["outcome"], told["closed"]) == ("adopted", "2026-11-26T18:00:00+01:00")


async def test_it_closed_at_its_instant_even_if_the_bot_was_away(box):
    await box.play(f"{OPEN} jusqu'à demain 18h")
    box.scene.console.now = box.scene.console.now.replace(day=26)
    await box.scene.console._scheduled.run(box.scene.console.now)
    heard = await box.scene.console.drain()
    told = heard[-1].values
    assert (told["late"], told["closed"]) == (True, "2026-11-24T18:00:00+01:00")


async def test_a_ballot_said_before_the_closing_counts_when_handled_after_it(box):
    await box.play(f"{OPEN} jusqu'à demain 18h", "@ 2026-11-24T17:59", "bob + 👍 V1")
    assert (await box.last("@ 2026-11-24T18:00")).values["counts"]["yes"] == 1


async def test_only_those_who_have_not_answered_are_reminded(box):
    await box.play(OPEN, "bob + 👍 V1", "carole> !bulletin V1 contre")
    [told] = await box.play("@ 2026-11-29T10:00")
    assert (told.key, told.values["missing"]) == (
        "vote.reminder",
        ["@alice:localhost", "@dany:localhost"],
    )


async def test_nobody_is_reminded_at_night(box):
    await box.play(f"{OPEN} jusqu'à jeudi")
    assert of_votes(await box.keys("@ 2026-11-26T07:59")) == []
    told = await box.last("@ 2026-11-26T08:00")
    assert (told.key, told.values["late"]) == ("vote.reminder", False)


async def test_nobody_is_reminded_once_everybody_has_answered(box):
    await box.play(OPEN, *(f"{who} + 👍 V1" for who in ("alice", "bob", "carole", "dany")))
    assert await box.keys("@ 2026-11-29T10:00") == []


async def test_a_circle_may_do_without_reminders(box):
    await box.play("alice> !réglage rappels non", OPEN)
    assert await box.keys("@ 2026-11-29T10:00") == []


async def test_more_time_moves_the_closing_and_the_reminder(box):
    await box.play(OPEN)
    assert await box.keys("alice> !prolonger V1 dimanche 6 décembre 18h") == ["vote.extended"]
    assert of_votes(await box.keys("@ 2026-12-05T17:00")) == []
    assert of_votes(await box.keys("@ 2026-12-06T18:00")) == ["vote.reminder", "vote.closed"]


async def test_a_few_hours_more_on_the_last_day_remind_nobody_at_once(box):
    await box.play(OPEN, "@ 2026-11-30T08:00")
    keys = await box.keys("alice> !prolonger V1 aujourd'hui 18h", "@ 2026-11-30T09:30")
    assert of_votes(keys) == ["vote.extended"]


async def test_a_vote_is_only_ever_made_longer(box):
    await box.play(OPEN)
    assert await box.keys("alice> !prolonger V1 demain 18h") == ["vote.not-later"]


async def test_the_electorate_is_frozen_at_opening(box):
    await box.play("dany leaves", OPEN, "dany joins")
    told = await box.last("dany> !bulletin V1 pour")
    assert (told.key, told.values["why"]) == ("vote.not-elector", "newcomer")


async def test_participants_follow_without_voting_where_the_circle_says_so(box):
    await box.play("alice> !réglage participants-votent non", "bob> !contribution 1h affiches")
    assert (await box.last(OPEN)).values["electorate"] == 2
    assert (await box.last("dany> !bulletin V1 pour")).values["why"] == "participant"


async def test_an_adopted_amount_holds_money_back_until_released(box):
    await box.play(*FUNDED)
    assert (await box.last("alice> !budget")).values["available"]["cents"] == 35000
    told = await box.last("alice> !libérer V1")
    assert (told.key, told.values["amount"]["cents"]) == ("vote.released", 15000)
    assert (await box.last("alice> !budget")).values["available"]["cents"] == 50000


async def test_money_is_released_once(box):
    await box.play(*FUNDED, "alice> !libérer V1")
    assert await box.keys("alice> !libérer V1") == ["vote.nothing-held"]


async def test_who_opened_it_releases_or_a_steward_and_nobody_else(box):
    await box.play(*FUNDED)
    assert await box.keys("bob> !libérer V1") == ["refused.not-allowed"]
    await box.play("bob> !vote Acheter un banc budget 50 €", "carole + 👍 V2")
    await box.closed("V2")
    assert await box.keys("bob> !libérer V2") == ["vote.released"]


async def test_money_is_released_where_everybody_hears_it(box):
    await box.play(*FUNDED)
    assert await box.keys("alice (dm)> !libérer V1") == ["refused.in-the-room"]


async def test_what_was_adopted_is_reviewed_on_its_day(box):
    await box.play(f"{OPEN} révision le 15 décembre", "bob + 👍 V1")
    told = await box.last("@ 2026-12-15T09:00")
    assert (told.key, told.values["id"], told.at.hour) == ("vote.review", "V1", 9)


async def test_what_was_not_adopted_is_not_reviewed(box):
    await box.play(f"{OPEN} révision le 15 décembre", "bob + 👎 V1")
    assert "vote.review" not in await box.keys("@ 2026-12-16T09:00")


async def test_a_review_comes_after_the_closing(box):
    assert await box.keys(f"{OPEN} révision le 28 novembre") == ["vote.review-too-early"]


async def test_a_vote_opened_elsewhere_is_announced_in_the_room(box):
    heard = await box.play("alice (dm)> !vote Repeindre ?")
    assert [(one.key, one.room) for one in heard] == [
        ("vote.opened", None),
        ("vote.opened", "circle"),
    ]
    assert await box.keys("bob + 👍 V1") == ["ballot.cast"]
    assert len(box.polls("V1")) == 1


@pytest.mark.parametrize("where", ["alice>", "alice (dm)>"])
async def test_the_electorate_is_who_is_in_the_room_even_unseen(where):
    async with scene("alice> !cercle créer Littoral", "bob joins") as made:
        made.console._rooms[room_id("circle")].joined.add(user_id("dany"))
        told = (await made.play(f"{where} !vote Repeindre ?"))[-1]
    assert told.values["electorate"] == 3


async def test_a_vote_closes_with_its_file_and_its_poll_ends(box):
    await box.play(OPEN, "bob + 👍 V1")
    await box.closed("V1")
    assert "V1.json" in box.files()
    assert box.ended("V1") == [box.poll_event("V1")]


async def test_a_vote_is_closed_in_the_room_only(box):
    await box.play(OPEN, "bob + 👍 V1")
    [unheard] = await box.play("alice (dm)> !clore V1")
    assert unheard.key == "refused.in-the-room"


async def test_what_waits_is_told_across_all_ones_circles(box):
    await box.play(OPEN, "[north] bob> !cercle créer Nord", "[north] bob> !choix Où ? : ici | là")
    told = (await box.last("bob (dm)> !à-voter")).values
    assert [(one["circle"], one["id"]) for one in told["items"]] == [
        ("Littoral", "V1"),
        ("Nord", "V1"),
    ]
    assert (await box.last("bob> !à-voter")).values["count"] == 1


async def test_what_was_answered_waits_no_more(box):
    await box.play(OPEN, "bob + 👍 V1")
    assert (await box.last("bob> !à-voter")).values["count"] == 0


async def test_a_thumb_on_a_result_is_a_comment(box):
    await box.play(OPEN)
    await box.closed("V1")
    before = await box.written()
    assert await box.keys("bob + 👍 V1") == []
    assert await box.written() == before


async def test_an_open_result_is_shown_with_a_file_to_recount(box):
    await box.play(OPEN, "bob + 👍 V1")
    told = await box.last("alice> !résultat V1")
    assert (told.key, told.values["counts"]["yes"]) == ("vote.result", 1)
    assert box.files() == ["V1.json"]


async def test_nobody_to_vote_is_no_vote():
    async with scene(coordinators=["carole"]) as made:
        box = BallotBox(made)
        await box.play("alice> !cercle créer Littoral", "alice leaves")
        assert await box.keys("[coordination] carole> !vote Repeindre ? dans Littoral") == [
            "vote.nobody"
        ]


async def test_votes_lists_what_is_open_and_what_was_closed_lately(box):
    await box.play("alice> !vote Oui ? jusqu'à mercredi", "alice> !vote Non ?")
    await box.closed("V1")
    told = (await box.last("bob> !votes")).values
    assert [vote["id"] for vote in told["items"]] == ["V2"]
    assert [(vote["id"], vote["outcome"]) for vote in told["closed"]] == [("V1", "rejected")]


async def test_a_vote_closed_long_ago_is_listed_no_more(box):
    await box.play("alice> !vote Oui ?", "@ 2027-02-01T10:00")
    assert (await box.last("bob> !votes")).values["closed"] == []
