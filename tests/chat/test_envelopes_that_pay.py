"""Which envelope pays is written when an amount is decided; nothing that comes later moves it."""

import pytest

from tests.chat.accounts import OPEN, cents, last, refused
from tests.chat.scene import scene

FOUNDED = (
    "alice> !cercle créer Littoral",
    "alice> !chantier Accueil",
    "alice> !action Portes ouvertes chantier Accueil",
    "alice> !action Site",
)
OCTOBER = "bob> !contribution 2h affiches le 5 octobre 80 € #A2"
AUTUMN = "alice> !doter 100 € de la MEL période T4 2026"
DECIDED = "alice> !décision C1 80 €"


async def used(made, by="enveloppe"):
    """What each group of envelopes holds, in euros."""
    told = await last(made, f"alice> !budget par {by}")
    return {one["name"]: cents(one["regulated"]) / 100 for one in told["items"]}


async def unheld(made):
    told = await last(made, "alice> !budget")
    return {one["id"]: cents(one["amount"]) / 100 for one in told["unheld"]}


@pytest.mark.parametrize("period", ["T4 2026", "2026", "2027", "novembre 2026"])
async def test_a_grant_made_later_takes_over_nothing(period):
    async with scene(*FOUNDED, AUTUMN, OCTOBER, OPEN, DECIDED) as made:
        await made.play(f"alice> !doter 500 € de la Région période {period}")
        assert await used(made) == {"E1": 80, "E2": 0}
        assert await used(made, "financeur") == {"la MEL": 80, "la Région": 0}


async def test_an_earmarked_envelope_pays_no_other_workstream_by_itself():
    granted = "alice> !doter 100 € de la MEL pour Accueil"
    async with scene(*FOUNDED, granted, OCTOBER, OPEN, DECIDED) as made:
        assert (await used(made), await unheld(made)) == ({"E1": 0}, {"C1": 80})


async def test_the_workstream_s_own_envelope_pays_first_and_the_circle_s_the_rest():
    lines = ("alice> !doter 50 € de la MEL pour Accueil", OCTOBER.replace("#A2", "#A1"))
    async with scene(*FOUNDED, AUTUMN, *lines, OPEN) as made:
        told = await last(made, DECIDED)
        assert [(one["id"], cents(one["amount"])) for one in told["envelopes"]] == [
            ("E2", 5000),
            ("E1", 3000),
        ]


async def test_what_waits_is_taken_by_the_grant_that_suits_and_that_is_told():
    founded = (*FOUNDED, "alice> !doter 500 € de la Région période 2027", OCTOBER, OPEN)
    async with scene(*founded) as made:
        decided = await last(made, DECIDED)
        assert (cents(decided["unattributed"]), decided["fullest"]) == (8000, "E1")
        told = await last(made, AUTUMN.replace("100 €", "60 €"))
        assert [(one["id"], cents(one["amount"])) for one in told["taken"]] == [("C1", 6000)]
        assert cents(told["waiting"]) == 2000


async def test_the_oldest_decision_is_served_first():
    more = (OCTOBER.replace("80 €", "50 €"), "alice> !décision C2 50 €", DECIDED)
    async with scene(
        *FOUNDED, "alice> !doter 500 € de la Région période 2027", OCTOBER, OPEN, *more
    ) as made:
        await made.play(AUTUMN.replace("100 €", "60 €"))
        assert await unheld(made) == {"C1": 70}


async def test_a_decision_beyond_what_is_left_in_envelopes_is_refused():
    async with scene(*FOUNDED, AUTUMN, OCTOBER, OPEN) as made:
        told = await refused(made, "alice> !décision C1 100,01 €")
        assert (told.key, cents(told.values["room"])) == ("regulation.over-budget", 10000)


async def test_of_less_what_was_attributed_last_is_let_go():
    lines = ("alice> !doter 50 € de la Région période 2026", OCTOBER, OPEN)
    async with scene(*FOUNDED, AUTUMN.replace("100 €", "60 €"), *lines, DECIDED) as made:
        assert await used(made) == {"E1": 60, "E2": 20}
        await made.play("alice> !corriger C1 70 €")
        assert await used(made) == {"E1": 60, "E2": 10}
        await made.play("alice> !corriger C1 90 €")
        assert await used(made) == {"E1": 60, "E2": 30}


@pytest.mark.parametrize("said", ["refus", "bénévole", "report"])
async def test_what_is_taken_back_lets_all_go_and_another_takes_it(said):
    lines = (OCTOBER, "alice> !doter 500 € de la Région période 2027", OPEN)
    async with scene(*FOUNDED, AUTUMN, OCTOBER, *lines, DECIDED) as made:
        await made.play("alice> !décision C2 80 €")
        assert await unheld(made) == {"C2": 60}
        told = await last(made, f"alice> !corriger C1 {said}")
        assert [(one["id"], cents(one["amount"])) for one in told["taken"]] == [("C2", 6000)]
        assert (await used(made), await unheld(made)) == ({"E1": 80, "E2": 0}, {})


