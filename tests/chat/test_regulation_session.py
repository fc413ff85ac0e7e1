"""A session: opened, item by item in the circle's mode, closed."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, PLANNED, cents, figures, last
from tests.chat.scene import scene

SECOND = "carole> !contribution 1h accueil 50 €"


async def test_a_session_tells_who_is_there_the_agenda_and_the_first_item():
    lines = (*FOUNDED, PLANNED, ONE, SECOND, "bob> !odj + le local", "carole> !présent M1")
    async with scene(*lines) as made:
        told = await last(made, OPEN)
    assert (told["id"], told["present"], told["waiting"]) == ("M1", ["@carole:localhost"], 2)
    assert [point["text"] for point in told["points"]] == ["le local"]
    assert (told["item"]["id"], told["left"], cents(told["amount"])) == ("C1", 2, 13000)


async def test_a_decision_shows_the_next_item():
    async with scene(*FOUNDED, ONE, SECOND, OPEN) as made:
        told = await last(made, "alice> !décision C1 60 €")
    assert (told["id"], cents(told["amount"]), told["outcome"]) == ("C1", 6000, "regulated")
    assert (told["item"]["id"], told["left"], cents(told["available"])) == ("C2", 1, 94000)


@pytest.mark.parametrize(
    ("said", "outcome", "amount"),
    [
        ("80", "regulated", 8000),
        ("80 € merci pour tout", "regulated", 8000),
        ("100,50 €", "regulated", 10050),
        ("demandé", "regulated", 8000),
        ("refus", "refused", None),
        ("refusé déjà payé par la Région", "refused", None),
        ("bénévole", "pro-bono", None),
        ("pro bono", "pro-bono", None),
        ("report", "postponed", None),
        ("postponed", "postponed", None),
    ],
)
async def test_an_item_is_decided_by_an_amount_or_a_word(said, outcome, amount):
    async with scene(*FOUNDED, ONE, OPEN) as made:
        told = await last(made, f"alice> !décision C1 {said}")
    assert (told["outcome"], cents(told["amount"])) == (outcome, amount)


async def test_a_reason_is_kept():
    async with scene(*FOUNDED, ONE, OPEN) as made:
        told = await last(made, "alice> !décision C1 refus déjà payé par la Région")
    assert told["reason"] == "déjà payé par la Région"


async def test_a_reply_to_a_declaration_decides_it():
    async with scene(*FOUNDED, ONE, OPEN) as made:
        assert (await last(made, "alice re C1> !décision 60 €"))["id"] == "C1"


async def test_what_was_put_off_waits_for_the_next_session():
    lines = (*FOUNDED, PLANNED, ONE, OPEN, "alice> !décision C1 report", CLOSE)
    async with scene(*lines) as made:
        await made.play("alice> !régulation mardi 8 décembre à 18h", "@ 2026-12-08T18:00")
        told = await last(made, OPEN)
    assert (told["id"], told["item"]["id"]) == ("M2", "C1")


async def test_what_was_put_off_is_not_shown_again_in_the_same_session():
    async with scene(*FOUNDED, ONE, SECOND, OPEN) as made:
        told = await last(made, "alice> !décision C1 report")
        assert (told["item"]["id"], told["left"]) == ("C2", 1)


async def test_closing_tells_what_was_decided_and_what_is_left():
    async with scene(*FOUNDED, ONE, SECOND, OPEN, "alice> !décision C1 60 €") as made:
        told = await last(made, CLOSE)
    [decision] = told["decisions"]
    assert (decision["id"], cents(decision["amount"]), told["left"]) == ("C1", 6000, ["C2"])
    assert cents(told["regulated"]) == 6000


async def test_pro_bono_work_is_written_down_at_the_closing():
    pro_bono = "bob> !contribution 2h affiches bénévole"
    async with scene(*FOUNDED, pro_bono, OPEN) as made:
        [decision] = (await last(made, CLOSE))["decisions"]
    assert (decision["id"], decision["outcome"]) == ("C1", "pro-bono")


async def test_pro_bono_work_that_somebody_questions_is_spoken_of():
    pro_bono = "bob> !contribution 2h affiches bénévole"
    async with scene(*FOUNDED, pro_bono, "carole> !question C1 Combien de personnes ?") as made:
        told = await last(made, OPEN)
    assert told["item"]["questions"] == [
        {"member": "@carole:localhost", "text": "Combien de personnes ?"}
    ]


async def test_where_a_session_stands_can_be_asked():
    async with scene(*FOUNDED, ONE, SECOND, OPEN, "alice> !décision C1 60 €") as made:
        [heard] = await made.play("alice> !séance")
    assert (heard.key, heard.values["item"]["id"]) == ("session.status", "C2")


async def test_a_reaction_to_the_opening_says_present():
    async with scene(*FOUNDED, PLANNED, OPEN) as made:
        await made.play("bob + ✅ M1")
        assert (await last(made, "alice> !séance"))["present"] == ["@bob:localhost"]


# Which meeting is opened


async def test_today_s_regulation_is_opened():
    later = "alice> !régulation mardi 8 décembre à 18h"
    async with scene(*FOUNDED, later, PLANNED, "@ 2026-11-23T18:10") as made:
        told = await last(made, OPEN)
    assert (told["id"], told["start"]) == ("M2", "2026-11-23T18:00:00+01:00")


async def test_without_one_today_the_next_one_is_opened():
    async with scene(*FOUNDED, "alice> !régulation mardi 8 décembre à 18h") as made:
        told = await last(made, OPEN)
    assert (told["id"], told["today"]) == ("M1", False)


async def test_without_any_a_regulation_is_held_now():
    async with scene(*FOUNDED) as made:
        told = await last(made, OPEN)
    assert (told["id"], told["kind"], told["start"]) == (
        "M1",
        "regulation",
        "2026-11-23T09:00:00+01:00",
    )


async def test_of_a_series_the_occurrence_of_the_day_is_opened():
    series = "alice> !régulation chaque premier mardi du mois à 18h"
    async with scene(*FOUNDED, series, "@ 2027-01-05T18:05") as made:
        told = await last(made, OPEN)
    assert (told["start"], told["today"]) == ("2027-01-05T18:00:00+01:00", True)


async def test_another_meeting_can_be_held_where_nothing_is_decided():
    other = "alice> !réunion Café des lieux lundi 23 novembre 14h-16h"
    async with scene(*FOUNDED, other, ONE, "alice> !séance ouvrir M1") as made:
        assert await made.keys("alice> !décision C1 80") == ["session.not-regulation"]
        told = await last(made, CLOSE)
    assert (told["id"], told["decisions"], told["left"]) == ("M1", [], [])


# Self-set amounts

SELF_SET = "alice> !réglage mode-régulation libre"


async def test_a_self_set_amount_stands_at_the_closing():
    async with scene(*FOUNDED, SELF_SET, ONE, OPEN) as made:
        [decision] = (await last(made, CLOSE))["decisions"]
        assert (cents(decision["amount"]), (await figures(made))["regulated"]) == (8000, 8000)


async def test_a_questioned_amount_does_not_stand():
    async with scene(*FOUNDED, SELF_SET, ONE, SECOND, "dany> !question C1 Si cher ?") as made:
        told = await last(made, OPEN)
        assert (told["item"]["id"], told["free"]) == ("C1", 1)
        closed = await last(made, CLOSE)
    assert ([one["id"] for one in closed["decisions"]], closed["left"]) == (["C2"], ["C1"])


async def test_a_question_taken_back_lets_the_amount_stand():
    async with scene(*FOUNDED, SELF_SET, ONE, "dany> !question C1 Si cher ?") as made:
        assert await made.keys("dany delete -1") == ["entry.answered"]
        await made.play(OPEN)
        assert [one["id"] for one in (await last(made, CLOSE))["decisions"]] == ["C1"]


async def test_nothing_asked_is_not_decided_by_itself():
    async with scene(*FOUNDED, SELF_SET, "bob> !contribution 1h affiches", OPEN) as made:
        told = await last(made, CLOSE)
    assert (told["decisions"], told["left"]) == ([], ["C1"])


async def test_self_set_amounts_beyond_what_is_available_are_all_left():
    big = ("bob> !contribution 9h four 700 €", "carole> !contribution 9h bar 600 €")
    async with scene(*FOUNDED, SELF_SET, *big, OPEN) as made:
        [heard] = await made.play(CLOSE)
        assert (heard.key, heard.values["count"]) == ("session.over-budget", 2)
        assert (await figures(made))["regulated"] == 0
        assert await made.keys("alice> !séance") == ["session.status"]


async def test_a_self_set_amount_beyond_the_cap_is_spoken_of():
    cap = "alice> !réglage plafond 60 €"
    async with scene(*FOUNDED, SELF_SET, cap, ONE, SECOND) as made:
        told = await last(made, OPEN)
    assert (told["item"]["id"], told["free"]) == ("C1", 1)


# Perceived value

PERCEIVED = "alice> !réglage mode-régulation valeur perçue"


async def test_an_item_is_decided_by_the_median_of_what_people_propose():
    async with scene(*FOUNDED, "dany joins", "carole joins", PERCEIVED, ONE, OPEN) as made:
        await made.play("alice> !estimation C1")
        for who, amount in (("alice", "100 €"), ("carole", "70 €"), ("dany", "90 €")):
            await made.play(f"{who} (dm)> !bulletin V1 {amount}")
        await made.play("alice> !clore V1")
        assert cents((await last(made, "alice> !séance"))["item"]["median"]) == 9000
        assert cents((await last(made, "alice> !décision C1 médiane"))["amount"]) == 9000


async def test_an_open_estimate_is_no_median_yet():
    async with scene(*FOUNDED, "dany joins", PERCEIVED, ONE, OPEN) as made:
        await made.play("alice> !estimation C1")
        [heard] = await made.play("alice> !décision C1 médiane")
    assert (heard.key, heard.values["vote"]) == ("regulation.no-median", "V1")
