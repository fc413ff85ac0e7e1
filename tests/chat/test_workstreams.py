"""Workstreams are listed with who carries them, their actions and what was decided on them."""

from tests.chat.scene import scene

LIFE = (
    "alice> !cercle créer Littoral",
    "alice> !chantier Accueil soucieux @alice enveloppe 300 €",
    "alice> !chantier Fête",
    "bob> !action Peindre chantier Accueil",
    "bob> !action Ranger chantier Accueil",
    "bob> !prendre A2",
    "bob> !fait A2",
    "bob> !frais 45,50 € peinture #A1",
    "alice> !régulation demain 18h",
    "alice> !séance ouvrir",
    "alice> !décision C1 demandé",
)


async def test_workstreams_are_listed_with_their_figures():
    async with scene(*LIFE) as made:
        [told] = await made.play("alice> !chantiers")
    welcome, party = told.values["items"]
    assert (welcome["name"], welcome["steward"]) == ("Accueil", "@alice:localhost")
    assert (welcome["ongoing"], welcome["done"], welcome["regulated"]["cents"]) == (1, 1, 4550)
    assert (party["ongoing"], party["done"], party["regulated"]["cents"]) == (0, 0, 0)


async def test_a_circle_without_workstream_is_told_how_to_add_one():
    async with scene("alice> !cercle créer Littoral") as made:
        [told] = await made.play("alice> !chantiers")
    assert told.values["items"] == []
    assert "!chantier Accueil" in told.text
