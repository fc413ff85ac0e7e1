"""What changes money, rights or settings is told in the circle's room, wherever it was typed."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, ONE, OPEN, cents
from tests.chat.scene import scene

COORDINATED = ("[coordination] carole> bonjour",)
DIRECT = [
    ("alice", "!doter 500 € de la MEL", "budget.granted"),
    ("alice", "!réglage quorum 1/2", "setting.set"),
    ("alice", "!rôle @bob soucieux", "role.set"),
    ("alice", "!chantier Accueil enveloppe 100 €", "workstream.added"),
    ("alice", "!cercle état en sommeil", "circle.state"),
    ("alice", "!cercle lieu La Halle", "circle.places"),
    ("alice", "!cercle alias Côte", "circle.aliases"),
    ("alice", "!structure La Halle", "structure.added"),
    ("alice", "!corriger C1 60 €", "entry.corrected"),
    ("alice", "!corriger E1 900 €", "entry.corrected"),
    ("alice", "!annuler C1", "entry.cancelled"),
    ("bob", "!contribution 1h accueil 20 €", "contribution.declared"),
    ("bob", "!frais 20 € peinture", "expense.declared"),
    ("alice", "!question C1 Si cher ?", "entry.questioned"),
    ("bob", "!prendre A1", "action.taken"),
    ("bob", "!abandon A1 plus de salle", "action.dropped"),
]


@pytest.mark.parametrize(("who", "line", "key"), DIRECT)
async def test_what_is_changed_by_direct_message_is_told_in_the_room(who, line, key):
    async with scene(*FOUNDED, "bob> !action Fête", ONE) as made:
        direct, told = await made.play(f"{who} (dm)> {line}")
    assert (direct.key, direct.room) == (key, None)
    assert (told.key, told.room) == (key, "circle")
    assert told.values["by"] == f"@{who}:localhost"
    assert told.text.startswith(f"🌼 {who}, par message direct")


async def test_an_invoice_written_by_direct_message_is_told_in_the_room():
    async with scene(*FOUNDED, ONE, OPEN, "alice> !décision C1 60 €", CLOSE) as made:
        heard = await made.play("alice (dm)> !facture C1 F-1")
    assert [(one.key, one.room) for one in heard] == [
        ("entry.invoiced", None),
        ("entry.invoiced", "circle"),
    ]


async def test_what_the_coordination_changes_from_its_room_is_told_in_the_circle_s():
    async with scene(*FOUNDED, *COORDINATED, coordinators=["carole"]) as made:
        heard = await made.play("[coordination] carole> !réglage quorum 1/2 dans Littoral")
    assert [one.room for one in heard] == ["coordination", "circle"]
    assert "depuis le salon de la coordination" in heard[1].text


async def test_what_is_typed_in_the_room_is_told_once():
    async with scene(*FOUNDED) as made:
        assert await made.keys("alice> !doter 500 € de la MEL") == ["budget.granted"]


async def test_what_is_only_read_or_refused_elsewhere_is_not_told():
    async with scene(*FOUNDED, ONE) as made:
        for line in ("!réglage", "!budget", "!structure", "!corriger C1 80 €", "!rôle @bob reine"):
            heard = await made.play(f"alice (dm)> {line}")
            assert [one.room for one in heard] == [None], line


async def test_ones_own_language_is_nobody_else_s_business():
    async with scene(*FOUNDED) as made:
        assert await made.keys("alice (dm)> !langue en") == ["language.set"]


async def test_the_room_reads_what_was_there_before():
    async with scene(*FOUNDED, ONE) as made:
        setting = (await made.play("alice (dm)> !réglage quorum 1/2"))[1]
        role = (await made.play("alice (dm)> !rôle @bob soucieux"))[1]
        amount = (await made.play("alice (dm)> !corriger C1 60 €"))[1]
        who = (await made.play("alice (dm)> !corriger C1 pour carole"))[1]
    assert "avant : aucun" in setting.text.replace("\u00a0", " ")
    assert (role.values["was"], cents(amount.values["was"])) == ("contributor", 8000)
    assert who.values["before"]["member"] == "@bob:localhost"
    assert "bob" in who.text


async def test_a_declaration_corrected_or_taken_back_by_direct_message_is_told():
    async with scene(*FOUNDED, "bob joins") as made:
        await made.play("bob (dm)> !contribution 1h accueil 50 €")
        told = (await made.play("bob (dm) edit -1> !contribution 1h accueil 900 €"))[1]
        assert (told.room, cents(told.values["was"])) == ("circle", 5000)
        assert "au lieu de 50" in told.text
        gone = await made.play("bob (dm) delete -1")
    assert [(one.key, one.room) for one in gone][-1] == ("entry.cancelled", "circle")


@pytest.mark.parametrize(
    "line",
    ["!séance ouvrir", "!séance", "!décision C1 60 €", "!payé C1", "!clore V1", "!libérer V1"],
)
async def test_what_nobody_does_unheard_is_refused_elsewhere_naming_the_room(line):
    async with scene(*FOUNDED, ONE) as made:
        [told] = await made.play(f"alice (dm)> {line}")
    assert (told.key, told.room) == ("refused.in-the-room", None)
    assert "Littoral" in told.text
