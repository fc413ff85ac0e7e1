"""What people mean is what is kept: a bank of lines judged by hand (tests/cases/meant.tsv)."""

from pathlib import Path

import pytest

from tests.chat.scene import scene

BORN = (
    "alice> !cercle créer Littoral territorial",
    "bob joins",
    "carole joins",
    "alice> !doter 1000 € du FEDER",
    "bob> !action Portes ouvertes avant le 12 décembre budget 400 €",
    "bob> !action Atelier vélo",
    "alice> !réunion Café samedi 28 novembre de 14h à 15h",
    "alice> !vote Repeindre la salle ?",
    "bob> !contribution 1h essai 10 €",
)
BANK = Path(__file__).parents[1] / "cases" / "meant.tsv"
LINES = [
    line.split("\t")
    for line in BANK.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
ASKED = [(who, text) for who, text, kept in LINES if kept == "?"]
KEPT = [(who, text, kept) for who, text, kept in LINES if kept != "?"]
EFFECTS = {kept.partition(" ; ")[0] for _, _, kept in KEPT}


def plain(value):
    return str(value["cents"] if isinstance(value, dict) and "cents" in value else value)


async def heard(who, text):
    async with scene(*BORN) as life:
        return await life.play(f"{who}> {text}".replace("⏎", "\n  "))


@pytest.mark.parametrize(("who", "text", "kept"), KEPT)
async def test_what_is_kept_is_what_was_meant(who, text, kept):
    key, *fields = kept.split(" ; ")
    said = next(one for one in await heard(who, text) if one.key == key)
    wanted = dict(field.split("=", 1) for field in fields)
    assert {name: plain(said.values[name]) for name in wanted} == wanted


@pytest.mark.parametrize(("who", "text"), ASKED)
async def test_what_may_be_read_two_ways_is_asked_and_nothing_is_kept(who, text):
    [said] = await heard(who, text)
    assert said.key not in EFFECTS
