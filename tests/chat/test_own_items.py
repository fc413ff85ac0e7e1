"""One's own item: nobody decides, corrects, invoices or pays it alone."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, OPEN, cents, last, refused
from tests.chat.scene import scene

MINE = "alice> !contribution 2h affiches 80 €"
SEVERAL = (*FOUNDED, "bob joins", "carole joins", MINE)
THERE = "bob> !présent"
DECIDED = (OPEN, THERE, "alice> !décision C1 80 €", CLOSE)
SELF_SET = "alice> !réglage mode-régulation libre"


async def items(made):
    return (await last(made, "alice> !contributions"))["items"]


# Decided


async def test_it_is_not_decided_where_nobody_else_is_noted_present():
    async with scene(*SEVERAL, OPEN) as made:
        answer = await refused(made, "alice> !décision C1 80 €")
    assert (answer.key, answer.values["meeting"]) == ("own.nobody-there", "M1")


async def test_having_said_to_come_is_not_being_there():
    planned = "alice> !régulation lundi 23 novembre de 18h à 20h"
    async with scene(*SEVERAL, planned, "bob> !présent M1", "@ 2026-11-23T18:00", OPEN) as made:
        assert (await refused(made, "alice> !décision C1 80 €")).key == "own.nobody-there"
        await made.play("bob> !présent M1")
        assert await made.keys("alice> !décision C1 80 €") == ["regulation.decided"]


async def test_it_is_decided_once_somebody_else_is_noted_present():
    async with scene(*SEVERAL, OPEN, THERE) as made:
        told = await last(made, "alice> !décision C1 80 €")
    assert (told["alone"], told["by_asker"]) == (False, True)


async def test_ones_own_presence_is_not_somebody_else_s():
    async with scene(*SEVERAL, OPEN, "alice> !présent") as made:
        assert (await refused(made, "alice> !décision C1 80 €")).key == "own.nobody-there"


async def test_who_has_left_the_room_is_there_no_more():
    async with scene(*SEVERAL, OPEN, THERE, "bob leaves") as made:
        assert (await refused(made, "alice> !décision C1 80 €")).key == "own.nobody-there"


async def test_another_steward_decides_it_with_nobody_else():
    async with scene(*SEVERAL, "alice> !rôle @bob soucieux", OPEN) as made:
        assert await made.keys("bob> !décision C1 80 €") == ["regulation.decided"]


async def test_who_did_not_open_the_session_decides_it_before_who_did():
    async with scene(*SEVERAL, "alice> !rôle @bob soucieux", "bob> !séance ouvrir") as made:
        assert await made.keys("alice> !décision C1 80 €") == ["regulation.decided"]


# Corrected, invoiced, paid


@pytest.mark.parametrize("line", ["!facture C1 F-1", "!payé C1", "!corriger C1 900 €"])
async def test_it_is_corrected_invoiced_and_paid_by_somebody_else(line):
    async with scene(*SEVERAL, "alice> !rôle @bob soucieux", *DECIDED) as made:
        assert (await refused(made, f"alice> {line}")).key == "own.another"
        assert (await made.keys(f"bob> {line}"))[0].startswith("entry.")


async def test_it_may_be_settled_by_the_coordination_in_the_room():
    async with scene(*SEVERAL, *DECIDED, "dany joins", coordinators=["dany"]) as made:
        assert await made.keys("dany> !payé C1") == ["entry.paid"]


@pytest.mark.parametrize("line", ["!corriger C1 pour alice", "!corriger C1 pour bob"])
async def test_what_is_decided_is_given_to_nobody_by_whom_it_concerns(line):
    theirs = "carole> !contribution 2h affiches 80 €"
    whose = MINE if "bob" in line else theirs
    lines = (*FOUNDED, "bob joins", "carole joins", whose, *DECIDED)
    async with scene(*lines) as made:
        assert (await refused(made, f"alice> {line}")).key == "own.another"


async def test_what_waits_may_still_be_corrected_by_whom_it_is_of_in_the_room():
    async with scene(*SEVERAL) as made:
        assert await made.keys("alice> !corriger C1 60 €") == ["entry.corrected"]
        assert (await refused(made, "alice (dm)> !corriger C1 70 €")).key == "own.in-the-room"


async def test_an_invoice_of_ones_own_is_not_written_elsewhere_even_where_one_may_alone():
    async with scene(*FOUNDED, MINE, OPEN, "alice> !décision C1 80 €", CLOSE) as made:
        answer = await refused(made, "alice (dm)> !facture C1 F-1")
    assert answer.key == "own.in-the-room"


# Alone


async def test_a_circle_of_one_person_decides_and_it_is_marked():
    async with scene(*FOUNDED, MINE, OPEN) as made:
        told = (await made.play("alice> !décision C1 80 €"))[-1]
        assert (told.values["alone"], "seul·e" in told.text) == (True, True)
        closed = (await made.play(CLOSE))[-1]
        assert "C1 alice, « affiches » : 80 € (seul·e)" in closed.text.replace("\u00a0", " ")
        assert (await made.play("alice> !payé C1"))[-1].values["alone"] is True
        [paid, decided, *_] = (await last(made, "alice> !journal"))["items"]
    assert (paid["alone"], decided["alone"]) == (True, True)


async def test_a_circle_may_let_people_do_it_alone_from_the_next_day_on():
    async with scene(*SEVERAL, "alice> !réglage propre-part seul", OPEN) as made:
        assert (await refused(made, "alice> !décision C1 80 €")).key == "own.nobody-there"
        await made.play("@ 2026-11-24T09:00")
        assert (await last(made, "alice> !décision C1 80 €"))["alone"] is True


async def test_what_is_somebody_else_s_is_never_marked():
    async with scene(*FOUNDED, "bob> !contribution 2h affiches 80 €", OPEN) as made:
        assert (await last(made, "alice> !décision C1 80 €"))["alone"] is False


# Declared for somebody without account

FOR_JEANNE = "alice> !contribution 2h affiches 80 € pour Jeanne Martin sans compte"


async def test_what_one_declared_for_somebody_without_account_takes_somebody_else():
    async with scene(*FOUNDED, "bob joins", FOR_JEANNE, OPEN) as made:
        answer = await refused(made, "alice> !décision C1 80 €")
        assert (answer.key, "Jeanne Martin, sans compte" in answer.text) == (
            "own.nobody-there",
            True,
        )
        await made.play(THERE)
        assert await made.keys("alice> !décision C1 80 €") == ["regulation.decided"]


async def test_another_steward_decides_it_and_who_declared_it_may_pay_it():
    async with scene(*FOUNDED, "bob joins", FOR_JEANNE, "alice> !rôle @bob soucieux") as made:
        assert await made.keys(OPEN, "bob> !décision C1 80 €", CLOSE) != []
        assert (await made.keys("alice> !payé C1"))[0] == "entry.paid"


async def test_what_is_decided_of_it_is_corrected_by_another_steward():
    async with scene(*FOUNDED, "bob joins", FOR_JEANNE, *DECIDED) as made:
        assert (await refused(made, "alice> !corriger C1 900 €")).key == "own.another"
        await made.play("alice> !rôle @bob soucieux")
        assert (await made.keys("bob> !corriger C1 90 €"))[0] == "entry.corrected"


async def test_what_is_somebody_else_s_is_not_given_to_somebody_without_account_once_decided():
    theirs = ("bob joins", "bob> !contribution 2h affiches 80 €", *DECIDED)
    jeanne = "alice> !contribution 1h tri pour Jeanne Martin sans compte"
    async with scene(*FOUNDED, *theirs, jeanne) as made:
        line = "alice> !corriger C1 pour Jeanne Martin sans compte"
        assert (await refused(made, line)).key == "own.another"


async def test_given_to_somebody_without_account_while_it_waits_it_is_decided_with_somebody():
    jeanne = "bob> !contribution 1h tri pour Jeanne Martin sans compte"
    theirs = "carole> !contribution 2h affiches 80 €"
    roles = ("bob joins", "carole joins", "alice> !rôle @bob soucieux", jeanne, theirs)
    async with scene(*FOUNDED, *roles, OPEN) as made:
        await made.play("alice> !corriger C2 pour Jeanne Martin sans compte")
        assert (await refused(made, "alice> !décision C2 80 €")).key == "own.nobody-there"
        assert await made.keys("bob> !décision C2 80 €") == ["regulation.decided"]


async def test_alone_in_a_circle_one_decides_for_somebody_without_account_and_it_is_marked():
    async with scene(*FOUNDED, FOR_JEANNE, OPEN) as made:
        told = (await made.play("alice> !décision C1 80 €"))[-1]
    assert told.values["alone"] is True


async def test_an_amount_for_somebody_without_account_does_not_stand_by_itself():
    async with scene(*FOUNDED, "bob joins", SELF_SET, FOR_JEANNE, OPEN) as made:
        assert await closed(made) == ({}, ["C1"])
        await made.play(OPEN, "bob> !présent")
        assert await closed(made) == ({"C1": 8000}, [])


# Amounts that stand by themselves


async def closed(made):
    told = (await made.play(CLOSE))[-1].values
    return {one["id"]: cents(one["amount"]) for one in told["decisions"]}, told["left"]


async def test_an_amount_of_who_closes_stands_only_where_somebody_else_is_there():
    async with scene(*SEVERAL, SELF_SET, "bob> !contribution 1h tri 20 €", OPEN) as made:
        assert await closed(made) == ({"C2": 2000}, ["C1"])
        await made.play(OPEN, "bob> !présent")
        assert await closed(made) == ({"C1": 8000}, [])


@pytest.mark.parametrize("where", ["bob", "bob (dm)"])
async def test_a_claim_raised_once_the_session_is_open_does_not_stand(where):
    lines = (*FOUNDED, SELF_SET, "bob joins", f"{where}> !contribution 1h tri 50 €", OPEN)
    async with scene(*lines) as made:
        assert await made.play(f"{where} edit -1> !contribution 1h tri 900 €")
        assert (await last(made, "alice> !séance"))["left"] == 1
        assert await closed(made) == ({}, ["C1"])


async def test_a_claim_declared_once_the_session_is_open_does_not_stand():
    async with scene(*FOUNDED, SELF_SET, OPEN, "bob> !contribution 1h tri 50 €") as made:
        assert await closed(made) == ({}, ["C1"])
        await made.play(OPEN)
        assert await closed(made) == ({"C1": 5000}, [])
