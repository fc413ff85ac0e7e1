"""Nobody decides for all, quickly and nearly alone: early closings, minimums, money at closing."""

import pytest

from tests.chat.attached import archived, attached
from tests.chat.ballot_box import BallotBox, recounted
from tests.chat.scene import scene

EVERYBODY = ("alice", "bob", "carole", "dany")
MONEY = "alice> !doter 1000 €"
GRAB = "bob> !vote Un voyage budget 1000 €"


def agree(vote, *who):
    return [f"{one} + 👍 {vote}" for one in who]


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def available(box):
    told = (await box.last("alice> !budget")).values
    return told["available"]["cents"], told["committed"]["cents"]


async def test_who_opens_a_vote_does_not_decide_it_alone(box):
    await box.play(MONEY, GRAB, "bob + 👍 V1")
    before = await box.written()
    told = await box.last("bob> !clore V1")
    assert (told.key, told.values["missing"]) == ("vote.too-early", 3)
    assert await box.written() == before
    assert await available(box) == (100_000, 0)


async def test_who_opened_it_closes_it_once_everybody_has_answered(box):
    await box.play(MONEY, GRAB, *agree("V1", "bob", "carole", "dany"))
    assert await box.keys("bob> !clore V1") == ["vote.too-early"]
    assert await box.keys("alice + 👎 V1", "bob> !clore V1") == ["ballot.cast", "vote.closed"]


@pytest.mark.parametrize(
    ("answers", "key", "lacking"), [(2, "vote.too-early", 1), (3, "vote.closed", None)]
)
async def test_a_steward_closes_it_once_enough_have_answered(box, answers, key, lacking):
    await box.play(MONEY, GRAB, *agree("V1", *EVERYBODY[1 : answers + 1]))
    told = await box.last("alice> !clore V1")
    assert (told.key, told.values.get("lacking")) == (key, lacking)


async def test_a_quorum_that_asks_for_more_holds_for_a_steward_too(box):
    await box.play("alice> !vote Repeindre ? quorum 4/4", *agree("V1", "bob", "carole", "dany"))
    told = await box.last("alice> !clore V1")
    assert (told.key, told.values["fewest"]) == ("vote.too-early", None)


async def test_in_a_large_circle_a_quarter_must_have_answered(box):
    await box.play(*(f"p{n} joins" for n in range(16)), "alice> !vote Repeindre ?")
    await box.play(*agree("V1", "bob", "carole", "dany"))
    told = (await box.last("alice> !clore V1")).values
    assert (told["fewest"], told["lacking"], told["missing"]) == (5, 2, 17)


async def test_somebody_else_does_not_close_it_even_when_all_have_answered(box):
    await box.play(GRAB.replace(" budget 1000 €", ""), *agree("V1", *EVERYBODY))
    assert await box.keys("carole> !clore V1") == ["refused.not-allowed"]


async def test_an_answer_taken_back_is_missing(box):
    await box.play("bob> !vote Repeindre ?", *agree("V1", *EVERYBODY), "dany - 👍 V1")
    assert await box.keys("bob> !clore V1") == ["vote.too-early"]


async def test_a_vote_is_closed_early_where_everybody_hears_it(box):
    await box.play("bob> !vote Repeindre ?", *agree("V1", *EVERYBODY))
    assert await box.keys("alice (dm)> !clore V1") == ["refused.in-the-room"]
    assert await box.keys("alice> !clore V1") == ["vote.closed"]


async def test_alone_in_a_circle_one_closes_ones_vote():
    async with scene("alice> !cercle créer Littoral") as made:
        assert await made.keys("alice> !vote Oui ?", "alice + 👍 V1", "alice> !clore V1") == [
            "vote.opened",
            "ballot.cast",
            "vote.closed",
        ]


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_a_minimum_too_low_is_raised_and_told(box, who):
    told = await box.last(f"{who}> !consentement Ouvrir le samedi minimum 1")
    assert (told.values["needed"], told.values["raised"]) == (3, 1)
    assert "« 1 », c’est trop peu ici" in plain(told.text)
    await box.play(*agree("V1", "bob"))
    told = await box.closed("V1")
    assert told["outcome"] == recounted_outcome(box) == "no-quorum"


