"""Meetings told ahead, as the circle hears them."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.console.console import settings_for
from circle.rhythm import Rhythm
from tests.playing import play, replies

CIRCLE = """@ 2026-11-23T09:00
alice> !cercle créer Littoral
bob joins
"""
REGULATION = CIRCLE + "alice> !régulation mardi 8 décembre 18h à La Halle\n"


def times(told):
    return [heard.at.strftime("%d/%m %H:%M") for heard in told]


async def test_a_regulation_is_reminded_three_times():
    told = await replies(REGULATION + "@ 2026-12-10T09:00\n", "meeting.reminder")
    assert times(told) == ["01/12 18:00", "07/12 18:00", "08/12 17:00"]


async def test_the_clock_moved_step_by_step_changes_nothing():
    steps = "".join(f"@ 2026-12-{day:02}T{hour:02}:30\n" for day in (1, 7, 8) for hour in (9, 19))
    told = await replies(REGULATION + steps, "meeting.reminder")
    assert times(told) == ["01/12 18:00", "07/12 18:00", "08/12 17:00"]


async def test_a_meeting_that_moved_is_reminded_at_its_new_time():
    moved = REGULATION + "alice> !déplacer M1 jeudi 10 décembre 18h\n@ 2026-12-12T09:00\n"
    told = await replies(moved, "meeting.reminder")
    assert times(told) == ["03/12 18:00", "09/12 18:00", "10/12 17:00"]


async def test_a_cancelled_meeting_is_not_reminded():
    script = REGULATION + "alice> !annuler M1\n@ 2026-12-10T09:00\n"
    assert await replies(script, "meeting.reminder") == []


async def test_a_circle_may_do_without_reminders():
    quiet = CIRCLE + "alice> !réglage rappels non\n" + "alice> !régulation mardi 8 décembre 18h\n"
    assert await replies(quiet + "@ 2026-12-10T09:00\n", "meeting.reminder") == []


async def test_those_expected_and_silent_are_named_a_day_before():
    script = REGULATION + "bob> !contribution 1h accueil\n@ 2026-12-07T19:00\n"
    told = await replies(script, "meeting.reminder")
    assert told[-1].values["silent"] == ["@alice:localhost", "@bob:localhost"]


async def test_who_has_answered_is_not_asked_again():
    script = REGULATION + "alice> !excusé M1\nbob> !présent M1\n@ 2026-12-07T19:00\n"
    told = await replies(script, "meeting.reminder")
    assert [heard.values["silent"] for heard in told] == [[], []]


async def test_meetings_of_one_hour_are_reminded_in_one_message():
    both = REGULATION + "alice> !réunion Café mardi 8 décembre 18h\n@ 2026-12-10T09:00\n"
    told = [one for one in await play(both) if one.key.startswith("meeting.reminder")]
    assert [one.key for one in told] == ["meeting.reminders"] * 3
    assert [item["id"] for item in told[-1].values["items"]] == ["M1", "M2"]


async def test_the_operator_says_how_long_before():
    settings = settings_for([], [], timezone="Europe/Paris", language="fr")
    rhythm = Rhythm(meetings=(timedelta(days=2),))
    settings = replace(settings, rules=replace(settings.rules, rhythm=rhythm))
    script = REGULATION + "@ 2026-12-10T09:00\n"
    assert times(await replies(script, "meeting.reminder", settings=settings)) == ["06/12 18:00"]


async def test_after_an_absence_a_meeting_to_come_is_still_told_once(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    await play(REGULATION, file)
    back = datetime(2026, 12, 8, 9, tzinfo=ZoneInfo("Europe/Paris"))
    told = await replies("@ 2026-12-08T09:01\n", "meeting.reminder", database=file, start=back)
    assert [heard.values["late"] for heard in told] == [True]


async def test_after_a_long_absence_what_was_missed_is_told(tmp_path):
    file = f"sqlite:///{tmp_path / 'circle.db'}"
    await play(REGULATION, file)
    back = datetime(2026, 12, 9, 9, tzinfo=ZoneInfo("Europe/Paris"))
    told = await play("@ 2026-12-09T09:01\n", file, start=back)
    assert [(heard.key, heard.values.get("id")) for heard in told][-1] == ("job.missed", "M1")
