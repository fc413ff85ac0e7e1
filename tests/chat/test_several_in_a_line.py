"""Several things in one line: one transaction, all of it or nothing."""

import pytest

from tests.chat.scene import scene

BORN = (
    "alice> !cercle créer Littoral territorial",
    "bob joins",
    "carole joins",
    "alice> !doter 1000 € du FEDER",
)
SITTING = (
    *BORN,
    "bob> !contribution 1h essai 10 €",
    "bob> !contribution 2h affiches 80 €",
    "carole> !contribution 3h accueil 25 €",
    "alice> !régulation mardi 24 novembre à 10h",
    "alice> !séance ouvrir",
    "bob> !présent",
)
DECIDED = (*SITTING, "alice> !décision tout le reste accordé")


async def decided(life):
    """What each item was given, in cents; None where nothing was."""
    listed = (await life.play("alice> !contributions"))[-1]
    return {
        one["id"]: one["regulated"] and one["regulated"]["cents"] for one in listed.values["items"]
    }


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("C1 6 €, C2 25 €", {"C1": 600, "C2": 2500, "C3": None}),
        ("C1 6, C2 25", {"C1": 600, "C2": 2500, "C3": None}),
        ("C1 6 € et C2 25 € ; C3 12 €", {"C1": 600, "C2": 2500, "C3": 1200}),
        ("C1 6 € C2 25 €", {"C1": 600, "C2": 2500, "C3": None}),
        ("C1, C2 accordé", {"C1": 1000, "C2": 8000, "C3": None}),
        ("C1 et C3 comme demandé", {"C1": 1000, "C2": None, "C3": 2500}),
        ("C2 validé", {"C1": None, "C2": 8000, "C3": None}),
        ("C2 ok", {"C1": None, "C2": 8000, "C3": None}),
        ("tout le reste accordé", {"C1": 1000, "C2": 8000, "C3": 2500}),
        ("C2 50 €, le reste ok", {"C1": 1000, "C2": 5000, "C3": 2500}),
        ("C1 refus, C3 25 €", {"C1": None, "C2": None, "C3": 2500}),
        ("C1 6 €, C2 25 € pour les affiches", {"C1": 600, "C2": 2500, "C3": None}),
    ],
)
async def test_a_line_decides_all_that_it_names(line, given):
    async with scene(*SITTING) as life:
        await life.play(f"alice> !décision {line}")
        assert await decided(life) == given


async def test_one_answer_lists_every_decision():
    async with scene(*SITTING) as life:
        heard = await life.play("alice> !décision C1 6 €, C2 25 €")
        assert [one.key for one in heard] == ["regulation.decided"]
        assert all(told in heard[0].text for told in ("C1", "6\xa0€", "C2", "25\xa0€"))


@pytest.mark.parametrize("line", ["C1 6 €, C9 25 €", "C1 6 €, C2 2000 €"])
async def test_where_one_cannot_be_decided_none_is_and_that_is_said(line):
    async with scene(*SITTING) as life:
        refused = (await life.play(f"alice> !décision {line}"))[-1]
        assert set((await decided(life)).values()) == {None}
        assert "Rien n’est noté non plus" in refused.text


async def test_the_same_item_is_not_decided_twice_in_a_line():
    async with scene(*SITTING) as life:
        assert await life.keys("alice> !décision C1 6 €, C1 7 €") == ["regulation.already-decided"]
        assert (await decided(life))["C1"] is None


async def test_an_amount_for_several_is_asked():
    async with scene(*SITTING) as life:
        refused = (await life.play("alice> !décision C1, C2 25 €"))[-1]
        assert refused.key == "regulation.each"
        assert "!décision C1 25\xa0€, C2 25\xa0€" in refused.text


async def test_nothing_left_to_decide_is_said():
    async with scene(*DECIDED) as life:
        assert await life.keys("alice> !décision le reste ok") == ["regulation.nothing-left"]


@pytest.mark.parametrize(
    "line", ["payé C1 C2", "payé C1, C2", "payé C1 et C2", "payé bob", "payé @bob"]
)
async def test_what_is_due_is_paid_together(line):
    async with scene(*DECIDED) as life:
        heard = await life.play(f"alice> !{line}")
        assert [(one.key, one.values["id"]) for one in heard] == [
            ("entry.paid", "C1"),
            ("entry.paid", "C2"),
        ]


async def test_who_is_owed_nothing_is_told():
    async with scene(*DECIDED, "alice> !payé bob") as life:
        assert await life.keys("alice> !payé bob") == ["entry.nothing-due"]


async def test_what_goes_to_a_structure_is_not_paid_with_its_member():
    async with scene(
        *BORN,
        "alice> !structure La Halle",
        "bob> !contribution 2h affiches 80 € à La Halle",
        "bob> !contribution 1h tri 10 €",
        "alice> !régulation mardi 24 novembre à 10h",
        "alice> !séance ouvrir",
        "bob> !présent",
        "alice> !décision le reste ok",
    ) as life:
        heard = await life.play("alice> !payé bob")
        assert [one.values["id"] for one in heard] == ["C2"]


async def test_an_invoice_of_several_has_the_number_after_them():
    async with scene(*DECIDED) as life:
        heard = await life.play("alice> !facture C1 C2 F-2026-003")
        assert {one.values["number"] for one in heard} == {"F-2026-003"}


@pytest.mark.parametrize("line", ["prendre A1, A9", "fait A1 et A9", "lâcher A1 A9"])
async def test_actions_named_together_move_together_or_not_at_all(line):
    async with scene(*BORN, "bob> !action Peindre") as life:
        refused = (await life.play(f"bob> !{line}"))[-1]
        listed = (await life.play("bob> !actions"))[-1]
        assert [one["holders"] for one in listed.values["items"]] == [[]]
        assert refused.key.startswith("id.") or "A9" in refused.text


async def test_the_others_of_a_refused_line_are_named():
    async with scene(*BORN, "bob> !action Peindre") as life:
        refused = (await life.play("bob> !prendre A1, A9"))[-1]
        assert "Rien n’est noté non plus pour A1" in refused.text
