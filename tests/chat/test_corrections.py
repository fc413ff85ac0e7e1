"""Corrections: new entries that name those they correct; figures follow."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, cents, figures, last, refused
from tests.chat.scene import scene

DECIDED = (ONE, OPEN, "alice> !décision C1 60 €", CLOSE)
PAID = ("alice> !facture C1 F-1", "alice> !payé C1")


async def journal(made):
    return (await last(made, "alice> !journal"))["items"]


# What waits


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("60 €", {"asked": 6000}),
        ("60", {"asked": 6000}),
        ("3h", {"minutes": 180}),
        ("affiches et flyers", {"what": "affiches et flyers"}),
        ("3h flyers 40 €", {"minutes": 180, "what": "flyers", "asked": 4000}),
        ("bénévole", {"asked": None, "pro_bono": True}),
        ("flyers le 20 novembre", {"what": "flyers", "day": "2026-11-20"}),
        ("#A1", {"action": "A1"}),
        ("pour carole", {"member": "@carole:localhost"}),
    ],
)
async def test_what_waits_is_told_anew_where_it_was_wrong(said, changed):
    async with scene(*FOUNDED, "carole joins", "alice> !action Fête", ONE) as made:
        [before] = (await last(made, "alice> !contributions"))["items"]
        assert await made.keys(f"alice> !corriger C1 {said}") == ["entry.corrected"]
        [after] = (await last(made, "alice> !contributions"))["items"]
    changed = {
        k: v if k != "asked" or v is None else {"cents": v, "currency": "EUR"}
        for k, v in changed.items()
    }
    assert after == before | changed


async def test_both_versions_stay_in_the_ledger():
    async with scene(*FOUNDED, ONE, "alice> !corriger C1 60 €") as made:
        corrected, declared, _ = await journal(made)
    assert (corrected["kind"], cents(corrected["amount"])) == ("corrected", 6000)
    assert (declared["kind"], cents(declared["amount"])) == ("declared", 8000)


async def test_a_corrected_item_keeps_its_question():
    async with scene(*FOUNDED, ONE, "carole> !question C1 Si cher ?") as made:
        assert (await last(made, "alice> !corriger C1 60 €"))["state"] == "questioned"


# What was decided


async def test_a_decided_amount_that_was_wrong_is_corrected_and_figures_follow():
    async with scene(*FOUNDED, *DECIDED, *PAID) as made:
        told = await last(made, "alice> !corriger C1 70 €")
        assert (cents(told["was"]), cents(told["amount"])) == (6000, 7000)
        assert await figures(made) == {
            "granted": 100000,
            "committed": 0,
            "asked": 0,
            "regulated": 7000,
            "invoiced": 7000,
            "paid": 7000,
            "available": 93000,
        }


@pytest.mark.parametrize(
    ("said", "state", "asked"),
    [("refus", "refused", 0), ("bénévole", "pro-bono", 0), ("report", "postponed", 8000)],
)
async def test_a_decision_on_the_wrong_line_is_taken_back(said, state, asked):
    async with scene(*FOUNDED, *DECIDED) as made:
        assert (await last(made, f"alice> !corriger C1 {said} mauvaise ligne"))["state"] == state
        now = await figures(made)
    assert (now["regulated"], now["asked"], now["available"]) == (0, asked, 100000)


async def test_what_was_put_off_by_a_correction_is_decided_again():
    async with scene(*FOUNDED, *DECIDED, "alice> !corriger C1 report", OPEN) as made:
        assert await made.keys("alice> !décision C1 50 €") == ["regulation.decided"]
        assert (await figures(made))["regulated"] == 5000


async def test_a_refusal_that_was_wrong_becomes_an_amount():
    lines = (ONE, OPEN, "alice> !décision C1 refus", CLOSE)
    async with scene(*FOUNDED, *lines, "alice> !corriger C1 80 €") as made:
        assert (await figures(made))["regulated"] == 8000


async def test_a_payment_written_on_the_wrong_line_is_taken_back():
    async with scene(*FOUNDED, *DECIDED, *PAID) as made:
        assert (await last(made, "alice> !corriger C1 impayé"))["state"] == "invoiced"
        assert (await figures(made))["paid"] == 0
        assert await made.keys("alice> !payé C1") == ["entry.paid"]


async def test_the_number_of_an_invoice_is_corrected():
    async with scene(*FOUNDED, *DECIDED, *PAID) as made:
        assert (await last(made, "alice> !corriger C1 facture F-2"))["number"] == "F-2"
        assert (await figures(made))["invoiced"] == 6000


async def test_an_invoice_is_taken_back():
    async with scene(*FOUNDED, *DECIDED, PAID[0]) as made:
        assert (await last(made, "alice> !corriger C1 sans facture"))["state"] == "regulated"
        assert (await figures(made))["invoiced"] == 0


async def test_what_was_told_of_a_decided_item_is_corrected_without_its_amount():
    async with scene(*FOUNDED, *DECIDED) as made:
        told = await last(made, "alice> !corriger C1 3h affiches et flyers")
    assert (told["minutes"], told["what"], cents(told["amount"])) == (
        180,
        "affiches et flyers",
        6000,
    )


async def test_a_correction_in_session_is_in_its_minutes():
    async with scene(*FOUNDED, ONE, OPEN, "alice> !décision C1 60 €") as made:
        await made.play("alice> !corriger C1 70 € relu ensemble")
        [decision] = (await last(made, CLOSE))["decisions"]
    assert (cents(decision["amount"]), decision["reason"]) == (7000, "relu ensemble")


# Envelopes


async def test_an_envelope_is_corrected_and_keeps_where_it_comes_from():
    async with scene(*FOUNDED, "alice> !corriger E1 800 €") as made:
        [envelope] = (await last(made, "alice> !budget par financeur"))["items"]
        assert (envelope["name"], cents(envelope["granted"])) == ("la MEL", 80000)


async def test_an_envelope_is_not_cut_below_what_it_holds():
    async with scene(*FOUNDED, *DECIDED) as made:
        told = await refused(made, "alice> !corriger E1 59,99 €")
        assert (told.key, cents(told.values["least"])) == ("envelope.holds", 6000)
        assert await made.keys("alice> !corriger E1 60 €") == ["entry.corrected"]


async def test_an_envelope_is_taken_back():
    async with scene(*FOUNDED, "alice> !corriger E1 0 €") as made:
        assert (await figures(made))["granted"] == 0


@pytest.mark.parametrize("said", ["800 €", "800"])
async def test_a_reply_to_the_envelope_corrects_it(said):
    async with scene(*FOUNDED) as made:
        told = await last(made, f"alice re E1> !corriger {said}")
    assert (told["id"], cents(told["amount"])) == ("E1", 80000)


# Refused


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("bob> !corriger C1 60 €", "refused.not-allowed"),
        ("alice> !corriger", "id.missing"),
        ("alice> !corriger C9 60 €", "id.unknown"),
        ("alice> !corriger A1 60 €", "id.wrong-kind"),
        ("alice> !corriger C1", "entry.unchanged"),
        ("alice> !corriger C1 60 €", "entry.unchanged"),
        ("alice> !corriger C1 1.200", "money.ambiguous"),
        ("alice> !corriger C1 -5 €", "money.negative"),
        ("alice> !corriger C1 80 $", "money.currency"),
        ("alice> !corriger C1 0", "regulation.zero"),
        ("alice> !corriger E1 1000 € période 2025", "envelope.amount-only"),
        ("alice> !corriger C1 1000,01 €", "regulation.over-budget"),
        ("alice> !corriger C1 impayé", "entry.nothing-to-undo"),
        ("alice> !corriger C1 sans facture", "entry.nothing-to-undo"),
        ("alice> !corriger C1 facture F-2", "entry.nothing-to-undo"),
        ("alice> !corriger C1 #A1", "entry.stays-linked"),
        ("alice> !corriger C2 refus", "entry.not-regulated"),
        ("alice> !corriger C2 60 € bénévole", "contribution.both"),
        ("alice> !corriger C2 #A9", "id.unknown"),
        ("alice> !corriger C3 60 €", "entry.already-cancelled"),
        ("alice> !corriger E1", "envelope.amount-only"),
        ("alice> !corriger E1 1000 €", "entry.unchanged"),
        ("alice> !corriger E9 60 €", "id.unknown"),
        ("alice> !annuler E1", "cancel.envelope"),
    ],
)
async def test_a_correction_is_refused_in_one_answer_and_nothing_changes(line, key):
    more = ("bob> !frais 12 € pain", "bob> !frais 9 € sel", "bob> !annuler C3")
    async with scene(*FOUNDED, "alice> !action Fête", *DECIDED, *more) as made:
        assert (await refused(made, line)).key == key


async def test_a_paid_item_is_not_refused_afterwards():
    async with scene(*FOUNDED, *DECIDED, *PAID) as made:
        assert (await refused(made, "alice> !corriger C1 refus")).key == "entry.already-settled"
