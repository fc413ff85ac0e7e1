"""A session survives a restart in its middle: all of it is in the store."""

from pathlib import Path

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, PLANNED, cents, last
from tests.chat.scene import scene

BEFORE = (
    *FOUNDED,
    PLANNED,
    ONE,
    "carole> !contribution 1h accueil 50 €",
    "dany> !contribution 1h ménage bénévole",
    "bob> !odj + Parler du local",
    "bob> !présent M1",
    "@ 2026-11-23T18:05",
    OPEN,
    "alice> !décision C1 60 €",
)
AFTER = ("@ 2026-11-23T18:30", "alice> !séance")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'souci.db'}"


async def test_a_bot_that_starts_again_goes_on_where_it_was(url):
    async with scene(*BEFORE, url=url):
        pass
    async with scene(url=url) as again:
        told = await last(again, *AFTER)
    assert (told["id"], told["item"]["id"], told["left"]) == ("M1", "C2", 1)
    assert (told["present"], [p["text"] for p in told["points"]]) == (
        ["@bob:localhost"],
        ["Parler du local"],
    )


async def test_the_minutes_are_those_of_the_whole_session(url):
    async with scene(*BEFORE, url=url):
        pass
    async with scene(url=url) as again:
        await again.play(*AFTER, "alice> !décision C2 50 €")
        told = await last(again, CLOSE)
    decided = [(one["id"], cents(one["amount"])) for one in told["decisions"]]
    assert decided == [("C1", 6000), ("C2", 5000), ("C3", None)]
