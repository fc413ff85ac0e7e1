"""What stays secret, what stays hidden until the end, and who knows under which name."""

import json

import pytest

from tests.chat.ballot_box import CIRCLE, BallotBox
from tests.chat.scene import scene

SECRET = "alice> !vote Changer de nom ? secret"
OTHERS = ("alice", "carole", "dany", "erin")
HIDDEN = "alice> !vote Repeindre la salle ? résultats cachés"


async def test_a_secret_ballot_is_said_in_a_direct_message_only(box):
    await box.play(SECRET)
    before = (await box.written())[1]
    assert await box.keys("bob> !bulletin V1 pour") == ["vote.secret"]
    assert (await box.written())[1] == before
    assert await box.keys("bob (dm)> !bulletin V1 pour") == ["ballot.cast"]


async def test_a_reaction_is_never_a_secret_ballot(box):
    await box.play(SECRET)
    assert await box.keys("bob + 👍 V1") == ["vote.secret"]


async def test_a_secret_ballot_tells_its_name_once_unasked(box):
    await box.play("erin joins", SECRET)
    told, again = await box.play("bob (dm)> !bulletin V1 pour", "bob (dm)> !bulletin V1 contre")
    assert (told.room, told.to, again.text) == (None, "@bob:localhost", "✅")
    pseudonym = told.values["pseudonym"]
    await box.play(*(f"{who} (dm)> !bulletin V1 pour" for who in OTHERS))
    await box.closed("V1")
    assert f'"voter": "{pseudonym}", "choice": "no"' in box.file("V1")


async def test_any_other_name_is_told_on_request_in_private(box):
    await box.play("alice> !vote Repeindre ?", "bob + 👍 V1")
    told = await box.last("bob> !mon-bulletin V1")
    assert (told.key, told.room, told.to) == ("ballot.mine", None, "@bob:localhost")
    assert (told.values["choice"], told.values["answered"]) == ("yes", True)
    await box.closed("V1")
    assert told.values["pseudonym"] in box.file("V1")


async def test_a_secret_ballot_is_taken_back_in_the_circle_it_named(box):
    await box.play("[north] bob> !cercle créer Nord", SECRET)
    await box.play("bob (dm)> !bulletin V1 pour dans Littoral", "bob (dm) delete -1")
    assert (await box.closed("V1"))["cast"] == 0


async def test_two_voters_have_two_names_and_two_votes_too(box):
    await box.play("alice> !vote Un ?", "alice> !vote Deux ?")
    asked = [(who, vote) for who in ("bob", "carole") for vote in ("V1", "V2")]
    names = [(await box.last(f"{w} (dm)> !mon-bulletin {v}")).values["pseudonym"] for w, v in asked]
    assert len(set(names)) == 4


@pytest.mark.parametrize(
    ("opening", "ballot", "told"),
    [
        ("!choix Couleur ? : ocre | vert", "A", "ocre"),
        ("!choix Soir ? : mardi | jeudi", "A si besoin", "mardi si besoin"),
        ("!jugement Couleur ? : ocre | vert", "A bien", "ocre bien"),
        ("!consentement Ouvrir le samedi", "réserve le bruit", "réserve, « le bruit »"),
        ("!choix Couleur ? : ocre | vert", "aucun", "aucun choix"),
    ],
)
async def test_ones_answer_is_told_in_its_own_words(box, opening, ballot, told):
    await box.play(f"alice> {opening}", f"bob> !bulletin V1 {ballot}")
    said = (await box.last("bob> !mon-bulletin V1")).text.replace("\u00a0", " ")
    assert f"Votre réponse : {told}" in said


async def test_nothing_of_a_hidden_vote_is_told_before_its_end(box):
    await box.play(HIDDEN)
    await box.choose("bob", "V1", "yes")
    told = (await box.last("alice> !résultat V1")).values
    assert (told["cast"], "counts" in told) == (1, False)
    assert box.files() == []


@pytest.mark.parametrize("line", ["bob> !bulletin V1 pour", "bob + 👍 V1"])
async def test_a_hidden_answer_is_not_shown_in_the_room(box, line):
    await box.play(HIDDEN)
    assert await box.keys(line) == ["vote.hidden"]


