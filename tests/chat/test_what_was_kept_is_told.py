"""The answer tells what was kept, so that a wrong reading is seen."""

import pytest

from tests.chat.scene import scene

BORN = ("alice> !cercle créer Littoral territorial", "bob joins")


async def text(*lines):
    async with scene(*BORN) as life:
        return (await life.play(*lines))[-1].text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("!frais 3 x 15 € pizzas", "3 × 15 € = 45 €"),
        ("!frais 12 + 3 € pain", "12 + 3 € = 15 €"),
        ("!frais 120 km à 0,40 €", "120 km à 0,40 € = 48 €"),
        ("!contribution 14h-17h affiches", "14h-17h = 3 h"),
        ("!contribution 2h ménage à 15 €/h", "2 h × 15 €/h = 30 €"),
        ("!contribution 3 x 2h permanence", "3 × 2h = 6 h"),
    ],
)
async def test_what_was_computed_is_told_with_its_result(line, told):
    assert told in await text(f"bob> {line}")


@pytest.mark.parametrize("line", ["!frais 45 € pizzas", "!contribution 2h30 affiches 80 €"])
async def test_what_was_said_as_it_is_needs_no_working(line):
    assert " = " not in await text(f"bob> {line}")


async def test_who_did_the_work_is_told_where_somebody_else_declares_it():
    assert "2 h par bob" in await text("alice> !contribution 2h affiches pour bob")


async def test_the_day_is_told_where_it_is_not_today():
    assert "le dimanche 22 novembre" in await text("bob> !contribution 2h affiches hier soir")


async def test_an_amount_that_stays_in_a_title_is_told():
    told = await text("bob> !action Repas à 5 €")
    assert "« 5 € » est resté dans le titre" in told
    assert "!modifier A1 budget 5 €" in told


@pytest.mark.parametrize(
    "line", ["!action Repas à 5 € budget 40 €", "!action Adhérer à 50 € par an", "!action Peindre"]
)
async def test_a_title_without_doubt_is_not_spoken_of(line):
    assert "resté dans le titre" not in await text(f"bob> {line}")


async def test_a_declaration_that_says_the_same_as_another_is_noticed():
    told = await text("bob> !contribution 1h Tri 10 €", "bob> !contribution 1h tri 10 €")
    assert "C1 dit déjà la même chose" in told
    assert "!annuler C2" in told


@pytest.mark.parametrize(
    "line",
    [
        "bob> !contribution 2h tri 10 €",
        "bob> !contribution 1h tri 12 €",
        "bob> !contribution 1h tri 10 € hier",
        "alice> !contribution 1h tri 10 €",
    ],
)
async def test_what_differs_is_no_duplicate(line):
    assert "la même chose" not in await text("bob> !contribution 1h tri 10 €", line)


async def test_what_was_cancelled_is_no_duplicate():
    told = await text("bob> !contribution 1h tri", "bob> !annuler C1", "bob> !contribution 1h tri")
    assert "la même chose" not in told


async def test_a_circle_without_envelope_is_not_told_that_nothing_is_left_in_it():
    assert "pas encore d’enveloppe" in await text("bob> !contribution 1h tri 10 €")


@pytest.mark.parametrize("when", ["chaque jeudi 18h sauf le 24 décembre", "jeudi 18h"])
async def test_days_left_out_of_a_series_are_told_where_there_are(when):
    told = await text(f"alice> !réunion Bureau {when}")
    assert ("sauf le jeudi 24 décembre 2026" in told) is ("sauf" in when)


async def test_a_reminder_never_forgets_a_day_it_should_leave_out():
    async with scene(*BORN) as life:
        line = "alice> !rappel chaque jeudi 9h sauf le 24 décembre poubelles"
        assert await life.keys(line) == ["reminder.except"]
