"""A closed vote stays what it was: its file, its result, whatever becomes of its voters."""

import asyncio
import json

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from storage.tables.votes import vote_records
from tests.chat.ballot_box import BallotBox, recounted
from tests.chat.scene import scene

VOTERS = ("alice", "bob", "carole", "dany")
FORGET = "(dm)> !effacer-moi confirmer"
OPENINGS = (
    ("alice> !vote Repeindre ? budget 150 €", ("pour", "contre", "abstention")),
    ("bob> !vote Changer de nom ? secret", ("pour", "contre", "abstention")),
    ("alice> !consentement Ouvrir le samedi", ("pour", "réserve le bruit", "objection trop cher")),
    ("carole> !choix Où ? : ici | là | ailleurs", ("A", "A, B", "C", "aucun")),
    ("carole> !jugement Où ? : ici | là secret", ("A bien", "B excellent, A passable")),
    ("alice> !partage 300 : Fête 200 € | Livres 150 €", ("A", "B", "A, B")),
)
LATER = (
    "bob> !contribution 2h affiches 50 €",
    "alice> !doter 100 €",
    "carole + 👍 V1",
    "carole> !bulletin V1 contre",
    "alice> !réglage fuseau Pacific/Noumea",
    "alice> !réglage quorum 3/4",
    "alice> !amender V1 Repeindre en vert",
    "alice> !prolonger V1 le 20 décembre",
    "alice> !libérer V1",
    "dany leaves",
    "carole (dm)> !effacer-moi confirmer",
    "bob (dm)> !effacer-moi confirmer",
    "alice (dm)> !effacer-moi confirmer",
    "bob edit -1> !contribution 3h affiches 50 €",
    "@ 2027-02-01T10:00",
)


async def voted(box, opening, answers=("pour", "contre", "pour", "abstention")):
    """A vote of four people, closed at its time."""
    await box.play(opening)
    for who, answer in zip((*VOTERS, "erin"), answers, strict=False):
        await box.play(f"{who} (dm)> !bulletin V1 {answer}")
    return await box.closed("V1")


async def stored(box):
    """The file kept of V1."""
    async with box.scene.engine.connect() as connection:
        return await connection.scalar(select(vote_records.c.file).where(vote_records.c.vote == 1))


async def forget_records(box):
    """As an older program left its votes: nothing was kept of them."""
    async with box.scene.engine.begin() as connection:
        await connection.execute(delete(vote_records))


def ballots(file):
    return {one["voter"]: one["choice"] for one in json.loads(file)["ballots"]}


@pytest_asyncio.fixture
async def painted(box):
    """The same circle, with a vote on money that is closed."""
    await box.play("alice> !doter 500 €")
    await voted(box, "alice> !vote Repeindre la salle ? budget 150 €")
    return box


@pytest.mark.parametrize("who", VOTERS)
async def test_forgetting_a_voter_leaves_the_file_of_a_closed_vote_as_it_was(painted, who):
    before = painted.file("V1")
    asking = "alice" if who != "alice" else "bob"
    await painted.play(f"{who} {FORGET}", f"{asking}> !résultat V1")
    assert painted.file("V1") == before
    assert painted.files().count("V1.json") == 2


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(OPENINGS), st.randoms(use_true_random=False))
def test_nothing_that_follows_the_closing_changes_the_file(opening, chance):
    asyncio.run(_closed_then_lived(*opening, chance))


async def _closed_then_lived(opening, answers, chance):
    async with scene("alice> !cercle créer Littoral", "bob joins", "carole joins") as made:
        box = BallotBox(made)
        await box.play(
            "dany joins", "erin joins", "alice> !doter 500 €", "bob> !contribution 1h tri 30 €"
        )
        await voted(box, opening, [chance.choice(answers) for _ in range(5)])
        before = box.file("V1")
        for line in chance.sample(LATER, len(LATER)):
            await box.play(line, "erin> !résultat V1")
            assert (box.file("V1"), await stored(box)) == (before, before)


async def test_a_result_asked_for_later_tells_what_was_told_at_the_closing(painted):
    told = (await painted.last("alice> !résultat V1")).values
    await painted.play("alice> !doter 100 €", f"dany {FORGET}", f"carole {FORGET}")
    again = (await painted.last("alice> !résultat V1")).values
    assert told == again
    assert told["available"]["cents"] == 35000


async def test_a_vote_closed_by_an_older_program_is_recorded_on_the_first_demand(painted):
    before = painted.file("V1")
    await forget_records(painted)
    told = await painted.last("alice> !résultat V1")
    assert (painted.file("V1"), await stored(painted)) == (before, before)
    assert told.values["available"] is None


async def test_a_vote_of_an_older_program_is_recorded_before_its_voter_is_forgotten(painted):
    before = painted.file("V1")
    await forget_records(painted)
    await painted.play(f"dany {FORGET}", "alice> !résultat V1")
    assert painted.file("V1") == before


async def test_the_votes_of_a_circle_that_one_left_are_recorded_too(painted):
    await forget_records(painted)
    await painted.play("dany leaves")
    await painted.play("[north] dany> !cercle créer Nord", f"dany {FORGET}")
    assert await stored(painted) == painted.file("V1")


async def test_a_result_is_what_its_file_says(painted):
    async with painted.scene.engine.begin() as connection:
        await connection.execute(text("UPDATE ballots SET choice = '\"no\"'"))
    told = (await painted.last("alice> !résultat V1")).values
    assert (told["counts"], told["adopted"]) == ({"yes": 2, "no": 1, "abstain": 1}, True)


async def test_the_name_of_who_is_forgotten_leaves_the_question_and_no_ballot_moves(box):
    await voted(box, "alice> !choix Qui ouvre ? : @bob | @carole", ("A", "B", "A", "A, B"))
    before = box.file("V1")
    await box.play(f"bob {FORGET}", "alice> !résultat V1")
    after = box.file("V1")
    assert ("@bob" in before, "@bob" in after) == (True, False)
    assert ballots(after) == ballots(before)


async def test_somebody_called_like_a_word_of_the_file_changes_nothing_of_it(painted):
    before = await stored(painted)
    await painted.play("yes joins", "ballots joins", f"yes {FORGET}", f"ballots {FORGET}")
    assert await stored(painted) == before


async def test_reasons_are_no_part_of_the_file(box):
    answers = ("consentement", "réserve le bruit", "objection trop cher", "abstention")
    await voted(box, "alice> !consentement Ouvrir le samedi", answers)
    assert not any(word in box.file("V1") for word in ("bruit", "cher", "reason"))


async def test_the_running_file_of_an_open_proposal_tells_no_reason(box):
    await box.play("alice> !consentement Ouvrir le samedi", "bob> !objection V1 trop cher")
    await box.play("alice> !résultat V1")
    assert "cher" not in box.file("V1")


async def test_the_order_of_the_file_is_not_the_order_in_which_people_answered(box):
    names = []
    await box.play("alice> !vote Changer ?")
    for who in VOTERS:
        told = await box.last(f"{who} (dm)> !bulletin V1 pour", f"{who} (dm)> !mon-bulletin V1")
        names.append(told.values["pseudonym"])
    await box.closed("V1")
    assert list(ballots(box.file("V1"))) == sorted(names)


async def test_the_file_gives_the_announced_result(box):
    told = await voted(box, "alice> !vote Changer de nom ? quorum 1/2 majorité 2/3")
    counted = recounted(box.file("V1"))
    assert {name: told[name] for name in counted} == counted