@pytest.mark.parametrize(("line", "key"), [(HIDDEN, "vote.hidden"), (SECRET, "vote.secret")])
async def test_a_thumb_travels_in_clear_in_a_direct_message_too(box, line, key):
    await box.play(line.replace("alice>", "alice (dm)>"))
    [told] = await box.react_in_private("alice", "V1", "👍")
    assert told.key == key


async def test_a_hidden_answer_comes_by_direct_message_or_by_poll(box):
    await box.play(HIDDEN, "bob (dm)> !bulletin V1 pour")
    await box.choose("carole", "V1", "yes")
    assert (await box.closed("V1"))["counts"]["yes"] == 2


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("!vote Acheter une presse budget 100 €", False),
        ("!vote Acheter une presse résultats cachés", True),
        ("!consentement Acheter une presse budget 100 €", False),
        ("!choix Couleur ? : ocre | vert", False),
        ("!estimation C1", True),
        ("!estimation C1 résultats visibles", False),
        ("!partage 100 : Fête 50 € | Livres 60 €", True),
    ],
)
async def test_results_are_hidden_by_default_where_they_set_or_share_amounts(box, line, hidden):
    await box.play("alice> !doter 500 €", "bob> !contribution 2h affiches 80 €")
    assert (await box.last(f"alice> {line}")).values["hidden"] is hidden


@pytest.mark.parametrize(("said", "hidden"), [("oui", [True, True]), ("non", [False, False])])
async def test_a_circle_may_hide_everything_or_nothing(box, said, hidden):
    await box.play(f"alice> !réglage résultats-cachés {said}")
    opened = await box.play("alice> !vote Un ?", "alice> !partage 100 : Fête 50 € | Livres 60 €")
    assert [one.values["hidden"] for one in opened] == hidden


async def test_consent_is_never_secret(box):
    assert await box.keys("alice> !consentement Ouvrir le samedi secret") == ["vote.never-secret"]


async def test_an_objection_to_a_hidden_proposal_is_told_to_all(box):
    await box.play("alice> !consentement Ouvrir le samedi résultats cachés")
    heard = await box.play("bob (dm)> !objection V1 trop tard")
    assert [one.room for one in heard] == [None, "circle"]


@pytest.mark.parametrize(
    ("opening", "ballot"),
    [
        ("!choix Couleur ? : ocre | vert secret", "A"),
        ("!jugement Couleur ? : ocre | vert secret", "A bien, B passable"),
        ("!partage 100 : Fête 50 € | Livres 60 € secret", "fête"),
        ("!estimation C1 secret", "60 €"),
    ],
)
async def test_any_choice_may_be_secret(box, opening, ballot):
    await box.play("alice> !contribution 2h affiches 80 €", f"alice> {opening}")
    assert await box.keys(f"bob> !bulletin V1 {ballot}") == ["vote.secret"]
    assert await box.keys(f"bob (dm)> !bulletin V1 {ballot}") == ["ballot.cast"]
    assert (await box.closed("V1"))["cast"] == 1


FIVE = (*OTHERS, "bob")


async def all_answer(box, opening, answers):
    """Five people, who answer in secret in this order."""
    await box.play("erin joins", f"alice> {opening} secret")
    for who, answer in answers.items():
        await box.play(f"{who} (dm)> !bulletin V1 {answer}")


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_nobody_closes_a_secret_vote_before_all_have_answered(box, who):
    await all_answer(box, "!vote Changer de nom ?", dict.fromkeys(FIVE[:4], "pour"))
    key = "vote.too-early" if who == "alice" else "refused.not-allowed"
    assert await box.keys(f"{who}> !clore V1") == [key]
    assert await box.keys("bob (dm)> !bulletin V1 contre", "alice> !clore V1") == [
        "ballot.cast",
        "vote.closed",
    ]


async def test_the_refusal_says_how_many_are_missing_and_nothing_of_the_answers(box):
    await all_answer(box, "!vote Changer de nom ?", dict.fromkeys(FIVE[:4], "pour"))
    told = await box.last("alice> !clore V1")
    assert (told.values["missing"], told.values["fewest"]) == (1, None)
    assert "counts" not in told.values