async def test_what_is_paid_is_told_of_the_envelopes_that_hold_it():
    async with scene(*FOUNDED, AUTUMN, OCTOBER, OPEN, DECIDED, "alice> !payé C1") as made:
        paid = (await last(made, "alice> !budget par enveloppe"))["items"]
        assert [cents(one["paid"]) for one in paid] == [8000]
        await made.play("alice> !corriger C1 70 €")
        paid = (await last(made, "alice> !budget par enveloppe"))["items"]
        assert [cents(one["paid"]) for one in paid] == [7000]
        await made.play("alice> !corriger C1 impayé")
        paid = (await last(made, "alice> !budget par enveloppe"))["items"]
        assert [cents(one["paid"]) for one in paid] == [0]


WAITING = (
    *(*FOUNDED, "alice> !doter 50 € de la Région période 2027", OCTOBER, OPEN),
    "alice> !décision C1 40 €",
)


async def test_a_steward_places_it_on_another_envelope_and_the_room_is_told_who():
    async with scene(*WAITING) as made:
        [_, room] = await made.play("alice (dm)> !corriger C1 enveloppe E1")
        told = room.values
        assert (room.key, told["envelope"], told["elsewhere"]) == ("entry.placed", "E1", True)
        assert (cents(told["was"]), cents(told["amount"])) == (4000, 4000)
        assert "alice" in room.text
        assert (await used(made), await unheld(made)) == ({"E1": 40}, {})


async def test_what_waits_for_an_envelope_is_not_decided_a_second_time():
    more = ("bob> !frais 20 € pain le 6 octobre", "alice> !décision C2 20 €")
    async with scene(*WAITING, *more) as made:
        told = await last(made, "alice> !budget")
        assert (cents(told["available"]), cents(told["unattributed"])) == (5000, 4000)
    async with scene(*WAITING, *more) as made:
        assert (await refused(made, "alice> !décision C2 11 €")).key == "regulation.over-budget"
        assert (await refused(made, "alice> !vote Du pain ? budget 11 €")).key == "vote.over-budget"
        assert (await last(made, "alice> !décision C2 10 €"))["id"] == "C2"


async def test_room_is_looked_for_in_every_envelope_once_a_workstream_changed():
    named = ("alice> !doter 10 € de la CAF pour Accueil", "alice> !action Fournil")
    async with scene(*WAITING, *named) as made:
        await made.play("bob> !frais 10 € pain #A3 le 6 octobre", "alice> !décision C2 10 €")
        assert await unheld(made) == {"C1": 40, "C2": 10}
        await made.play("alice> !modifier A3 chantier Accueil", "alice> !corriger E1 51 €")
        assert await unheld(made) == {"C1": 40}


async def test_nobody_else_places_anything():
    async with scene(*WAITING) as made:
        told = await refused(made, "bob> !corriger C1 enveloppe E1")
        assert told.key == "refused.not-allowed"


async def test_it_holds_no_more_than_is_left_in_it():
    more = ("bob> !frais 30 € pain le 6 octobre", "alice> !décision C2 30 €")
    async with scene(*WAITING, "alice> !doter 20 € de la MEL période 2028", *more) as made:
        await made.play("alice> !corriger C2 enveloppe E1")
        told = await last(made, "alice> !corriger C1 enveloppe E1")
        assert (cents(told["amount"]), cents(told["unattributed"])) == (2000, 2000)


@pytest.mark.parametrize(
    ("before", "said", "key"),
    [
        ((), "C1 enveloppe E7", "id.unknown"),
        ((), "C7 enveloppe E1", "id.unknown"),
        (("alice> !corriger C1 refus",), "C1 enveloppe E1", "entry.not-regulated"),
        (("alice> !corriger C1 enveloppe E1",), "C1 enveloppe E1", "entry.held"),
        (("alice> !corriger E1 0 €",), "C1 enveloppe E1", "envelope.empty"),
        ((), "C1 30 € enveloppe E1", "entry.place-alone"),
    ],
)
async def test_what_cannot_be_placed_gets_one_answer_and_nothing_changes(before, said, key):
    async with scene(*WAITING, *before) as made:
        assert (await refused(made, f"alice> !corriger {said}")).key == key


async def test_an_envelope_of_another_circle_is_not_known_here():
    there = ("[oise] alice> !cercle créer Oise", *("[oise] alice> !doter 9 €",) * 2)
    async with scene(*WAITING, *there) as made:
        told = await refused(made, "alice> !corriger C1 enveloppe E2")
        assert (told.key, told.values["id"]) == ("id.unknown", "E2")


async def test_a_period_that_tells_no_days_enters_nothing():
    async with scene(*FOUNDED) as made:
        told = await refused(made, "alice> !doter 100 € période 2026-27")
        assert told.key == "period.unread"


async def test_the_ledger_tells_which_envelope_each_entry_moved():
    async with scene(*FOUNDED, AUTUMN, OCTOBER, OPEN, DECIDED, "alice> !corriger C1 60 €") as made:
        told = await last(made, "alice> !journal 2")
    assert [[cents(one["amount"]) for one in item["moves"]] for item in told["items"]] == [
        [-2000],
        [8000],
    ]
    assert told["attributed"] is None


async def test_a_new_day_of_the_work_moves_nothing():
    async with scene(*FOUNDED, AUTUMN, OCTOBER, OPEN, DECIDED) as made:
        await made.play("alice> !doter 90 € de la Région période septembre 2026")
        await made.play("alice> !corriger C1 le 12 septembre")
        assert await used(made) == {"E1": 80, "E2": 0}
