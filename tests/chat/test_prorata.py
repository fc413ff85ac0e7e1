"""Claims beyond what is available: a proposal with the lines to type, never imposed."""

from tests.chat.accounts import FOUNDED, OPEN, cents, figures, last, written
from tests.chat.scene import scene

CLAIMS = (
    "alice> !cercle créer Littoral",
    "alice> !doter 10 k€ de la MEL",
    "bob> !contribution 9h four 5000 €",
    "carole> !contribution 9h bar 4000 €",
    "dany> !contribution 9h cour 3500 €",
    "alice> !contribution 9h toit 2500 €",
)


async def test_the_worked_case_of_the_field_is_proposed():
    async with scene(*CLAIMS) as made:
        told = await last(made, "alice> !prorata")
    assert [one["line"] for one in told["items"]] == [
        "3333,33 €",
        "2666,67 €",
        "2333,33 €",
        "1666,67 €",
    ]
    assert (cents(told["given"]), told["exceeds"]) == (1000000, True)


async def test_a_proposal_changes_nothing():
    async with scene(*CLAIMS) as made:
        before = await written(made)
        await made.play("alice> !prorata")
        assert await written(made) == before


async def test_the_lines_it_gives_can_be_typed():
    async with scene(*CLAIMS, OPEN, "bob> !présent") as made:
        items = (await last(made, "alice> !prorata"))["items"]
        lines = [f"alice> !décision {one['id']} {one['line']}" for one in items]
        assert await made.keys(*lines) == ["regulation.decided"] * 4
        assert (await figures(made))["available"] == 0


async def test_what_was_decided_in_between_is_no_more_in_the_proposal():
    async with scene(
        *CLAIMS, OPEN, "alice> !décision C1 5000 €", "alice> !décision C2 report"
    ) as made:
        told = await last(made, "alice> !prorata")
    assert [(one["id"], cents(one["given"])) for one in told["items"]] == [
        ("C3", 291667),
        ("C4", 208333),
    ]


async def test_the_cap_of_each_person_is_kept():
    cap = "alice> !réglage plafond 3000 €"
    async with scene(*CLAIMS, cap) as made:
        told = await last(made, "alice> !prorata")
    assert max(cents(one["given"]) for one in told["items"]) <= 300000
    assert (cents(told["cap"]), cents(told["given"])) == (300000, 1000000)


async def test_what_passes_the_cap_is_accepted_and_told():
    cap = "alice> !réglage plafond 3000 €"
    async with scene(*CLAIMS, cap, OPEN) as made:
        assert cents((await last(made, "alice> !décision C1 3500 €"))["cap"]) == 300000
        assert (await last(made, "alice> !décision C2 100 €"))["cap"] is None


async def test_when_everything_fits_it_says_so():
    async with scene(*FOUNDED, "bob> !contribution 1h pain 20 €") as made:
        assert (await last(made, "alice> !prorata"))["exceeds"] is False


async def test_without_a_claim_there_is_nothing_to_share():
    async with scene(*FOUNDED, "bob> !contribution 1h pain bénévole") as made:
        assert (await last(made, "alice> !prorata"))["items"] == []


async def test_an_overrun_is_told_as_the_session_opens():
    async with scene(*CLAIMS) as made:
        assert (await last(made, OPEN))["exceeds"] is True