def recounted_outcome(box):
    return "adopted" if recounted(box.file("V1"))["adopted"] else "no-quorum"


async def test_a_minimum_is_never_more_than_there_are_people():
    async with scene("alice> !cercle créer Littoral", "bob joins") as made:
        told = (await made.play("alice> !consentement Ouvrir minimum 1"))[-1].values
        assert (told["needed"], told["raised"]) == (2, 1)


@pytest.mark.parametrize(
    ("said", "needed", "raised"),
    [("quorum 1", 3, "1"), ("quorum 1/4", 3, "1/4"), ("quorum 4", 4, None), ("", 3, None)],
)
async def test_the_quorum_of_the_circle_is_never_lowered_by_a_vote(box, said, needed, raised):
    await box.play("alice> !réglage quorum 3/4", "@ 2026-11-24T10:00")
    told = (await box.last(f"bob> !vote Repeindre ? {said}")).values
    assert (told["needed"], told["raised"]) == (needed, raised)


async def test_a_majority_of_everybody_is_told_as_a_share(box):
    told = (await box.last("bob> !vote Repeindre ? majorité 100 % quorum 2/4")).values
    assert (told["threshold"], told["quorum"]) == ("1/1", "1/2")


@pytest.mark.parametrize(
    "line",
    [
        "!vote Un voyage budget 1000 € jusqu'à aujourd'hui 10h",
        "!consentement Ouvrir le samedi jusqu'à aujourd'hui 10h",
        "!partage 1000 : Fête 500 € | Livres 600 € jusqu'à aujourd'hui 10h",
        "!consentement Ouvrir le samedi jusqu'à demain 8h59",
    ],
)
async def test_a_member_does_not_have_money_or_consent_decided_within_a_day(box, line):
    await box.play(MONEY)
    before = await box.written()
    assert await box.keys(f"bob> {line}") == ["vote.too-short"]
    assert await box.written() == before
    assert (await box.last(f"alice> {line}")).key == "vote.opened"


async def test_a_day_is_enough(box):
    await box.play(MONEY)
    assert await box.keys(f"{GRAB} jusqu'à demain 9h") == ["vote.opened"]


async def test_what_decides_nothing_may_be_asked_for_an_hour(box):
    assert await box.keys("bob> !choix Midi ? : soupe | salade jusqu'à aujourd'hui 10h") == [
        "vote.opened"
    ]


async def test_money_decided_within_the_hour_needs_as_many_answers_as_an_early_closing(box):
    await box.play(MONEY, "alice> !vote Un voyage budget 1000 € jusqu'à aujourd'hui 10h")
    await box.play("alice + 👍 V1")
    told = await box.closed("V1")
    assert (told["outcome"], told["needed"]) == ("no-quorum", 3)
    assert not recounted(box.file("V1"))["adopted"]
    assert await available(box) == (100_000, 0)


async def test_two_votes_on_the_same_money_do_not_both_hold_it(box):
    await box.play(MONEY, GRAB, "carole> !vote Un four budget 1000 €")
    await box.play(*agree("V1", *EVERYBODY), *agree("V2", *EVERYBODY))
    first = await box.last("bob> !clore V1")
    second = await box.last("carole> !clore V2")
    assert [one.values["outcome"] for one in (first, second)] == ["adopted", "adopted"]
    assert [one.values["unfunded"] for one in (first, second)] == [False, True]
    assert "V2 : adopté, sans budget" in plain(second.text)
    assert await available(box) == (0, 100_000)


async def test_what_was_adopted_without_budget_stays_so_when_money_comes(box):
    await box.play(MONEY, GRAB, "carole> !vote Un four budget 1000 €")
    await box.play(*agree("V1", *EVERYBODY), *agree("V2", *EVERYBODY))
    await box.play("bob> !clore V1", "carole> !clore V2", "alice> !doter 5000 €")
    told = await box.last("bob> !résultat V2")
    assert (told.values["unfunded"], told.values["available"]["cents"]) == (True, 0)
    assert await available(box) == (500_000, 100_000)
    assert await box.keys("alice> !libérer V2") == ["vote.nothing-held"]