@pytest.mark.parametrize(
    ("opening", "answer", "kept"),
    [
        ("!vote Changer de nom ?", "contre", {"adopted": False}),
        ("!choix Couleur ? : ocre | vert", "B", {"winners": ["B"]}),
        ("!choix Couleur ? : ocre | vert", "A, B", {"winners": [["A", "B"]]}),
        ("!choix Soir ? : mardi 8 décembre | jeudi 10 décembre", "B", {"winners": ["B"]}),
        ("!jugement Couleur ? : ocre | vert", "A bien, B passable", {"winners": ["A"]}),
        ("!partage 100 : Fête 50 € | Livres 60 €", "fête", {"funded": ["A"]}),
        ("!estimation C1", "60 €", {"amount": {"cents": 6000, "currency": "EUR"}}),
    ],
)
async def test_of_four_secret_ballots_only_the_outcome_is_told(box, opening, answer, kept):
    await box.play("alice> !contribution 2h affiches 80 €", "alice> !doter 100 €")
    voters = [who for who in FIVE if who != "alice"]
    await all_answer(box, opening, dict.fromkeys(voters, answer))
    told = await box.at_its_time("V1")
    assert {name: told.values[name] for name in kept} == kept
    hidden = {"counts", "greedy", "scores", "grades", "left_out", "otherwise"}
    assert (told.values["sealed"], hidden & {*told.values}) == (True, set())
    again = await box.last("bob> !résultat V1")
    assert again.values == told.values
    assert {*box.files()} <= {"week.png"}


async def test_of_four_secret_ballots_all_that_is_funded_is_told_and_no_votes(box):
    await box.play("alice> !doter 100 €")
    voters = [who for who in FIVE if who != "alice"]
    opening = "!partage 100 : Fête 50 € | Livres 40 €"
    await all_answer(box, opening, dict.fromkeys(voters, "A, B"))
    told = (await box.at_its_time("V1")).values
    assert sorted(told["winners"]) == ["A", "B"]
    assert [set(one) for one in told["financed"]] == [{"id", "text", "cost"}] * 2


async def test_of_five_secret_ballots_all_is_told(box):
    await all_answer(box, "!vote Changer de nom ?", dict.fromkeys(FIVE, "pour"))
    told = await box.last("alice> !clore V1")
    assert (told.values["counts"]["yes"], told.values["sealed"]) == (5, False)
    assert box.files() == ["answers.png", "V1.json"]


async def test_few_ballots_that_are_not_secret_are_told(box):
    await box.play("alice> !vote Repeindre ?", "bob + 👍 V1")
    assert (await box.closed("V1"))["counts"]["yes"] == 1


async def test_a_circle_of_four_is_warned_and_has_no_pseudonyms(box):
    opened = await box.last(SECRET)
    assert "moins de cinq" in opened.text
    cast = await box.last("bob (dm)> !bulletin V1 pour")
    mine = await box.last("bob (dm)> !mon-bulletin V1")
    assert (cast.values["pseudonym"], mine.values["pseudonym"]) == (None, None)
    assert mine.values["choice"] == "yes"


async def test_the_file_does_not_tell_who_answered_first(box):
    names = {}
    await box.play("erin joins", SECRET)
    for who in FIVE:
        told = await box.last(f"{who} (dm)> !bulletin V1 pour")
        names[who] = told.values["pseudonym"]
    await box.play("alice> !clore V1")
    written = [one["voter"] for one in json.loads(box.file("V1"))["ballots"]]
    assert written == sorted(names.values())


@pytest.mark.parametrize("terms", ["secret", "résultats cachés"])
@pytest.mark.parametrize(
    "line",
    [
        "alice> !résultat V1",
        "alice> !votes",
        "alice> !à-voter",
        "alice> !bilan",
        "alice> !cercle",
        "alice> !état Littoral",
        "alice> !clore V1",
        "@ 2026-11-29T10:00",
        "@ 2026-11-30T08:59",
    ],
)
async def test_nothing_said_before_the_end_depends_on_what_was_answered(terms, line):
    """Two circles alike but for the answers hear the same."""
    told = [await before_the_end(terms, answer, line) for answer in ("pour", "contre")]
    assert told[0] == told[1]
    assert told[0]


async def before_the_end(terms, answer, line):
    async with scene(*CIRCLE, "erin joins") as made:
        box = BallotBox(made)
        await box.play(f"bob> !vote Changer de nom ? {terms}")
        for who in FIVE[:2]:
            await box.play(f"{who} (dm)> !bulletin V1 {answer}")
        said = [(one.room, one.to, one.key, one.values, one.text) for one in await box.play(line)]
        return said, [one for one in box.files() if one.startswith("V1")]
