"""Consent: who consents, who has a concern, who objects and why, and how that is overcome."""

import pytest

OPEN = "alice> !consentement Ouvrir le fablab le samedi"
COUNTS = ("consent", "concern", "objection", "abstain")


async def test_a_proposal_is_opened_for_seven_days(box):
    told = (await box.last(OPEN)).values
    assert (told["rule"], told["closes"]) == ("consent", "2026-11-30T09:00:00+01:00")
    assert told["options"] == list(COUNTS)


async def test_it_passes_when_nobody_objects_and_enough_people_answer(box):
    await box.play(OPEN, "alice + 👍 V1", "bob> !bulletin V1 consentement")
    await box.play("carole> !bulletin V1 réserve penser au bruit")
    told = await box.closed("V1")
    assert (told["outcome"], told["adopted"]) == ("adopted", True)
    assert [told["counts"][answer] for answer in COUNTS] == [2, 1, 0, 0]


async def test_silence_is_consent_only_where_enough_people_answer(box):
    await box.play(OPEN, "alice + 👍 V1", "bob + 👍 V1")
    assert (await box.closed("V1"))["outcome"] == "no-quorum"


async def test_the_minimum_of_answers_may_be_said(box):
    told = (await box.last(f"{OPEN} minimum 4")).values
    await box.play("alice + 👍 V1", "bob + 👍 V1", "carole + 👍 V1")
    assert (told["needed"], (await box.closed("V1"))["outcome"]) == (4, "no-quorum")


async def test_a_concern_is_told_without_a_name_when_it_closes(box):
    await box.play(OPEN, "bob> !bulletin V1 réserve : penser au bruit", "alice + 👍 V1")
    await box.play("dany + 👍 V1")
    told = await box.closed("V1")
    assert told["concerns"] == ["penser au bruit"]
    assert "bob" not in str(told["concerns"])


async def test_an_objection_is_told_with_its_reason_to_who_may_amend(box):
    await box.play(OPEN)
    heard = await box.last("bob> !objection V1 le bruit gêne les voisins")
    assert (heard.key, heard.values["member"]) == ("vote.objected", "@bob:localhost")
    assert heard.values["reason"] == "le bruit gêne les voisins"
    assert box.posted[-1].letter.content["m.mentions"] == {"user_ids": ["@alice:localhost"]}


@pytest.mark.parametrize("line", ["!objection V1 trop tard", "!bulletin V1 objection trop tard"])
async def test_an_objection_that_stands_blocks(box, line):
    await box.play(OPEN, *(f"{who} + 👍 V1" for who in ("alice", "carole", "dany")))
    await box.play(f"bob> {line}")
    told = await box.closed("V1")
    assert told["outcome"] == "rejected"
    assert told["objections"] == [{"member": "@bob:localhost", "reason": "trop tard"}]


@pytest.mark.parametrize("line", ["bob> !bulletin V1 objection", "bob + 👎 V1"])
async def test_an_objection_without_reason_is_no_ballot(box, line):
    await box.play(OPEN, "bob> !bulletin V1 consentement")
    before = (await box.written())[1]
    assert await box.keys(line) == ["vote.reason-missing"]
    assert (await box.written())[1] == before


async def test_lifting_an_objection_brings_back_the_answer_before_it(box):
    await box.play(OPEN, "bob + 👍 V1", "bob> !objection V1 trop tard")
    heard = await box.last("bob> !lever V1")
    assert (heard.key, heard.values["standing"]) == ("vote.lifted", 0)
    assert (await box.closed("V1"))["counts"]["consent"] == 1


async def test_who_lifts_an_objection_and_said_nothing_else_abstains(box):
    await box.play(OPEN, "bob> !objection V1 trop tard", "bob> !objection V1 et trop cher")
    assert (await box.last("bob> !lever V1")).values["abstains"] is True
    assert (await box.closed("V1"))["counts"]["abstain"] == 1


async def test_nobody_else_lifts_an_objection(box):
    await box.play(OPEN, "bob> !objection V1 trop tard")
    assert await box.keys("alice> !lever V1") == ["refused.not-allowed"]


async def test_changing_ones_mind_is_told_as_lifting(box):
    await box.play(OPEN, "bob> !objection V1 trop tard")
    assert await box.keys("bob + 👍 V1") == ["ballot.cast", "vote.lifted"]


async def test_deleting_the_message_of_an_objection_lifts_it(box):
    await box.play(OPEN, "bob> !objection V1 trop tard")
    assert await box.keys("bob delete -1") == ["vote.lifted"]


async def test_taking_back_what_replaced_an_objection_brings_it_back(box):
    await box.play(OPEN, "bob> !objection V1 trop tard", "bob + 👍 V1")
    assert await box.keys("bob - 👍 V1") == ["vote.objected"]


async def test_an_objection_reaches_the_room_from_a_direct_message(box):
    await box.play(OPEN)
    heard = await box.play("bob (dm)> !objection V1 trop tard")
    assert [(one.key, one.room) for one in heard] == [
        ("vote.objected", None),
        ("vote.objected", "circle"),
    ]


async def test_a_thumb_on_an_objection_is_no_ballot(box):
    await box.play(OPEN, "bob> !objection V1 trop tard")
    told = [one for one in box.posted if "objection" in str(one.letter.content)][-1]
    assert told.letter.subject is None


async def called(box):
    """Who was mentioned by what was posted last."""
    return box.posted[-1].letter.content.get("m.mentions", {}).get("user_ids", [])


async def test_many_objections_in_an_hour_call_who_may_amend_once(box):
    await box.play(OPEN)
    calls = []
    for n in range(10):
        await box.play(f"{'bob' if n % 2 else 'carole'}> !objection V1 raison numéro {n}")
        calls += await called(box)
    assert calls == ["@alice:localhost"]


async def test_an_hour_later_an_objection_calls_again(box):
    await box.play(OPEN, "bob> !objection V1 trop tard", "@ 2026-11-23T10:00")
    await box.play("carole> !objection V1 trop cher")
    assert await called(box) == ["@alice:localhost"]


async def test_an_objection_lifted_and_said_again_does_not_call_again(box):
    await box.play(OPEN, "bob> !objection V1 trop tard", "bob> !lever V1")
    await box.play("bob> !objection V1 trop tard")
    assert await called(box) == []
