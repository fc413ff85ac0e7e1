"""What goes wrong with votes: one clear answer, and nothing changed."""

import pytest

OPENINGS = (
    "alice> !doter 500 €",
    "alice> !contribution 2h affiches 80 €",
    "alice> !vote Repeindre la salle ?",
    "alice> !consentement Ouvrir le samedi",
    "alice> !choix De quelle couleur ? : ocre | vert | bleu",
    "alice> !jugement Quel nom ? : La Marée | Le Phare",
    "alice> !estimation C1 résultats visibles",
    "alice> !partage 300 : Fête 200 € | Livres 150 € résultats visibles",
    "alice> !choix Quel soir ? : mardi 8 décembre | jeudi 10 décembre",
)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!bulletin V9 pour", "id.unknown"),
        ("!bulletin pour", "id.missing"),
        ("!bulletin V1", "vote.unknown-answer"),
        ("!bulletin V1 peut-être", "vote.unknown-answer"),
        ("!bulletin V1 pour mais pas tout de suite", "vote.unknown-answer"),
        ("!bulletin V2 objection", "vote.reason-missing"),
        ("!bulletin V2 bof", "vote.unknown-answer"),
        ("!objection V2", "text.missing"),
        ("!objection V1 trop tard", "vote.other-rule"),
        ("!lever V2", "vote.no-objection"),
        ("!lever V1", "vote.other-rule"),
        ("!amender V3 De quel matériau ?", "vote.other-rule"),
        ("!bulletin V3 D", "vote.unknown-answer"),
        ("!bulletin V3 A, mauve", "vote.unknown-answer"),
        ("!bulletin V3 A si besoin", "vote.unknown-answer"),
        ("!bulletin V4 A", "vote.unknown-answer"),
        ("!bulletin V4 A bien, A passable", "vote.unknown-answer"),
        ("!bulletin V4 A génial", "vote.unknown-answer"),
        ("!bulletin V5 beaucoup", "vote.unknown-answer"),
        ("!bulletin V5 1.200", "money.ambiguous"),
        ("!bulletin V5 -5 €", "money.negative"),
        ("!bulletin V5 12 $", "money.currency"),
        ("!bulletin V6 A12", "vote.unknown-answer"),
        ("!bulletin V7 A oui, A non", "vote.unknown-answer"),
        ("!clore V9", "id.unknown"),
        ("!clore V1", "refused.not-allowed"),
        ("!prolonger V1 demain", "refused.not-allowed"),
        ("!libérer V1", "refused.not-allowed"),
        ("!mon-bulletin V9", "id.unknown"),
        ("!vote Une presse budget 900 €", "vote.over-budget"),
        ("!consentement Une presse budget 900 €", "vote.over-budget"),
        ("!vote Une presse budget 1.200", "money.ambiguous"),
        ("!vote Une presse budget -5 €", "money.negative"),
        ("!vote Une presse budget 12 $", "money.currency"),
        ("!vote Une presse #A9", "id.unknown"),
        ("!vote Une presse jusqu'à hier", "date.past"),
        ("!vote", "text.missing"),
    ],
)
async def test_one_clear_answer_and_nothing_changed(box, line, key):
    await box.play(*OPENINGS)
    before = await box.written()
    assert await box.keys(f"bob> {line}") == [key]
    assert await box.written() == before


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("bob> !bulletin V1 pour", "vote.already-closed"),
        ("bob> !objection V1 trop tard", "vote.already-closed"),
        ("bob> !lever V1", "vote.already-closed"),
        ("alice> !amender V1 Ouvrir le dimanche", "vote.already-closed"),
        ("alice> !clore V1", "vote.already-closed"),
        ("alice> !prolonger V1 dimanche 20 décembre", "vote.already-closed"),
        ("alice> !libérer V1", "vote.nothing-held"),
    ],
)
async def test_a_closed_vote_stays_as_it_was(box, line, key):
    await box.play("alice> !consentement Ouvrir le samedi", "carole + 👍 V1")
    await box.closed("V1")
    before = await box.written()
    assert await box.keys(line) == [key]
    assert await box.written() == before


async def test_a_ballot_taken_back_after_the_closing_still_counts(box):
    await box.play("alice> !vote Repeindre ?", "bob + 👍 V1")
    await box.closed("V1")
    before = await box.written()
    assert await box.keys("bob - 👍 V1") == ["vote.already-closed"]
    assert await box.written() == before


@pytest.mark.parametrize(
    "line", ["dany> !bulletin V1 pour", "dany + 👍 V1", "dany> !mon-bulletin V1"]
)
async def test_a_newcomer_is_told_why_they_do_not_vote(box, line):
    await box.play("dany leaves", "alice> !vote Repeindre ?", "dany joins")
    before = await box.written()
    assert await box.keys(line) == ["vote.not-elector"]
    assert await box.written() == before


async def test_an_amount_not_understood_is_answered_with_lines_to_type(box):
    await box.play(*OPENINGS)
    told = await box.last("bob> !bulletin V5 1.200")
    assert told.values["lines"] == ["!bulletin V5 1200 €", "!bulletin V5 1,20 €"]


async def test_an_answer_not_understood_is_answered_with_one_that_works(box):
    await box.play(*OPENINGS)
    told = await box.last("bob> !bulletin V4 A génial")
    assert "!bulletin V4 A bien, B passable" in told.text
    assert await box.keys("bob> !bulletin V4 A bien, B passable") == ["ballot.cast"]


@pytest.mark.parametrize(
    "line",
    [
        "!bulletin V1 OUI",
        "!bulletin V1 D’accord !",
        "!Ballot #V1 yes",
        "!bulletin 1 pour",
        "!bulletin V2 Je consens.",
        "!ballot V2 concern: the noise",
        "!bulletin V3 vert, bleu",
        "!bulletin V4 le phare : ASSEZ-BIEN ; la marée = à rejeter",
        "!bulletin V5 1\u202f200,50\u00a0€",
        "!bulletin V6 livres et fête",
        "!bulletin V7 mardi 8 décembre si besoin",
    ],
)
async def test_people_answer_as_they_write(box, line):
    await box.play(*OPENINGS)
    assert await box.keys(f"bob> {line}") == ["ballot.cast"]
