"""Statements by person and structure, lists by where things stand, the budget by funder."""

import pytest

from tests.chat.accounts import CLOSE, FOUNDED, OPEN, cents, last, refused
from tests.chat.scene import scene

HALL = "alice> !structure La Halle"
WORK = (
    "bob> !contribution 2h affiches 80 €",
    "bob> !contribution 1h accueil 40 € à La Halle",
    "carole> !frais 30 € pain",
    "bob> !contribution 3h rangement bénévole",
    "bob> !contribution 1h erreur 500 €",
    "bob> !annuler C5",
)
DECIDED = (
    OPEN,
    "alice> !décision C1 60 €",
    "alice> !décision C2 40 €",
    "alice> !décision C3 report",
    CLOSE,
    "alice> !facture C1 F-1",
    "alice> !payé C1",
)
YEAR = (*FOUNDED, HALL, *WORK, *DECIDED)


def totals(told):
    names = ("asked", "regulated", "invoiced", "paid", "due")
    return [told["minutes"], *(cents(told[name]) for name in names)]


async def test_a_person_s_statement_is_what_they_gave_and_what_came_of_it():
    async with scene(*YEAR) as made:
        told = await last(made, "carole> !relevé bob")
    assert [item["id"] for item in told["items"]] == ["C1", "C2", "C4"]
    assert totals(told) == [360, 0, 10000, 6000, 6000, 4000]


async def test_without_a_name_it_is_one_s_own():
    async with scene(*YEAR) as made:
        told = await last(made, "carole> !relevé")
    assert (told["member"], totals(told)) == ("@carole:localhost", [0, 3000, 0, 0, 0, 0])


async def test_a_structure_s_statement_is_what_it_is_to_be_paid():
    async with scene(*YEAR) as made:
        told = await last(made, "alice> !relevé La Halle T4 2026")
    assert ([item["id"] for item in told["items"]], told["member"]) == (["C2"], "La Halle")
    assert totals(told) == [60, 0, 4000, 0, 0, 4000]


@pytest.mark.parametrize(
    ("said", "since", "until", "count"),
    [
        ("", "2026-10-01", "2026-12-31", 3),
        ("T3 2026", "2026-07-01", "2026-09-30", 0),
        ("2026", "2026-01-01", "2026-12-31", 3),
        ("trimestre dernier", "2026-07-01", "2026-09-30", 0),
    ],
)
async def test_a_statement_covers_a_quarter_or_what_is_said(said, since, until, count):
    async with scene(*YEAR) as made:
        told = await last(made, f"alice> !relevé bob {said}")
    assert (told["since"], told["until"], told["count"]) == (since, until, count)


async def test_somebody_without_account_has_a_statement():
    dany = "alice> !contribution 2h four 50 € pour Dany sans compte"
    async with scene(*FOUNDED, dany) as made:
        told = await last(made, "alice> !relevé Dany")
    assert (told["member"], cents(told["asked"])) == ("Dany", 5000)


@pytest.mark.parametrize("line", ["alice> !relevé zoé", "alice> !relevé bob mardi prochain 9h"])
async def test_an_unknown_name_or_period_is_answered(line):
    async with scene(*YEAR) as made:
        assert (await refused(made, line)).key.startswith(("who.", "period.", "date."))


async def test_the_cents_of_a_statement_are_exact():
    tenths = [f"bob> !frais 0,{n}0 € pain" for n in range(1, 4)]
    async with scene(*FOUNDED, *tenths) as made:
        assert cents((await last(made, "bob> !relevé"))["asked"]) == 60


# Lists by where things stand


@pytest.mark.parametrize(
    ("said", "ids"),
    [("à décider", ["C3"]), ("à facturer", ["C2"]), ("à payer", ["C2"]), ("to pay", ["C2"])],
)
async def test_what_waits_for_something_is_listed(said, ids):
    async with scene(*YEAR) as made:
        told = await last(made, f"alice> !contributions {said}")
    assert [item["id"] for item in told["items"]] == ids


WORK = (
    *("affiches", "accueil", "courses", "couture", "peinture", "courrier"),
    *("jardin", "cuisine", "compta", "photos", "musique", "livres"),
)


async def test_the_latest_declarations_are_shown():
    many = [f"bob> !contribution 1h {name}" for name in WORK]
    async with scene(*FOUNDED, *many) as made:
        told = await last(made, "bob> !contributions")
    assert [item["id"] for item in told["items"]] == [f"C{n}" for n in range(3, 13)]
    assert (told["count"], told["more"]) == (12, 2)


# The budget by funder, workstream and period

ENVELOPES = (
    "alice> !cercle créer Littoral",
    "alice> !doter 100 € de la Région période 2027",
    "alice> !doter 100 € de la MEL période 2026",
    "alice> !chantier Accueil enveloppe 100 €",
    "alice> !action Portes ouvertes chantier Accueil",
    "bob> !contribution 9h affiches 130 €",
    "bob> !contribution 9h portes 120 € #A1",
    OPEN,
    "alice> !décision C1 130 €",
    "alice> !décision C2 120 €",
    CLOSE,
    "alice> !payé C1",
)


@pytest.mark.parametrize(
    ("by", "left"),
    [
        ("financeur", {"la Région": (0, 0), "la MEL": (100, 100), None: (100, 0)}),
        ("chantier", {None: (130, 130), "Accueil": (120, 0)}),
        ("période", {"2027": (0, 0), "2026": (100, 100), None: (100, 0)}),
        ("enveloppe", {"E1": (0, 0), "E2": (100, 100), "E3": (100, 0)}),
    ],
)
async def test_the_budget_tells_what_each_was_used_for(by, left):
    async with scene(*ENVELOPES) as made:
        told = await last(made, f"alice> !budget par {by}")
    used = {
        one["name"]: (cents(one["regulated"]) // 100, cents(one["paid"]) // 100)
        for one in told["items"]
    }
    assert used == left


async def test_what_each_was_used_for_sums_up_to_the_figures():
    async with scene(*ENVELOPES) as made:
        told = await last(made, "alice> !budget par financeur")
    held = sum(cents(one["regulated"]) for one in told["items"])
    assert sum(cents(one["granted"]) for one in told["items"]) == cents(told["granted"])
    assert held + cents(told["unattributed"]) == cents(told["regulated"])


async def test_what_was_decided_by_workstream_sums_up_to_the_figures():
    async with scene(*ENVELOPES) as made:
        told = await last(made, "alice> !budget par chantier")
    for name in ("granted", "regulated", "paid"):
        assert sum(cents(one[name]) for one in told["items"]) == cents(told[name])


# Structures


async def test_structures_are_listed_and_named_once():
    async with scene(*FOUNDED, HALL, "alice> !structure Le Lieu") as made:
        assert (await last(made, "bob> !structure"))["items"] == [
            {"name": "La Halle"},
            {"name": "Le Lieu"},
        ]
        assert (await refused(made, "alice> !structure la halle")).key == "structure.exists"


async def test_only_stewards_name_structures():
    async with scene(*FOUNDED, "bob joins") as made:
        assert (await refused(made, "bob> !structure Le Lieu")).key == "refused.not-allowed"
