"""What a coordinator who is not of a circle reads of it: totals, of several people, by months."""

import pytest

from tests.chat.accounts import FOUNDED, OPEN
from tests.chat.scene import scene

OUTSIDE = ("[coordination] dany", "dany (dm)")
LIFE = (
    *FOUNDED,
    "bob> !contribution 2h affiches 80 €",
    "carole> !contribution 1h tri 20 €",
    "alice> !estimation C1",
    "[coordination] dany> bonjour",
)
FIVE = tuple(f"p{n}> !contribution 1h accueil 10 €" for n in range(5))


@pytest.mark.parametrize("where", OUTSIDE)
async def test_no_estimate_of_one_person_s_item_is_told(where):
    async with scene(*LIFE, "alice> !vote Repeindre ?", coordinators=["dany"]) as made:
        assert await made.keys(f"{where}> !résultat V1 dans Littoral") == ["refused.not-member"]
        [told] = await made.play(f"{where}> !votes dans Littoral")
        assert [one["id"] for one in told.values["items"]] == ["V2"]
        assert len((await made.play("bob> !votes"))[0].values["items"]) == 2


@pytest.mark.parametrize("where", OUTSIDE)
async def test_no_week_of_a_circle_is_told(where):
    async with scene(*LIFE, coordinators=["dany"]) as made:
        assert await made.keys(f"{where}> !bilan dans Littoral") == ["refused.not-member"]


@pytest.mark.parametrize("where", OUTSIDE)
@pytest.mark.parametrize("what", ["!flux", "!export csv"])
@pytest.mark.parametrize("days", ["23 novembre", "depuis le 20 novembre", "du 1er au 22 novembre"])
@pytest.mark.parametrize("circle", ["", " dans Littoral"])
async def test_no_total_is_told_of_less_than_whole_months(where, what, days, circle):
    async with scene(*LIFE, *FIVE, coordinators=["dany"]) as made:
        assert await made.keys(f"{where}> {what} {days}{circle}") == ["outside.months"]


async def test_hours_of_circles_are_told_by_whole_months_too():
    async with scene(*LIFE, coordinators=["dany"]) as made:
        told = await made.keys(
            "[coordination] dany> !état heures 23 novembre",
            "[coordination] dany> !état heures novembre",
        )
    assert told == ["outside.months", "status.circles"]


async def test_a_month_of_a_few_people_is_not_told_that_of_five_is():
    async with scene(*LIFE, coordinators=["dany"]) as made:
        line = "[coordination] dany> !flux novembre 2026 dans Littoral"
        assert await made.keys(line) == ["outside.few"]
        await made.play(*FIVE)
        assert await made.keys(line) == ["flows"]


async def test_inside_everything_is_told():
    async with scene(*LIFE, OPEN, "alice> !décision C1 80 €", coordinators=["dany"]) as made:
        told = await made.keys("bob> !flux 23 novembre", "bob> !bilan", "bob> !résultat V1")
    assert told == ["flows", "summary.week", "vote.result"]
