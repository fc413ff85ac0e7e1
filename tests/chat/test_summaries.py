"""The week told in the room and to stewards: what is in it, and silence where there is nothing."""

from datetime import date, datetime, timedelta

import pytest

from bot.letters.pictures import read_back
from circle.summary import month_until, quarter_until
from tests.chat.scene import scene
from tests.playing import play, replies

CIRCLE = """@ 2026-11-23T10:00
alice> !cercle créer Littoral
bob joins
"""
NO_NEED = CIRCLE + "@ 2026-12-31T12:00\n"


async def test_an_empty_week_is_not_told():
    assert await replies(NO_NEED, "summary.week") == []


async def test_empty_weeks_bring_one_kind_word_a_month():
    told = await replies(CIRCLE + "@ 2027-03-31T12:00\n", "summary.quiet")
    assert [heard.at.strftime("%m-%d") for heard in told] == ["12-07", "01-04", "02-01", "03-01"]


async def test_a_week_with_work_is_told_with_a_question():
    script = CIRCLE + "bob> !contribution 2h accueil\n@ 2026-11-30T12:00\n"
    (told,) = await replies(script, "summary.week")
    assert isinstance(told.values["question"], int)


@pytest.mark.parametrize(
    ("asked", "since", "until"),
    [
        ("!bilan", "2026-12-25", "2026-12-31"),
        ("!bilan mensuel", "2026-12-01", "2026-12-31"),
        ("!bilan trimestriel", "2026-10-01", "2026-12-31"),
        ("!summary monthly", "2026-12-01", "2026-12-31"),
        ("!bilan depuis le 1er décembre", "2026-12-01", "2026-12-31"),
    ],
)
async def test_a_summary_has_the_form_one_asks_for(asked, since, until):
    (*_, told) = await play(f"{NO_NEED}bob> {asked}\n")
    assert (told.key, told.values["since"], told.values["until"]) == ("summary.week", since, until)


@pytest.mark.parametrize(
    ("day", "asked", "since", "until"),
    [
        ("2027-01-07", "mensuel", "2026-12-01", "2026-12-31"),
        ("2027-01-08", "mensuel", "2027-01-01", "2027-01-08"),
        ("2027-01-07", "trimestriel", "2026-10-01", "2026-12-31"),
        ("2027-02-20", "trimestriel", "2027-01-01", "2027-02-20"),
    ],
)
async def test_in_its_first_days_a_month_looks_back(day, asked, since, until):
    (*_, told) = await play(f"{CIRCLE}@ {day}T12:00\nbob> !bilan {asked}\n")
    assert (told.values["since"], told.values["until"]) == (since, until)


async def needs(script):
    told = await replies(CIRCLE + script + "@ 2027-01-06T12:00\n", "summary.steward")
    return told[-1].values


async def test_a_steward_hears_that_no_regulation_is_planned():
    values = await needs("bob> !contribution 2h accueil 80 €\n")
    assert (values["waiting"], values["regulation"]) == (1, None)


async def test_a_steward_hears_when_the_regulation_is():
    script = "bob> !contribution 2h accueil 80 €\nalice> !régulation 12 janvier 2027 18h\n"
    assert (await needs(script))["regulation"] == "2027-01-12T18:00:00+01:00"


async def test_a_steward_hears_of_actions_without_news():
    values = await needs("bob> !action Affiches\nbob> !prendre A1\n")
    assert [item["id"] for item in values["silent"]] == ["A1"]


async def test_a_late_action_is_told_once_as_late():
    values = await needs("bob> !action Affiches avant vendredi\nbob> !prendre A1\n")
    assert ([item["id"] for item in values["late"]], values["silent"]) == (["A1"], [])


async def test_a_steward_hears_of_terms_that_end():
    values = await needs("alice> !rôle @bob soucieux jusqu'au 20 janvier 2027\n")
    assert [term["member"] for term in values["terms"]] == ["@bob:localhost"]


async def test_stewards_alone_hear_what_needs_care():
    script = CIRCLE + "bob> !contribution 2h accueil\n@ 2026-11-30T12:00\n"
    told = await replies(script, "summary.steward")
    assert [heard.to for heard in told] == ["@alice:localhost"]


async def test_a_nudge_comes_once_a_month_even_where_the_day_changes():
    script = "@ 2027-02-02T12:00\nalice> !réglage bilan jeudi 9h\n@ 2027-02-20T12:00\n"
    told = await replies(CIRCLE + script, "summary.quiet")
    assert [heard.at.strftime("%m-%d") for heard in told] == ["12-07", "01-04", "02-01"]


async def test_a_summary_whose_hour_changes_on_its_day_is_not_posted_twice():
    lines = "bob> !contribution 1h accueil\n@ 2026-11-30T10:00\n"
    later = "alice> !réglage bilan lundi 18h\n@ 2026-12-01T08:00\n"
    told = await replies(CIRCLE + lines + later, "summary.week")
    assert [one.at.strftime("%d %H") for one in told] == ["30 09"]


async def pictured(scene, line):
    """What the picture that goes with the answer is drawn of."""
    letters = []
    heard = scene.console._heard

    def listen(posted):
        letters.append(posted.letter)
        return heard(posted)

    scene.console._heard = listen
    await scene.play(line)
    scene.console._heard = heard
    [file] = [one.file for one in letters if one.file is not None]
    return read_back(file.recipe, file.body)[0]


@pytest.mark.parametrize(
    ("weeks", "declared", "bars"),
    [
        (0, "!contribution 2h affiches", (120,)),
        (2, "!contribution 2h affiches", (120, 0, 0)),
        (1, "!contribution 2h affiches le 2 novembre", (120, 0, 0, 0, 0)),
    ],
)
async def test_no_week_is_drawn_before_the_circle_lived(weeks, declared, bars):
    async with scene("alice> !cercle créer Littoral territorial", f"alice> {declared}") as made:
        await made.play(f"@ {date(2026, 11, 23) + timedelta(weeks=weeks)}T18:00")
        assert (await pictured(made, "alice> !bilan")).weeks == bars


async def test_what_votes_hold_back_is_told_apart_from_what_was_decided():
    async with scene("alice> !cercle créer Littoral territorial") as made:
        await made.play("alice> !doter 1000 €", "alice> !vote On peint ? budget 300 €")
        await made.play("alice> !bulletin V1 pour", "alice> !clore V1")
        week = await pictured(made, "alice> !bilan")
        assert (week.committed.cents, week.available.cents) == (30_000, 70_000)


@pytest.mark.parametrize(
    ("form", "now", "days"),
    [
        ("mensuel", "2026-11-20", ("2026-10-01", "2026-10-20")),
        ("mensuel", "2027-03-31", ("2027-02-01", "2027-02-28")),
        ("mensuel", "2027-03-03", ("2027-01-01", "2027-01-31")),
        ("trimestriel", "2026-11-20", ("2026-07-01", "2026-08-20")),
    ],
)
def test_a_month_is_compared_with_the_same_days_of_the_month_before(form, now, days):
    forms = {"mensuel": month_until, "trimestriel": quarter_until}
    before = forms[form](datetime.fromisoformat(now)).before
    assert (str(before.since), str(before.until)) == days
