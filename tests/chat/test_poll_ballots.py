"""Native polls: posted where a rule fits one, and kept in step with words and reactions."""

import pytest

MAJORITY = "alice> !vote Repeindre la salle ?"
CONSENT = "alice> !consentement Ouvrir le samedi"
COLOURS = "alice> !choix De quelle couleur ? : ocre | vert | bleu"
EVENINGS = "alice> !choix Quel soir ? : mardi 8 décembre 18h | jeudi 10 décembre 18h30"


def shown(poll):
    return [one["org.matrix.msc1767.text"] for one in poll["answers"]]


@pytest.mark.parametrize(
    ("line", "most", "answers"),
    [
        (MAJORITY, 1, ["yes", "no", "abstain"]),
        (CONSENT, 1, ["consent", "concern", "objection", "abstain"]),
        (COLOURS, 3, ["A", "B", "C"]),
    ],
)
async def test_a_poll_goes_with_the_announcement(box, line, most, answers):
    await box.play(line)
    [poll] = box.polls("V1")
    assert (poll["max_selections"], [one["id"] for one in poll["answers"]]) == (most, answers)
    assert poll["kind"] == "org.matrix.msc3381.poll.disclosed"


async def test_the_dates_of_a_poll_are_full(box):
    await box.play(EVENINGS)
    assert shown(box.polls("V1")[0])[0] == "mardi 8 décembre 2026, 18\u00a0h"


async def test_what_is_shared_is_polled_with_its_cost(box):
    await box.play("alice> !partage 1200 : Fête 300 € | Livres 900 €")
    [poll] = box.polls("V1")
    assert shown(poll) == ["Fête (300\u00a0€)", "Livres (900\u00a0€)"]
    assert poll["kind"] == "org.matrix.msc3381.poll.undisclosed"


@pytest.mark.parametrize(
    "line",
    [
        "alice> !vote Repeindre ? secret",
        "alice> !choix Couleur ? : ocre | vert secret",
        "alice> !jugement Couleur ? : ocre | vert",
    ],
)
async def test_a_secret_vote_and_grades_have_no_poll(box, line):
    await box.play(line)
    assert box.polls("V1") == []


async def test_the_poll_of_a_hidden_vote_shows_nothing_until_its_end(box):
    await box.play(f"{MAJORITY} résultats cachés")
    assert box.polls("V1")[0]["kind"] == "org.matrix.msc3381.poll.undisclosed"


async def test_the_last_answer_counts_whatever_way_it_came(box):
    await box.play(MAJORITY)
    await box.choose("bob", "V1", "no")
    await box.play("bob + 👍 V1", "carole> !bulletin V1 pour")
    await box.choose("carole", "V1", "abstain")
    told = await box.closed("V1")
    assert told["counts"] == {"yes": 1, "no": 0, "abstain": 1}


async def test_taking_an_answer_back_brings_back_the_one_before(box):
    await box.play(MAJORITY, "bob> !bulletin V1 contre")
    await box.choose("bob", "V1", "yes")
    await box.retract("bob")
    assert (await box.closed("V1"))["counts"] == {"yes": 0, "no": 1, "abstain": 0}


async def test_nobody_takes_back_the_answer_of_another(box):
    await box.play(MAJORITY)
    await box.choose("bob", "V1", "no")
    await box.retract("alice")
    assert (await box.closed("V1"))["counts"]["no"] == 1


@pytest.mark.parametrize("answers", [(), None, ("maybe",)])
async def test_an_empty_or_unreadable_answer_leaves_none(box, answers):
    await box.play(MAJORITY, "bob + 👍 V1")
    await box.respond("bob", "V1", answers)
    assert (await box.closed("V1"))["cast"] == 0


async def test_taking_back_what_spoilt_an_answer_brings_it_back(box):
    await box.play(MAJORITY, "bob + 👍 V1")
    await box.respond("bob", "V1", ("maybe",))
    await box.retract("bob")
    assert (await box.closed("V1"))["counts"]["yes"] == 1


async def test_an_answer_is_cut_at_what_may_be_chosen(box):
    await box.play(MAJORITY)
    await box.choose("bob", "V1", "no", "maybe")
    assert (await box.closed("V1"))["counts"]["no"] == 1


async def test_several_options_may_be_chosen_in_a_poll(box):
    await box.play(COLOURS)
    await box.choose("bob", "V1", "C", "A")
    assert (await box.closed("V1"))["counts"] == {"A": 1, "B": 0, "C": 1}


async def test_a_date_chosen_in_a_poll_is_a_yes(box):
    await box.play(EVENINGS)
    await box.choose("bob", "V1", "A")
    assert (await box.closed("V1"))["counts"] == {"A": 2, "B": 0}


async def test_an_objection_by_poll_waits_for_its_reason(box):
    await box.play(CONSENT, "bob + 👍 V1")
    [asked] = await box.choose("bob", "V1", "objection")
    assert (asked.key, asked.room) == ("vote.reason-missing", "circle")
    assert box.posted[-1].letter.content["m.mentions"] == {"user_ids": ["@bob:localhost"]}
    assert (await box.last("alice> !résultat V1")).values["counts"]["consent"] == 1
    await box.play("bob> !objection V1 trop tard")
    assert (await box.closed("V1"))["counts"]["objection"] == 1


async def test_an_objection_by_a_hidden_poll_is_asked_about_in_private(box):
    await box.play(f"{CONSENT} résultats cachés")
    [asked] = await box.choose("bob", "V1", "objection")
    assert (asked.room, asked.to) == (None, "@bob:localhost")


async def test_an_amended_text_has_its_own_poll(box):
    await box.play(CONSENT)
    older = box.poll_event("V1")
    await box.play("alice> !amender V1 Ouvrir le dimanche")
    assert box.ended("V1") == [older]
    assert [poll["question"]["body"] for poll in box.polls("V1")] == [
        "Ouvrir le samedi",
        "Ouvrir le dimanche",
    ]


async def test_a_late_answer_to_the_older_poll_is_none_to_the_newer_text(box):
    await box.play(CONSENT, "alice> !amender V1 Ouvrir le dimanche")
    await box.choose("carole", "V1", "consent", which=0)
    await box.choose("bob", "V1", "consent@2")
    await box.choose("bob", "V1", "abstain", which=0)
    counts = (await box.closed("V1"))["counts"]
    assert (counts["consent"], counts["abstain"]) == (1, 0)


async def test_the_poll_ends_with_the_vote(box):
    await box.play(MAJORITY)
    await box.closed("V1")
    assert box.ended("V1") == [box.poll_event("V1")]


async def test_an_answer_after_the_end_is_told_so(box):
    await box.play(MAJORITY)
    await box.closed("V1")
    [told] = await box.choose("bob", "V1", "yes")
    assert told.key == "vote.already-closed"
