"""`!flux`: in words, as a picture, of one circle or of all; no person in it."""

import pytest

from tests.chat.accounts import CLOSE, CONFIRMED, FOUNDED, OPEN, last
from tests.chat.attached import archived, attached
from tests.chat.scene import scene

LIFE = (
    *FOUNDED,
    "alice> !chantier Accueil",
    "alice> !action Portes ouvertes chantier Accueil",
    "bob> !contribution 2h affiches #A1 80 €",
    "carole> !frais 30,99 € pain",
    "bob> !contribution 3h rangement bénévole",
    OPEN,
    "alice> !décision C1 60 €",
    "alice> !décision C2 30,99 €",
    CLOSE,
)


async def test_flows_are_told_to_any_member():
    async with scene(*LIFE) as made:
        told = await last(made, "bob> !flux")
    money = ("granted", "retribution", "expenses", "volunteered", "available")
    assert [told[name]["cents"] for name in money] == [100000, 6000, 3099, 3600, 90901]
    assert told["items"] == [{"name": "la MEL", "amount": {"cents": 100000, "currency": "EUR"}}]


async def test_flows_come_with_a_picture_for_a_phone():
    async with scene(*LIFE) as made:
        [file] = await attached(made, "bob> !flux")
    assert (file.mimetype, file.width) == ("image/png", 720)


async def test_before_anything_flows_there_is_no_picture():
    async with scene("alice> !cercle créer Oise") as made:
        assert await attached(made, "alice> !flux") == []


async def test_flows_of_a_later_period_begin_with_what_was_left():
    async with scene(*LIFE, "@ 2027-02-01T09:00") as made:
        told = await last(made, "bob> !flux 2027")
    assert (told["before"]["cents"], told["granted"]["cents"]) == (90901, 0)


async def test_what_no_envelope_holds_is_missing_until_one_does():
    founded = ("alice> !cercle créer Littoral", "alice> !doter 1000 € de la MEL période 2027")
    async with scene(*founded, *LIFE[2:]) as made:
        told = await last(made, "bob> !flux")
        assert (told["missing"]["cents"], told["available"]["cents"]) == (9099, 100000)
        await made.play("alice> !doter 200 € de la Région période 2026")
        told = await last(made, "bob> !flux")
        assert (told["missing"]["cents"], told["available"]["cents"]) == (0, 110901)


@pytest.mark.parametrize("who", ["alice> ", "[coordination] dany> "])
async def test_no_file_of_flows_names_anybody(who):
    async with scene(*LIFE, CONFIRMED, coordinators=["dany"]) as made:
        [file] = await attached(made, f"{who}!export flux")
    files = archived(file)
    assert set(files) == {"flux.png", "flux.svg", "flux.html", "flux.csv"}
    assert not [name for name, body in files.items() if b"bob" in body or b"affiches" in body]


async def test_the_table_of_flows_is_what_other_programs_read():
    async with scene(*LIFE) as made:
        [file] = await attached(made, "alice> !export flux")
    lines = archived(file)["flux.csv"].decode().splitlines()
    assert lines[0] == "source,target,value"
    assert "Littoral,Accueil,60.00" in lines
    assert "Accueil,Rétribution,60.00" in lines


async def test_actions_without_workstream_are_together_outside_of_the_circle():
    lines = ("alice> !action Café", "bob> !contribution 1h café #A2 20 €", OPEN)
    async with scene(*LIFE, *lines, "alice> !décision C4 20 €", coordinators=["dany"]) as made:
        inside = await attached(made, "alice> !export flux")
        outside = await attached(made, "[coordination] dany> !export flux")
    assert b"Caf" in archived(inside[0])["flux.csv"]
    assert b"Caf" not in archived(outside[0])["flux.csv"]
