"""Amounts: one looked for together, an envelope shared among several actions."""

import pytest

ITEM = "alice> !contribution 2h affiches 80 €"
ACTIONS = (
    "alice> !action Café budget 500 €",
    "alice> !action Jardin budget 400 €",
    "alice> !action Fresque",
)
SHARE = "alice> !partage 1200 : A1 | A2 | Fête 300 € | Livres 900 €"


async def test_an_estimate_asks_the_others_for_an_amount(box):
    told = (await box.last(ITEM, "bob> !estimation C1")).values
    assert (told["rule"], told["item"], told["electorate"]) == ("median", "C1", 3)
    assert told["asked"] == {"cents": 8000, "currency": "EUR"}


async def test_the_asker_proposes_where_the_circle_lets_them(box):
    await box.play("alice> !réglage demandeur-compte oui", ITEM)
    assert (await box.last("bob> !estimation C1")).values["electorate"] == 4


async def test_the_low_median_is_an_amount_that_somebody_proposed(box):
    await box.play(ITEM, "alice> !estimation C1")
    for who, amount in (("bob", "100 €"), ("carole", "300"), ("dany", "150,50 €")):
        await box.play(f"{who} (dm)> !bulletin V1 {amount}")
    told = await box.closed("V1")
    assert (told["outcome"], told["amount"]["cents"]) == ("decided", 15050)


async def test_an_estimate_writes_nothing_in_the_ledger(box):
    await box.play(ITEM, "alice> !estimation C1", "bob (dm)> !bulletin V1 100 €")
    before = (await box.last("alice> !journal")).values
    await box.closed("V1")
    assert (await box.last("alice> !journal")).values == before


async def test_proposing_no_amount_is_an_answer(box):
    await box.play(ITEM, "alice> !estimation C1", "bob (dm)> !bulletin V1 abstention")
    told = await box.closed("V1")
    assert (told["cast"], told["amount"], told["counts"]) == (1, None, [])


async def test_an_amount_is_looked_for_once(box):
    await box.play(ITEM, "alice> !estimation C1")
    assert await box.keys("bob> !estimation C1") == ["vote.already-open"]


async def test_nothing_is_estimated_once_cancelled(box):
    await box.play(ITEM, "alice> !annuler C1")
    assert await box.keys("bob> !estimation C1") == ["refused.decided"]


async def test_an_action_costs_its_budget_unless_said(box):
    told = (await box.last(*ACTIONS, "alice> !partage 1200 : A1 | A2 450 | Fête 300 €")).values
    costs = {one["id"]: one["cost"]["cents"] for one in told["options"]}
    assert costs == {"A1": 50000, "A2": 45000, "C": 30000}


async def test_sharing_more_than_is_left_is_told_not_refused(box):
    heard = await box.last("alice> !doter 1000 €", *ACTIONS, SHARE)
    assert (heard.key, heard.values["available"]["cents"]) == ("vote.opened", 100000)


async def test_who_finances_what_is_told(box):
    await box.play(*ACTIONS, SHARE)
    for who, said in (("alice", "A2, C"), ("bob", "A1, A2"), ("carole", "A1 C"), ("dany", "fête")):
        await box.play(f"{who} (dm)> !bulletin V1 {said}")
    heard = await box.last("alice> !clore V1")
    assert heard.values["funded"] == ["C", "A2", "A1"]
    assert "A1 Café (500\u00a0€)\u00a0: 2 personnes, 300\u00a0€ au plus chacune" in heard.text
    assert "Pas financé\u00a0: D Livres (900\u00a0€), 0 voix" in heard.text


async def test_a_minority_has_its_share_and_what_votes_alone_give_is_told_beside(box):
    await box.play("alice> !partage 800 : Atelier 400 € | Banc 400 € | Chorale 200 €")
    for who in ("alice", "bob", "carole"):
        await box.play(f"{who} (dm)> !bulletin V1 atelier, banc")
    heard = await box.last("dany (dm)> !bulletin V1 chorale", "alice> !clore V1")
    told = heard.values
    assert (told["funded"], told["greedy"]["funded"]) == (["A", "C"], ["A", "B"])
    assert "Au seul nombre de voix, on aurait financé\u00a0: A Atelier" in heard.text
    assert box.files() == ["shares.png", "V1.json"]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!estimation C9", "id.unknown"),
        ("!estimation A1", "id.wrong-kind"),
        ("!partage 0 : A1 | A2", "vote.nothing-to-share"),
        ("!partage 1.200 : A1 | A2", "money.ambiguous"),
        ("!partage -5 : A1 | A2", "money.negative"),
        ("!partage 12 $ : A1 | A2", "money.currency"),
        ("!partage 1200 : A1 | Fête", "list.cost-missing"),
        ("!partage 1200 : A1 | A3", "vote.cost-missing"),
        ("!partage 1200 : A1 | A9", "id.unknown"),
        ("!partage 1200 : A1 | A1 300", "list.twice"),
        ("!partage 1200 : Fête 300 € | Fête 200 €", "list.twice"),
    ],
)
async def test_an_amount_that_cannot_be_voted_on_is_refused(box, line, key):
    await box.play(*ACTIONS)
    before = await box.written()
    assert await box.keys(f"alice> {line}") == [key]
    assert await box.written() == before
