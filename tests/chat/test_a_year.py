"""A year of a circle in seconds, with a restart each week: nothing is lost, nothing comes twice."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest_asyncio

from tests.playing import play

PARIS = ZoneInfo("Europe/Paris")
BEGIN = date(2026, 9, 7)  # a Monday
WEEKS = 52
BEFORE = """@ 2026-09-04T10:00
alice> !cercle créer Littoral
bob joins
alice> !régulation chaque premier mardi du mois de 18h à 20h à La Halle
alice> !réunion Café chaque jeudi à 9h30
bob> !rappel chaque vendredi 17h les clés
bob> !contribution 1h accueil
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def year(tmp_path_factory):
    """All that is said in a year in which somebody works every week; a new console each week."""
    database = f"sqlite:///{tmp_path_factory.mktemp('year') / 'circle.db'}"
    heard = await play(BEFORE, database)
    stopped = datetime(2026, 9, 4, 10, tzinfo=PARIS)
    for week in range(WEEKS):
        # it stops right after the summary, on Monday at nine, and starts again there
        monday = BEGIN + timedelta(weeks=week)
        script = f"@ {monday}T09:00\nbob> !contribution 1h accueil\n"
        heard += await play(script, database, start=stopped)
        stopped = datetime.combine(monday, time(9), PARIS)
    return heard


def said(year, key, **values):
    return [
        one
        for one in year
        if one.key == key and all(one.values[name] == value for name, value in values.items())
    ]


def reminded(year, meeting):
    """How many times each occurrence of a meeting was reminded."""
    return Counter(one.values["start"] for one in said(year, "meeting.reminder", id=meeting))


def test_there_are_as_many_summaries_as_weeks(year):
    told = [one.values["since"] for one in said(year, "summary.week")]
    assert told == [f"{BEGIN + timedelta(weeks=week - 1)}" for week in range(WEEKS)]


def test_each_regulation_of_the_year_is_reminded_three_times(year):
    times = reminded(year, "M1")
    assert (len(times), set(times.values())) == (11, {3})


def test_a_meeting_stays_at_its_local_hour_across_clock_changes(year):
    hours = {start[10:] for start in reminded(year, "M1")}
    assert hours == {"T18:00:00+01:00", "T18:00:00+02:00"}


def test_each_weekly_meeting_is_reminded_the_day_before_and_the_hour_before(year):
    times = reminded(year, "M2")
    assert (len(times), set(times.values())) == (51, {2})


def test_reminders_come_at_the_local_hour_on_both_sides(year):
    hours = {one.at.strftime("%H:%M") for one in said(year, "meeting.reminder", id="M2")}
    assert hours == {"09:30", "08:30"}


def test_a_free_reminder_rings_every_friday_at_five(year):
    rung = [one.at for one in said(year, "reminder.ring")]
    assert {(at.weekday(), at.hour) for at in rung} == {(4, 17)}
    assert len({at.date() for at in rung}) == len(rung) == WEEKS


def test_nothing_is_said_at_night(year):
    assert [one for one in year if not 8 <= one.at.hour < 21] == []


def test_nothing_is_said_to_be_late_or_missed(year):
    assert [one for one in year if one.key == "job.missed" or one.values.get("late") is True] == []
