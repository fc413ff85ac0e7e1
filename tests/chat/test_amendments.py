"""A proposal amended: a text that changes, answers that start afresh, a day to read it."""

import pytest

from commands.votes.amending import matter

OPEN = "alice> !consentement Ouvrir le fablab le samedi"
AMEND = "alice> !amender V1 Ouvrir le samedi jusqu'à 18 h"
EVERYBODY = ("alice", "bob", "carole", "dany")


def all_agree(*who):
    return [f"{one} + 👍 V1" for one in who]


async def test_an_amended_text_starts_afresh(box):
    await box.play(OPEN, "bob + 👍 V1", "carole> !objection V1 trop tard")
    heard = await box.last(AMEND)
    assert (heard.key, heard.values["version"]) == ("vote.amended", 2)
    assert heard.values["question"] == "Ouvrir le samedi jusqu'à 18 h"
    assert (await box.closed("V1"))["cast"] == 0


async def test_who_had_answered_the_older_text_is_called_again(box):
    await box.play(OPEN, "bob + 👍 V1", "alice + 👍 V1")
    heard = await box.last("alice> !amender V1 Ouvrir le dimanche")
    assert heard.values["again"] == ["@bob:localhost"]
    called = [one.letter.content.get("m.mentions") for one in box.posted]
    assert {"user_ids": ["@bob:localhost"]} in called


async def test_an_amended_text_keeps_its_closing_and_its_electorate(box):
    await box.play("dany leaves", OPEN, "alice> !amender V1 Ouvrir le dimanche", "dany joins")
    assert await box.keys("dany + 👍 V1") == ["vote.not-elector"]
    heard = await box.last("alice> !résultat V1")
    assert heard.values["closes"] == "2026-11-30T09:00:00+01:00"


@pytest.mark.parametrize(
    "same",
    [
        "Ouvrir le fablab le samedi",
        "OUVRIR le Fablab le samedi.",
        "Ouvrir, le fab-lab : le samedi !",
        "Ouvrir le fablab  le\N{NO-BREAK SPACE}samedi 🌼",
        "« Ouvrir le fablab le samedi »",
        "Ouvrir le fab\N{ZERO WIDTH SPACE}lab le samedi",
        "Óuvrir le fablab le samedi",
    ],
)
async def test_a_text_that_says_the_same_is_no_amendment(box, same):
    await box.play(OPEN, "bob> !objection V1 trop tard")
    before = await box.written()
    assert await box.keys(f"alice> !amender V1 {same}") == ["vote.same-text"]
    assert await box.written() == before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,5 heure", "15 heures"),
        ("dix", "onze"),
        ("10 €", "10 %"),
        ("2/3 des voix", "23 des voix"),
    ],
)
def test_what_changes_a_text_is_seen(one, other):
    assert matter(one) != matter(other)


async def test_only_who_made_the_proposal_amends_it(box):
    await box.play("bob> !consentement Ouvrir le lundi")
    for who in ("carole", "alice"):
        told = await box.last(f"{who}> !amender V1 Ouvrir le mardi")
        assert (told.key, told.values["who"]) == ("refused.not-allowed", "proposer")
    assert await box.keys("bob> !amender V1 Ouvrir le mardi") == ["vote.amended"]


async def test_it_is_amended_in_the_room_where_everybody_reads(box):
    await box.play(OPEN)
    assert await box.keys("alice (dm)> !amender V1 Ouvrir le dimanche") == ["refused.in-the-room"]


async def test_an_amended_text_stays_open_for_a_day_at_least(box):
    await box.play(OPEN, "@ 2026-11-30T08:00")
    heard = await box.last("alice> !amender V1 Ouvrir le dimanche")
    assert (heard.values["closes"], heard.values["longer"]) == ("2026-12-01T08:00:00+01:00", True)
    assert "Prolongé d’un jour" in heard.text
    assert "vote.closed" not in await box.keys("@ 2026-11-30T12:00")
    assert "vote.closed" in await box.keys("@ 2026-12-01T08:00")


async def test_within_that_day_everybody_must_have_answered_to_close_it(box):
    await box.play(
        OPEN, "bob> !objection V1 trop tard", AMEND, *all_agree("alice", "carole", "dany")
    )
    told = await box.last("alice> !clore V1")
    assert (told.key, told.values["amended"], told.values["missing"]) == ("vote.too-early", True, 1)
    assert await box.keys("bob + 👍 V1", "alice> !clore V1") == ["ballot.cast", "vote.closed"]


async def test_a_day_later_the_minimum_is_enough_for_a_steward(box):
    await box.play(OPEN, AMEND, *all_agree("alice", "carole", "dany"), "@ 2026-11-24T09:00:01")
    assert await box.keys("alice> !clore V1") == ["vote.closed"]


async def test_a_vote_is_not_kept_open_for_ever_by_amendments(box):
    await box.play(f"{OPEN} jusqu'au 23 février", "@ 2027-02-23T18:00")
    before = await box.written()
    assert await box.keys("alice> !amender V1 Ouvrir le dimanche") == ["vote.too-old"]
    assert await box.written() == before