async def test_that_it_has_no_budget_is_told_wherever_its_end_is(box):
    await box.play(MONEY, GRAB, *agree("V1", *EVERYBODY), "bob> !vote Autre ?")
    await box.play("alice> !corriger E1 500 €", "bob> !clore V1", "bob> !annuler V2")
    for where in ("!votes", "!bilan"):
        assert "adopté, sans budget" in (await box.last(f"alice> {where}")).text
    [file] = await attached(box.scene, "alice> !export csv")
    table = archived(file)["votes.csv"].decode()
    assert ("adopté, sans budget" in table, "annulé" in table) == (True, True)


async def test_money_spent_while_the_vote_was_open_is_not_held_twice(box):
    await box.play(MONEY, GRAB, *agree("V1", *EVERYBODY))
    await box.play("alice> !corriger E1 999,99 €", "bob> !clore V1")
    assert await available(box) == (99_999, 0)


async def shared(box, *before):
    """A sum shared among an action, another one and a text, the last one not funded."""
    await box.play(
        *before,
        "alice> !action Café budget 500 €",
        "alice> !action Jardin budget 300 €",
        "bob> !partage 900 : A1 | A2 | Fresque 800 € | Bancs 100 €",
    )
    await box.play(*(f"{who} (dm)> !bulletin V1 A1, A2, D" for who in EVERYBODY))
    return (await box.last("bob> !clore V1")).values


async def test_what_a_shared_sum_funds_is_held_back(box):
    told = await shared(box, MONEY)
    assert sorted(told["funded"]) == ["A1", "A2", "D"]
    assert told["available"]["cents"] == 10_000
    assert await available(box) == (10_000, 90_000)


async def test_what_is_decided_on_an_action_that_was_funded_is_counted_once(box):
    await shared(box, MONEY)
    await box.play(
        "bob> !contribution 2h plans 200 € #A1",
        "alice> !régulation aujourd'hui 18h",
        "alice> !séance ouvrir M1",
        "alice> !décision C1 200 €",
    )
    assert await available(box) == (10_000, 70_000)


async def test_a_funded_action_that_is_done_lets_go_of_its_share_only(box):
    await shared(box, MONEY)
    await box.play("alice> !fait A1")
    assert await available(box) == (60_000, 40_000)


async def test_a_shared_sum_is_released_whole(box):
    await shared(box, MONEY)
    told = await box.last("bob> !libérer V1")
    assert (told.key, told.values["amount"]["cents"]) == ("vote.released", 90_000)


async def test_a_shared_sum_that_is_not_there_holds_nothing(box):
    told = await shared(box, "alice> !doter 899 €")
    assert (told["outcome"], told["unfunded"]) == ("decided", True)
    assert await available(box) == (89_900, 0)


async def test_a_vote_is_open_for_three_months_at_most(box):
    before = await box.written()
    told = await box.last("bob> !vote Repeindre ? jusqu'au 1er janvier 2030")
    assert (told.key, told.values["latest"]) == ("vote.too-long", "2027-02-23T23:59:59+01:00")
    assert await box.written() == before
    assert await box.keys("bob> !vote Repeindre ? jusqu'au 24 février 2027") == ["vote.too-long"]
    assert await box.keys("bob> !vote Repeindre ? jusqu'au 23 février 2027") == ["vote.opened"]
    assert await box.keys("bob> !prolonger V1 24 février 2027") == ["vote.too-long"]


async def test_three_months_from_the_end_of_november_end_with_february():
    async with scene() as made:
        box = BallotBox(made)
        await box.play("@ 2026-11-30T10:00", "alice> !cercle créer Littoral")
        told = await box.last("alice> !vote Repeindre ? jusqu'au 1er mars 2027")
        assert told.values["latest"] == "2027-02-28T23:59:59+01:00"
