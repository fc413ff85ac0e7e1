"""What a session and its decisions refuse: one clear answer, and nothing changed."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, PLANNED, cents, figures, last, refused
from tests.chat.scene import scene

DECIDED = "alice> !décision C1 60 €"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("alice> !décision C1 1.200", "money.ambiguous"),
        ("alice> !décision C1 -5 €", "money.negative"),
        ("alice> !décision C1 80 $", "money.currency"),
        ("alice> !décision C1 80 CHF", "money.currency"),
        ("alice> !décision C1 beaucoup", "money.not-understood"),
        ("alice> !décision C1", "money.missing"),
        ("alice> !décision", "id.missing"),
        ("alice> !décision A1 80 €", "id.wrong-kind"),
        ("alice> !décision C9 80 €", "id.unknown"),
        ("alice> !décision C1 0", "regulation.zero"),
        ("alice> !décision C1 1000,01 €", "regulation.over-budget"),
        ("alice> !décision C1 médiane", "regulation.no-median"),
        ("alice> !décision C2 demandé", "regulation.nothing-asked"),
        ("bob> !décision C1 80 €", "refused.not-allowed"),
        ("bob> !séance clore", "refused.not-allowed"),
        ("bob> !prorata", "refused.not-allowed"),
        ("alice> !séance ouvrir", "session.already-open"),
        ("alice> !séance clore M7", "session.other"),
        ("alice> !séance danser", "choice.unknown"),
        ("alice> !facture C1 F-1", "entry.not-regulated"),
        ("alice> !payé C1", "entry.not-regulated"),
        ("alice> !cr M7", "id.unknown"),
        ("alice> !odj M7", "id.unknown"),
        ("alice> !odj M1 le local", "line.extra"),
    ],
)
async def test_in_session_one_answer_and_nothing_changed(line, key):
    nothing_asked = "carole> !contribution 1h accueil"
    async with scene(*FOUNDED, PLANNED, ONE, nothing_asked, OPEN) as made:
        assert (await refused(made, line)).key == key


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (DECIDED, "session.none"),
        (CLOSE, "session.none"),
        ("alice> !séance", "session.none"),
        ("alice> !séance ouvrir M7", "id.unknown"),
        ("alice> !cr", "session.never"),
        ("alice> !cr M1", "meeting.not-begun"),
    ],
)
async def test_without_a_session_one_answer_and_nothing_changed(line, key):
    async with scene(*FOUNDED, "alice> !régulation mardi 8 décembre à 18h", ONE) as made:
        assert (await refused(made, line)).key == key


@pytest.mark.parametrize("again", ["80 €", "60 €", "refus", "report"])
async def test_nothing_is_decided_twice(again):
    async with scene(*FOUNDED, ONE, OPEN, DECIDED) as made:
        told = await refused(made, f"alice> !décision C1 {again}")
    assert (told.key, cents(told.values["amount"])) == ("regulation.already-decided", 6000)


async def test_nothing_cancelled_is_decided():
    async with scene(*FOUNDED, ONE, OPEN, "bob> !annuler C1") as made:
        assert (await refused(made, DECIDED)).key == "entry.already-cancelled"


async def test_nothing_decided_is_cancelled_or_questioned():
    async with scene(*FOUNDED, "carole joins", ONE, OPEN, DECIDED) as made:
        assert (await refused(made, "bob> !annuler C1")).key == "refused.decided"
        assert (await refused(made, "carole> !question C1 Pourquoi ?")).key == "refused.decided"


async def test_a_decided_declaration_is_not_edited():
    async with scene(*FOUNDED, ONE, OPEN, DECIDED) as made:
        told = await refused(made, "bob edit -1> !contribution 3h affiches 90 €")
    assert told.key == "refused.decided"


async def test_a_decision_is_not_undone_by_deleting_its_message():
    async with scene(*FOUNDED, ONE, OPEN, DECIDED) as made:
        assert await made.keys("alice delete -1") == ["refused.deletion"]
        assert (await figures(made))["regulated"] == 6000


async def test_a_decision_beyond_what_is_available_is_refused_with_what_there_is():
    async with scene(*FOUNDED, ONE, OPEN, "alice> !décision C1 400 €") as made:
        await made.play("carole> !contribution 9h four 900 €")
        told = await refused(made, "alice> !décision C2 600,01 €")
        assert (told.key, cents(told.values["available"])) == ("regulation.over-budget", 60000)
        assert await made.keys("alice> !décision C2 600 €") == ["regulation.decided"]


async def test_a_claim_beyond_what_is_available_is_accepted_and_flagged():
    async with scene(*FOUNDED, ONE, OPEN, "alice> !décision C1 1000 €") as made:
        told = await last(made, "carole> !contribution 9h four 900 €")
    assert told["unfunded"] is True


async def test_what_a_vote_holds_back_can_be_decided_for_its_action():
    voted = (
        "alice> !action Four budget 400 €",
        "alice> !vote Un four budget 400 € #A1",
        "alice + 👍 V1",
        "bob + 👍 V1",
        "alice> !clore V1",
    )
    async with scene(*FOUNDED, "bob joins", *voted, OPEN) as made:
        await made.play("bob> !contribution 9h four 900 € #A1", "bob> !frais 900 € four")
        told = await refused(made, "alice> !décision C2 601 €")
        assert cents(told.values["room"]) == 60000
        assert await made.keys("alice> !décision C1 1000 €") == ["regulation.decided"]
        assert await figures(made) | {"asked": 0} == {
            "granted": 100000,
            "committed": 0,
            "asked": 0,
            "regulated": 100000,
            "invoiced": 0,
            "paid": 0,
            "available": 0,
        }


@pytest.mark.parametrize("line", ["alice> !facture C1 F-2", "alice> !payé C1"])
async def test_nothing_is_invoiced_or_paid_twice(line):
    settled = ("alice> !facture C1 F-1", "alice> !payé C1")
    async with scene(*FOUNDED, ONE, OPEN, DECIDED, *settled) as made:
        assert (await refused(made, line)).key == "entry.already-settled"


async def test_points_are_not_added_to_what_is_over():
    async with scene(*FOUNDED, PLANNED, OPEN, CLOSE) as made:
        assert (await refused(made, "alice> !odj M1 + le local")).key == "meeting.over"


async def test_a_cancelled_meeting_is_not_opened():
    async with scene(*FOUNDED, PLANNED, "alice> !annuler M1") as made:
        told = await refused(made, "alice> !séance ouvrir M1")
    assert told.key == "meeting.already-cancelled"
