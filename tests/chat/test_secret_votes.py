"""What stays secret, what stays hidden until the end, and who knows under which name."""

import pytest

from tests.chat.ballot_box import recounted

SECRET = "alice> !vote Changer de nom ? secret"
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
    await box.play(SECRET)
    told, again = await box.play("bob (dm)> !bulletin V1 pour", "bob (dm)> !bulletin V1 contre")
    assert (told.room, told.to, again.text) == (None, "@bob:localhost", "✅")
    pseudonym = told.values["pseudonym"]
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
    assert (await box.closed("V1"))["cast"] == recounted(box.file("V1"))["cast"] == 1
